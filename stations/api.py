"""Stations, deputies, and what orders them: townships, terms, sessions, delegations."""

from typing import Any

from django.db.models import Prefetch

from accounts.models import TrustedDevice
from stations.filters import MandateFilter, StationFilter
from stations.models import (
    CongressSession,
    Delegation,
    Duty,
    ElectoralDistrict,
    Level,
    Mandate,
    ReceptionDay,
    ReceptionRule,
    StandardCheck,
    StandardItem,
    Station,
    StationStaff,
    Term,
    Township,
)
from stations.querysets.phones import phones_visible_to
from stations.serializers import (
    DelegationRow,
    DistrictRow,
    DutyRow,
    MandateRow,
    PhoneRow,
    ReceptionDayRow,
    ReceptionRuleRow,
    SessionRow,
    StandardCheckRow,
    StandardItemRow,
    StationRow,
    TermRow,
    TownshipRow,
    WholeMandateRow,
    WholeStationRow,
)
from workflow import clock
from workflow.api.reading import Reading
from workflow.filters import Key, Yes, one_of


class Known(Reading):
    """Rows that are no secret to whoever works under a post."""

    def visible(self, actor: Any) -> Any:
        """All, under a post."""
        rows = self.model._default_manager
        return rows.all() if actor.post else rows.none()


class Townships(Known):
    """Towns, townships and sub-districts."""

    model, row = Township, TownshipRow
    filters = {"kind": one_of(Township.Kind)}


class Phones(Reading):
    """Phones of deputies that wait or were bound; staff's, a station's own deputies', one's own."""

    model, row = TrustedDevice, PhoneRow

    def visible(self, actor: Any) -> Any:
        """As the list of phones shows them."""
        return phones_visible_to(actor, TrustedDevice.objects.all(), Mandate.objects.all(), clock.today())


class Terms(Known):
    """Terms of the county's congress and of the townships'."""

    model, row = Term, TermRow
    filters = {"level": one_of(Level), "township": Key(), "is_current": Yes()}


class Sessions(Known):
    """Sessions of terms."""

    model, row = CongressSession, SessionRow
    filters = {"term": Key()}


class Delegations(Known):
    """Deputies who sit together."""

    model, row = Delegation, DelegationRow
    filters = {"term": Key(), "township": Key()}


class Stations(Reading):
    """Stations in the order of their codes; one of them with whoever runs it today."""

    model, row, whole = Station, StationRow, WholeStationRow
    order = (("code", "asc"), ("pk", "asc"))
    filterset = StationFilter
    filters = {"township": Key(), "is_key": Yes()}

    def _joined(self) -> Any:
        serving = StationStaff.objects.on_duty(clock.today()).select_related("person")
        rows = super()._joined()
        return rows.prefetch_related(Prefetch("staff", serving, "on_duty")) if self.action == "retrieve" else rows


class Mandates(Reading):
    """Deputies of all five levels in the order of their certificates."""

    model, row, whole = Mandate, MandateRow, WholeMandateRow
    order = (("certificate_no", "asc"), ("pk", "asc"))
    filterset = MandateFilter
    filters = {
        "township": Key(method=lambda rows, _name, key: rows.of_township(key)),
        "delegation": Key(),
        "station": Key(),
        "active": Yes(method=lambda rows, _name, value: rows.active(clock.today()) if value == "true" else rows),
    }


class ReceptionRules(Reading):
    """Rules of reception days, ended ones too."""

    model, row = ReceptionRule, ReceptionRuleRow
    filters = {"station": Key()}


class ReceptionDays(Reading):
    """Reception days, the earliest first."""

    model, row = ReceptionDay, ReceptionDayRow
    order = (("on", "asc"), ("pk", "asc"))
    filters = {"station": Key(), "status": one_of(ReceptionDay.Status)}


class Duties(Reading):
    """Who is on duty on which day."""

    model, row = Duty, DutyRow
    filters = {"day": Key(), "mandate": Key(), "station": Key(field_name="day__station"), "state": one_of(Duty.State)}


class Districts(Reading):
    """Electoral districts with their vacant seats."""

    model, row = ElectoralDistrict, DistrictRow
    filters = {"term": Key(), "township": Key()}

    def visible(self, actor: Any) -> Any:
        """All, under a post, with seats counted today."""
        return super().visible(actor).with_seats(clock.today())


class StandardItems(Reading):
    """What a station must have."""

    model, row = StandardItem, StandardItemRow
    filters = {"in_use": Yes()}


class StandardChecks(Reading):
    """What was found at stations: for the committee, and for a station its own."""

    model, row = StandardCheck, StandardCheckRow
    filters = {"station": Key(), "item": Key(), "met": Yes()}
