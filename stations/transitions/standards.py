"""The county's standard of a station: its list kept by staff, and what is found at each station.

The list has no record of its own: its acts stand on the account of whoever did them. A finding stands in the record
of the station; an earlier one stays.
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import ACCOUNT
from accounts.transitions.accounts import Verb as AccountVerb
from files.pictures import store_picture
from stations import policies
from stations.models import StandardCheck, StandardItem, Station
from stations.transitions.machines import STATION, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record
from workflow.taken import unless_taken

_COLUMNS = ("name", "evidence", "order", "in_use")


@transaction.atomic
def add_item(*, actor: Actor, name: str, evidence: str = "", order: int = 0) -> StandardItem:
    """One more thing that a station must have. Raises NotAllowed, and Invalid when it stands in the list already."""
    permit(policies.can_set_standards(actor))
    _refuse_same(name, None)
    row = StandardItem(code=_next_code(), name=name, evidence=evidence, order=order)
    with unless_taken(_name_taken()):
        row.save(force_insert=True)
    _tell(row, actor)
    return row


@transaction.atomic
def set_item(
    item: StandardItem, *, actor: Actor, name: str, evidence: str = "", order: int = 0, in_use: bool = True
) -> bool:
    """Rename, move or put out of use; whether anything changed. What was found stays.

    Raises NotAllowed, and Invalid when another item has the name.
    """
    permit(policies.can_set_standards(actor))
    row = StandardItem.objects.select_for_update().get(pk=item.pk)
    told = {"name": name, "evidence": evidence, "order": order, "in_use": in_use}
    changes = {key: [getattr(row, key), told[key]] for key in _COLUMNS if getattr(row, key) != told[key]}
    if not changes:
        return False
    _refuse_same(name, row)
    StandardItem.objects.filter(pk=row.pk).update(**told)
    _tell(row, actor, **{key: [str(side) for side in pair] for key, pair in changes.items()})
    return True


@transaction.atomic
def check_items(station: Station, *, actor: Actor, found: Mapping[StandardItem, tuple[bool, str]]) -> int:
    """Note what is there and what lacks, with a remark for each; returns how many findings are new.

    What was found so before stands and makes no new row. Raises NotAllowed, and Conflict for a closed station or an
    item that is out of use.
    """
    case = lock(station)
    permit(policies.can_check_standards(actor, case))
    last = latest(case)
    new = {item: told for item, told in found.items() if _differs(last.get(item.pk), told)}
    for item in new:
        _require_in_use(item)
    if not new:
        STATION.require(case, Verb.CHECK_STANDARD)
        return 0
    for item, (met, note) in new.items():
        _write(case, item, actor, met=met, note=note)
    changes = {"found": [[item.name, met] for item, (met, _note) in new.items()]}
    record(case, STATION, Verb.CHECK_STANDARD, actor=actor, changes=changes)
    return len(new)


@transaction.atomic
def check_item(
    station: Station,
    *,
    actor: Actor,
    item: StandardItem,
    met: bool,
    note: str = "",
    photo: UploadedFile | None = None,
) -> StandardCheck:
    """Note one thing with a photo. Raises like ``check_items``, and Invalid for what is no picture."""
    case = lock(station)
    permit(policies.can_check_standards(actor, case))
    _require_in_use(item)
    last = latest(case).get(item.pk)
    kept = last.photo if last else None
    stored = store_picture(photo, user=actor.user) if photo else kept
    row = _write(case, item, actor, met=met, note=note, photo=stored)
    changes = {"found": [[item.name, met]], **({"photo": stored.name} if photo and stored else {})}
    record(case, STATION, Verb.CHECK_STANDARD, actor=actor, changes=changes)
    return row


def latest(station: Station) -> dict[int, StandardCheck]:
    """The last finding of each item at a station, by the key of the item."""
    rows = StandardCheck.objects.filter(station=station).select_related("by__person", "photo").order_by("on", "pk")
    return {row.item_id: row for row in rows}


def _write(case: Station, item: StandardItem, actor: Actor, **told: Any) -> StandardCheck:
    assert actor.user is not None  # whoever holds a post has an account
    return StandardCheck.objects.create(station=case, item=item, on=clock.today(), by=actor.user, **told)


def _differs(last: StandardCheck | None, told: tuple[bool, str]) -> bool:
    """Whether it is found otherwise than before; found anew in another year it is told again."""
    if last is None or last.on.year != clock.today().year:
        return True
    return (last.met, last.note) != told


def _require_in_use(item: StandardItem) -> None:
    if not item.in_use:
        raise Conflict("out_of_use", _("“%(name)s” is no longer asked for."), name=item.name)


def _next_code() -> str:
    last = StandardItem.objects.order_by("-pk").first()
    return f"S{(last.pk if last else 0) + 1:03}"


def _refuse_same(name: str, item: StandardItem | None) -> None:
    others = StandardItem.objects.filter(name=name)
    if (others.exclude(pk=item.pk) if item else others).exists():
        raise _name_taken()


def _name_taken() -> Invalid:
    return Invalid("name", "name_taken", _("This stands in the list already."))


def _tell(row: StandardItem, actor: Actor, **changes: Any) -> None:
    assert actor.user is not None  # whoever holds a post has an account
    told = {"item": row.name, **changes}
    record(lock(actor.user), ACCOUNT, AccountVerb.SET_STANDARD, actor=actor, changes=told)
