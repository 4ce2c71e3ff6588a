"""Stations and deputies as the API tells them; telephone numbers only in one row, to whom the page shows them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import TrustedDevice
from stations.models import (
    CongressSession,
    Delegation,
    Duty,
    ElectoralDistrict,
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
from stations.policies import can_see_phone, can_see_staff_phones
from workflow.serializers import Row, of


class TownshipRow(Row):
    """A town, township or sub-district."""

    class Meta:
        model = Township
        fields = ("id", "name", "kind")


class PhoneRow(Row):
    """A phone that signs its deputy in; nothing of what makes it do so."""

    person = serializers.IntegerField(source="user.person_id", read_only=True)

    class Meta:
        model = TrustedDevice
        fields = ("id", "person", "name", "asked_at", "bound_at", "trusted_until", "last_used_on", "ended_at")


class TermRow(Row):
    """One term of a congress."""

    class Meta:
        model = Term
        fields = ("id", "level", "township", "number", "starts_on", "ends_on", "is_current")


class SessionRow(Row):
    """One session of a term."""

    class Meta:
        model = CongressSession
        fields = ("id", "term", "number")


class DelegationRow(Row):
    """Deputies who sit together."""

    class Meta:
        model = Delegation
        fields = ("id", "name", "term", "township")


class StationRow(Row):
    """A deputies' home, liaison station or contact point."""

    class Meta:
        model = Station
        fields: tuple[str, ...] = ("id", "version", "code", "name", "kind", "status", "township", "address", "is_key")


class StaffRow(Row):
    """Who runs a station; the number for the committee, the station's own staff and its deputies."""

    phone = serializers.SerializerMethodField()

    class Meta:
        model = StationStaff
        fields = ("person", "duty", "phone", "since", "until")

    def get_phone(self, row: StationStaff) -> str | None:
        """The number, or null."""
        return row.phone if self.context["sees_phones"] else None


class WholeStationRow(StationRow):
    """A station with whoever runs it today, and the page that its printed code leads to."""

    staff = serializers.SerializerMethodField()
    public_page = serializers.SerializerMethodField()

    class Meta(StationRow.Meta):
        fields = (*StationRow.Meta.fields, "staff", "public_page")

    def get_public_page(self, row: Station) -> str:
        """Its address, also of a closed station, where it leads nowhere."""
        return settings.SITE_URL + reverse("public:station", args=[row.qr_token])

    @extend_schema_field(StaffRow(many=True))
    def get_staff(self, row: Station) -> Any:
        """On duty today."""
        sees_phones = can_see_staff_phones(self.context["request"].actor, row)
        return StaffRow(row.on_duty, many=True, context={**self.context, "sees_phones": sees_phones}).data  # type: ignore[attr-defined]


class MandateRow(Row):
    """That a person is a deputy."""

    status = serializers.ChoiceField(Mandate.Status.choices)
    name = of("person.name", serializers.CharField)
    township = serializers.IntegerField(source="term.township_id", read_only=True, allow_null=True)

    class Meta:
        model = Mandate
        fields: tuple[str, ...] = (
            "id", "name", "level", "certificate_no", "status", "term", "township", "delegation", "station",
            "employer_post", "started_on", "ended_on", "end_reason", "district", "by_election",
        )  # fmt: skip


class WholeMandateRow(MandateRow):
    """A deputy, with the private number for whom the page shows it to, and what the public sees."""

    phone = serializers.SerializerMethodField()
    public_page = serializers.SerializerMethodField()
    public_words = serializers.SerializerMethodField()

    class Meta(MandateRow.Meta):
        fields = (*MandateRow.Meta.fields, "phone", "public_page", "public_words")

    def get_public_page(self, row: Mandate) -> str | None:
        """The address behind the deputy's code, or null where none was made."""
        page = getattr(row, "page", None)
        return settings.SITE_URL + reverse("public:deputy", args=[page.qr_token]) if page else None

    def get_public_words(self, row: Mandate) -> str | None:
        """What the deputy says of himself or herself there, or null."""
        page = getattr(row, "page", None)
        return page.words if page else None

    def get_phone(self, row: Mandate) -> str | None:
        """The number, or null."""
        return row.person.phone if can_see_phone(self.context["request"].actor, row) else None


class ReceptionRuleRow(Row):
    """On which days a station receives voters: a day of the month, or a weekday (Monday is 0) of a week of the month."""

    class Meta:
        model = ReceptionRule
        fields = (
            "id", "station", "months", "day", "week", "weekday", "starts_at", "ends_at", "deputies", "since", "until",
        )  # fmt: skip


class ReceptionDayRow(Row):
    """A day on which deputies receive voters; ``moved_from`` is the day by the rule where it was moved."""

    class Meta:
        model = ReceptionDay
        fields = (
            "id", "uuid", "station", "rule", "status", "on", "moved_from", "starts_at", "ends_at", "place", "scope",
            "posted_on", "cancel_reason",
        )  # fmt: skip


class DutyRow(Row):
    """That a deputy is on duty, and what was found; why somebody was on leave stays with the station."""

    on = of("day.on", serializers.DateField)
    station = of("day.station_id")
    name = of("mandate.person.name", serializers.CharField)

    class Meta:
        model = Duty
        fields = ("id", "day", "on", "station", "mandate", "name", "substitute_for", "state")


class DistrictRow(Row):
    """Where deputies of one term are elected; vacant are the seats without a deputy in office."""

    taken = serializers.IntegerField(read_only=True)
    vacant = serializers.IntegerField(read_only=True)

    class Meta:
        model = ElectoralDistrict
        fields = ("id", "term", "township", "number", "name", "seats", "taken", "vacant")


class StandardItemRow(Row):
    """One thing a station must have by the county's own list."""

    class Meta:
        model = StandardItem
        fields = ("id", "code", "name", "evidence", "order", "in_use")


class StandardCheckRow(Row):
    """What was found at a station; the latest finding of an item is the one that holds."""

    class Meta:
        model = StandardCheck
        fields = ("id", "station", "item", "met", "note", "on")
