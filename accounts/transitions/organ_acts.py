"""What is done to an organ at the desk: named, reorganised, its officers appointed, its road chosen.

An organ has no chain of events of its own. Each act is an event on the account of whoever did it, with the
organ's name among its changes; what an import brings is told by its batch instead.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.actor import Actor
from accounts.models import Officer, Organ, OrganName
from accounts.transitions.accounts import ACCOUNT, Verb
from accounts.transitions.organs import (
    OrganFacts,
    check_name,
    enter_organ,
    hold_office,
    name_claimed,
    officer_people,
    owner_of_name,
    refresh_search,
)
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record
from workflow.taken import unless_taken
from workflow.text import key


@transaction.atomic
def found_organ(*, actor: Actor, facts: OrganFacts) -> Organ:
    """A new organ. Raises NotAllowed, or Invalid when its name is or was another's."""
    permit(policies.can_keep_organs(actor))
    owner = owner_of_name(facts.name)
    if owner is not None:
        raise name_claimed(facts.name, owner.name, "name")
    organ, _changed = enter_organ(facts, actor=actor)
    _tell(organ, Verb.ENTER_ORGAN, actor, kind=organ.kind)
    return organ


@transaction.atomic
def set_organ(
    organ: Organ, *, actor: Actor, sign_mode: str, phone: str = "", forwards_through: Organ | None = None
) -> None:
    """How its replies are signed, its desk's telephone, and through whom suggestions reach it (none: directly).

    Raises NotAllowed, Conflict for a closed organ, or Invalid for a road that leads on or back.
    """
    organ = _open(organ, actor)
    _check_road(organ, forwards_through)
    new = {"sign_mode": sign_mode, "phone": phone.strip(), "forwards_through": forwards_through}
    before = {name: getattr(organ, name) for name in new}
    changes = {name: [_plain(before[name]), _plain(value)] for name, value in new.items() if value != before[name]}
    if changes:
        Organ.objects.filter(pk=organ.pk).update(**new)
        _tell(organ, Verb.SET_ORGAN, actor, **changes)


@transaction.atomic
def add_name(organ: Organ, *, actor: Actor, name: str, kind: str, until: date | None = None) -> None:
    """One more name by which the organ is found; as present name it renames the organ, the old one stays its name.

    Raises NotAllowed, Conflict for a closed organ, or Invalid when the name is taken.
    """
    organ, name = _open(organ, actor), name.strip()
    check_name(name, "name")
    row = OrganName.objects.select_related("organ").filter(folded=key(name)).first()
    if row is not None and (row.organ_id != organ.pk or kind != OrganName.Kind.PRESENT):
        raise name_claimed(name, row.organ.name, "name")
    before = organ.name
    if kind == OrganName.Kind.PRESENT:
        _rename(organ, name)
    last = None if kind == OrganName.Kind.PRESENT else until
    _keep_name(row or OrganName(organ=organ, folded=key(name)), name=name, kind=kind, until=last)
    refresh_search(organ)
    _tell(organ, Verb.ADD_NAME, actor, name=[before, name] if before != organ.name else name, name_kind=kind)


@transaction.atomic
def reorganise(organ: Organ, *, actor: Actor, successor: Organ, on: date) -> None:
    """From ``on`` the organ is another's part: its names find the successor, what it handled stays its own.

    Whatever went through it goes through the successor, and earlier predecessors follow, so that one step
    leads from any former organ to the present one (scenario 41). Raises NotAllowed, Conflict, or Invalid.
    """
    organ = _open(organ, actor)
    if successor.pk == organ.pk or successor.closed_on is not None:
        raise Invalid("successor", "no_successor", _("Choose an organ that goes on existing."))
    Organ.objects.filter(pk=organ.pk).update(successor=successor, closed_on=on, forwards_through=None)
    organ.predecessors.update(successor=successor)
    _follow(organ, successor)
    last = on - timedelta(days=1)
    organ.names.filter(until=None).update(until=last)
    organ.names.update(organ=successor, kind=OrganName.Kind.FORMER)
    refresh_search(organ)
    refresh_search(successor)
    _tell(organ, Verb.REORGANISE, actor, successor=successor.name, on=on)


@transaction.atomic
def appoint(organ: Organ, *, actor: Actor, name: str, duty: str, phone: str = "") -> None:
    """Somebody speaks for the organ from today; within one organ the same name is the same person.

    Raises NotAllowed, Conflict for a closed organ, or Invalid when they hold that duty already.
    """
    organ = _open(organ, actor)
    officers = list(organ.officers.select_related("person"))
    person = officer_people(officers, [name])[name]
    held = next((row for row in officers if row.duty == duty and row.person_id == person.pk), None)
    if held is not None and held.in_office(clock.today()):
        raise Invalid("name", "in_office", _("%(name)s holds this duty already."), name=name)
    hold_office(organ, held, duty, person.pk, phone)
    _tell(organ, Verb.APPOINT, actor, person=name, duty=duty)


@transaction.atomic
def dismiss(officer: Officer, *, actor: Actor, until: date) -> None:
    """``until`` is the last day of the duty. Raises NotAllowed, Conflict when it is over, or Invalid."""
    organ = _open(officer.organ, actor)
    officer.refresh_from_db()
    if not officer.in_office(clock.today()):
        raise Conflict("out_of_office", _("This duty has already ended."))
    if until < officer.since:
        raise Invalid("until", "before_start", _("The duty began on %(since)s."), since=officer.since)
    Officer.objects.filter(pk=officer.pk).update(until=until)
    _tell(organ, Verb.DISMISS, actor, person=officer.person.name, duty=officer.duty, until=until)


def _open(organ: Organ, actor: Actor) -> Organ:
    """The organ under a row lock, if it is still there to be changed."""
    permit(policies.can_keep_organs(actor))
    fresh = Organ.objects.select_for_update().get(pk=organ.pk)
    if fresh.closed_on is not None:
        raise Conflict("organ_closed", CLOSED, organ=fresh.name)
    return fresh


def _check_road(organ: Organ, through: Organ | None) -> None:
    if through is None:
        return
    if through.pk == organ.pk or through.closed_on is not None or through.forwards_through_id is not None:
        raise Invalid("forwards_through", "no_road", _("Suggestions do not reach “%(organ)s” directly."), organ=through)
    if organ.receivers.exists():
        raise Invalid("forwards_through", "no_road", _("“%(organ)s” itself passes suggestions on."), organ=organ.name)


def _follow(organ: Organ, successor: Organ) -> None:
    """Receivers of a closed organ receive through its successor, which itself must then receive directly."""
    receivers = organ.receivers.exclude(pk=successor.pk)
    if receivers.exists():
        Organ.objects.filter(pk=successor.pk).update(forwards_through=None)
    organ.receivers.filter(pk=successor.pk).update(forwards_through=None)
    receivers.update(forwards_through=successor)


def _rename(organ: Organ, name: str) -> None:
    if Organ.objects.filter(name=name).exclude(pk=organ.pk).exists():
        raise name_claimed(name, name, "name")
    yesterday = clock.today() - timedelta(days=1)
    former = organ.names.filter(kind=OrganName.Kind.PRESENT)
    former.update(kind=OrganName.Kind.FORMER, until=yesterday)
    organ.name = name
    with unless_taken(name_claimed(name, name, "name")):
        organ.save(update_fields=["name"])


def _keep_name(row: OrganName, **told: Any) -> None:
    """Write one name of an organ; raises Invalid where another organ was given it at the same moment."""
    for field, value in told.items():
        setattr(row, field, value)
    with unless_taken(name_claimed(row.name, row.name, "name")):
        row.save()


def _plain(value: Any) -> str:
    return value.name if isinstance(value, Organ) else str(value or "")


def _tell(organ: Organ, verb: Verb, actor: Actor, **changes: Any) -> None:
    if actor.user is not None:
        record(lock(actor.user), ACCOUNT, verb, actor=actor, changes={"organ": organ.name, **changes})


CLOSED = _("“%(organ)s” does not exist any more.")
