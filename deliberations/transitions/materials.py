"""Papers for deputies: added and told once, withdrawn, sent to stations as printed copies, read (R14, R37, R46, F19).

A paper has no record of its own: each act is an event on the account of whoever did it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Role
from accounts.transitions.accounts import ACCOUNT, Verb
from deliberations.models import Cycle, Material, MaterialCopy, MaterialRead
from deliberations.policies.materials import READING, can_keep_materials, can_receive_copies
from files.models import Attachment
from notifications.transitions import notify, void
from stations.models import Station
from stations.recipients import current_posts
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record


@dataclass(frozen=True)
class MaterialFacts:
    """What is told of a paper; a key document belongs to the cycle in which opinions on it are asked."""

    title: str
    kind: str
    issuer: str
    issued_on: date
    number: str = ""
    summary: str = ""
    cycle: Cycle | None = None
    is_key: bool = False


@transaction.atomic
def add_material(facts: MaterialFacts, *, actor: Actor, file: Attachment | None = None) -> Material:
    """Put a paper into the library and tell deputies and stations of it.

    Raises NotAllowed, and Invalid for a date to come, a paper without file and words, a key document without a cycle,
    or of a cycle that is concluded.
    """
    permit(can_keep_materials(actor))
    assert actor.user is not None  # whoever holds a post has an account
    if facts.issued_on > clock.today():
        raise Invalid("issued_on", "in_future", _("This day is still to come."))
    if file is None and not facts.summary.strip():
        raise Invalid("file", "nothing_to_read", _("Choose the file, or write down what the paper says."))
    if facts.is_key and facts.cycle is None:
        raise Invalid("cycle", "no_cycle", _("A key document belongs to a cycle; choose it."))
    if facts.cycle and facts.cycle.status == Cycle.Status.CONCLUDED:
        raise Invalid("cycle", "concluded", _("That cycle is concluded."))
    account = lock(actor.user)
    material = Material.objects.create(**vars(facts), file=file, added_by=actor.user, added_at=clock.now())
    record(account, ACCOUNT, Verb.ADD_MATERIAL, actor=actor, changes=_told(material))
    notify(
        current_posts().filter(role__in=READING), fact=fact_of(material), kind="material.added",
        params={"number": "", "title": material.title}, url=reverse("deliberations:material", args=[material.pk]),
    )  # fmt: skip
    return material


@transaction.atomic
def withdraw_material(material: Material, *, actor: Actor, reason: str) -> Material:
    """Take a paper out of the library; who read it and where copies went stays. Raises NotAllowed, Conflict."""
    permit(can_keep_materials(actor))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    # the condition is the guard: of two who withdraw it at once, one is told
    if not Material.objects.filter(pk=material.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise Conflict("withdrawn", _("This paper was withdrawn already."))
    record(account, ACCOUNT, Verb.WITHDRAW_MATERIAL, actor=actor, reason=reason, changes=_told(material))
    void([fact_of(material)], "withdrawn")
    material.refresh_from_db(fields=["withdrawn_at"])
    return material


@transaction.atomic
def send_copies(
    material: Material, *, actor: Actor, stations: Sequence[Station], copies: int, on: date
) -> list[MaterialCopy]:
    """Note that printed copies went to stations, as many to each.

    Raises NotAllowed, Conflict for a paper that was withdrawn, Invalid for a day to come or before the paper's own,
    and for a station that is not in use.
    """
    permit(can_keep_materials(actor))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    require_current(material)
    if not material.issued_on <= on <= clock.today():
        raise Invalid("on", "not_between", _("The day must lie between the date of the paper and today."))
    if closed := [station.name for station in stations if station.status == Station.Status.CLOSED]:
        raise Invalid("stations", "closed", _("Not in use any more: %(stations)s."), stations="、".join(closed))
    rows = MaterialCopy.objects.bulk_create(
        MaterialCopy(material=material, station=station, copies=copies, on=on) for station in stations
    )
    told = {**_told(material), "copies": copies, "stations": "、".join(station.name for station in stations)}
    record(account, ACCOUNT, Verb.SEND_COPIES, actor=actor, changes=told)
    return rows


@transaction.atomic
def receive_copies(row: MaterialCopy, *, actor: Actor, received_by: str, on: date) -> MaterialCopy:
    """Note who took the copies at the station, and when.

    Raises NotAllowed, Conflict when that was noted already, and Invalid for a day before they were sent or to come.
    """
    permit(can_receive_copies(actor, row))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    if not row.on <= on <= clock.today():
        raise Invalid("on", "not_between", _("The day must lie between the sending of the copies and today."))
    received = {"received_by": received_by, "received_on": on}
    if not MaterialCopy.objects.filter(pk=row.pk, received_on=None).update(**received):
        raise Conflict("received", _("It was noted already who took these copies."))
    told = {**_told(row.material), "station": row.station.name, **received}
    record(account, ACCOUNT, Verb.RECEIVE_COPIES, actor=actor, changes=told)
    row.refresh_from_db(fields=["received_by", "received_on"])
    return row


def note_reading(material: Material, *, actor: Actor) -> None:
    """That a deputy or a liaison opened the paper; the first time counts, and of others nothing is noted."""
    if actor.user is not None and actor.role in READING:
        MaterialRead.objects.get_or_create(material=material, user=actor.user, defaults={"at": clock.now()})


def require_current(material: Material) -> None:
    """Raise Conflict for a paper that was withdrawn."""
    if Material.objects.filter(pk=material.pk).exclude(withdrawn_at=None).exists():
        raise Conflict("withdrawn", _("This paper was withdrawn already."))


def require_not_received(row: MaterialCopy) -> None:
    """Raise Conflict where it was noted already who took the copies."""
    if row.received_on is not None:
        raise Conflict("received", _("It was noted already who took these copies."))


def unread(material: Material, role: str = Role.DEPUTY) -> Any:
    """The posts of those who could read the paper here and have not, by name."""
    readers = material.readings.values("user")
    posts = current_posts().filter(role=role).exclude(user__in=readers)
    return posts.select_related("user__person").order_by("user__person__pinyin", "pk")


def fact_of(material: Material) -> str:
    """The fact that a paper is there to be read, as notifications name it."""
    return f"material:{material.pk}"


def _told(material: Material) -> Mapping[str, Any]:
    return {"material": material.title, "number": material.number} if material.number else {"material": material.title}
