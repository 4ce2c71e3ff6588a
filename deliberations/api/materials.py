"""Papers for deputies, their printed copies, who has read them."""

from typing import Any

from accounts.models import Role
from deliberations.models import Material, MaterialCopy, MaterialRead
from deliberations.policies.materials import can_see_register
from deliberations.serializers import MaterialCopyRow, MaterialReadRow, MaterialRow
from stations.models import StationStaff
from workflow import clock
from workflow.api.reading import NEWEST, Reading
from workflow.filters import Key, Yes, one_of, since, until


class Materials(Reading):
    """Papers for deputies, newest first; what was withdrawn, for the committee alone."""

    model, row, order = Material, MaterialRow, NEWEST
    filters = {
        "cycle": Key(),
        "kind": one_of(Material.Kind),
        "is_key": Yes(),
        "since": since("issued_on"),
        "until": until("issued_on"),
    }


class MaterialCopies(Reading):
    """Printed copies: all for the committee, else those that went to a station of one's own."""

    model, row = MaterialCopy, MaterialCopyRow
    filters = {"material": Key(), "station": Key()}

    def visible(self, actor: Any) -> Any:
        """As the page of the paper shows them."""
        rows = MaterialCopy.objects.filter(material__in=Material.objects.visible_to(actor))
        if can_see_register(actor):
            return rows
        duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
        return rows.filter(station__in=duties.values("station")) if actor.role == Role.STATION else rows.none()


class MaterialReads(Reading):
    """Who opened which paper; read within the committee."""

    model, row = MaterialRead, MaterialReadRow
    may = staticmethod(can_see_register)
    filters = {"material": Key()}

    def visible(self, actor: Any) -> Any:
        """All, within the committee."""
        return MaterialRead.objects.all() if can_see_register(actor) else MaterialRead.objects.none()
