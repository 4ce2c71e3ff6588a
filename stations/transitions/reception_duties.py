"""The duty roster by hand: put on and taken off, substitutes, swaps, leave; asked for by the deputy or done by the liaison."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import policies
from stations.models import Duty, Mandate, ReceptionDay, Station
from stations.transitions.reception_machine import OF_STATION, ReceptionVerb
from stations.transitions.reception_telling import deputies, keepers, tell
from stations.transitions.receptions import begin, stayed
from workflow import clock
from workflow.engine import Conflict, Invalid, record
from workflow.taken import unless_taken

_State = Duty.State


@transaction.atomic
def put_on_duty(day: ReceptionDay, *, actor: Actor, version: int, mandate: Mandate) -> Duty:
    """One more deputy on duty. Of a day that is over, whoever came besides, to be ticked with the others.

    Raises NotAllowed, Conflict, Stale, and Invalid for a deputy of another station, a suspended or former one, and
    one who is on the list already.
    """
    case, row = begin(day, ReceptionVerb.PUT_ON_DUTY, actor, version)
    _check(row, mandate)
    came = row.status == ReceptionDay.Status.HELD
    with unless_taken(_on_list(mandate)):
        duty = Duty.objects.create(day=row, mandate=mandate, state=_State.PRESENT if came else _State.DUE)
    _record(case, row, ReceptionVerb.PUT_ON_DUTY, actor, deputy=mandate.person.name)
    if not came and row.on >= clock.today():
        tell(row, "on_duty", deputies([mandate]), case)
    return duty


@transaction.atomic
def take_off_duty(duty: Duty, *, actor: Actor, version: int) -> ReceptionDay:
    """Take a deputy off the list; whom they stood in for is on duty again. Raises NotAllowed, Conflict, Stale."""
    case, row, fresh = _open(duty, ReceptionVerb.TAKE_OFF_DUTY, actor, version)
    _check_state(fresh, _State.DUE, _State.LEAVE)
    replaced = fresh.substitute_for
    fresh.delete()
    if replaced is not None:
        Duty.objects.filter(pk=replaced.pk).update(state=_State.DUE, reason="")
    _record(case, row, ReceptionVerb.TAKE_OFF_DUTY, actor, deputy=fresh.mandate.person.name)
    tell(row, "off_duty", deputies([fresh.mandate]), case)
    return row


@transaction.atomic
def substitute(duty: Duty, *, actor: Actor, version: int, mandate: Mandate) -> Duty:
    """Let another deputy stand in, beside whom they replace; both are told.

    Raises NotAllowed, Conflict, Stale, and Invalid like ``put_on_duty``.
    """
    case, row, fresh = _open(duty, ReceptionVerb.SUBSTITUTE, actor, version)
    _check_state(fresh, _State.DUE, _State.LEAVE)
    _check(row, mandate)
    with unless_taken(_on_list(mandate)):
        stands_in = Duty.objects.create(day=row, mandate=mandate, substitute_for=fresh)
    Duty.objects.filter(pk=fresh.pk).update(state=_State.REPLACED)
    names = {"deputy": fresh.mandate.person.name, "substitute": mandate.person.name}
    _record(case, row, ReceptionVerb.SUBSTITUTE, actor, **names)
    tell(row, "stand_in", deputies([mandate]), case, deputy=names["deputy"])
    tell(row, "replaced", deputies([fresh.mandate]), case, deputy=names["substitute"])
    return stands_in


@transaction.atomic
def swap(duty: Duty, *, actor: Actor, version: int, other: Duty) -> Duty:
    """Two deputies of the station exchange their days; both are told.

    Raises NotAllowed, Conflict, Stale, and Invalid for a duty of another station, of the same day, or when one of
    them is on the list of the other day already, or not in office then.
    """
    case, row, fresh = _open(duty, ReceptionVerb.SWAP, actor, version)
    second = _fresh(other)
    for one in (fresh, second):
        _check_state(one, _State.DUE)
    if second.day.station_id != case.pk or second.day_id == row.pk or second.day.status != row.status:
        raise Invalid("other", "elsewhere", _("Choose a duty of another day that is planned at this station."))
    for day, mandate in ((row, second.mandate), (second.day, fresh.mandate)):
        _check(day, mandate, field="other")
    Duty.objects.filter(pk=fresh.pk).update(mandate=second.mandate, reason="")
    Duty.objects.filter(pk=second.pk).update(mandate=fresh.mandate, reason="")
    told = {"deputy": fresh.mandate.person.name, "with": second.mandate.person.name, "other_day": second.day.on}
    record(case, OF_STATION, ReceptionVerb.SWAP, actor=actor, part=stayed(row), changes=told)
    back = {"deputy": told["with"], "with": told["deputy"], "other_day": row.on}
    record(case, OF_STATION, ReceptionVerb.SWAP, actor=actor, part=stayed(second.day), changes=back)
    tell(row, "on_duty", deputies([second.mandate]), case)
    tell(second.day, "on_duty", deputies([fresh.mandate]), case)
    return fresh


@transaction.atomic
def ask_substitute(duty: Duty, *, actor: Actor, reason: str) -> Duty:
    """A deputy cannot come and asks the station for a substitute; asking again gives the newer reason.

    No version: a tap on a phone is not refused because somebody wrote something else at the station meanwhile.
    Raises NotAllowed and Conflict.
    """
    allowed = policies.can_ask_substitute(actor, duty)
    case, row = begin(duty.day, ReceptionVerb.ASK_SUBSTITUTE, actor, None, allowed=allowed)
    fresh = _fresh(duty)
    _check_state(fresh, _State.DUE)
    if row.on < clock.today():
        raise Conflict("over", _("This day is over."))
    Duty.objects.filter(pk=fresh.pk).update(reason=reason)
    name = fresh.mandate.person.name
    told = {"deputy": name}
    record(case, OF_STATION, ReceptionVerb.ASK_SUBSTITUTE, actor=actor, part=stayed(row), changes=told, reason=reason)
    tell(row, "substitute_asked", keepers(case, actor), case, deputy=name)
    return fresh


@transaction.atomic
def grant_leave(duty: Duty, *, actor: Actor, version: int, reason: str) -> Duty:
    """A deputy need not come, and nobody stands in so far. Raises NotAllowed, Conflict, Stale."""
    case, row, fresh = _open(duty, ReceptionVerb.GRANT_LEAVE, actor, version)
    _check_state(fresh, _State.DUE)
    Duty.objects.filter(pk=fresh.pk).update(state=_State.LEAVE, reason=reason)
    told = {"deputy": fresh.mandate.person.name}
    record(case, OF_STATION, ReceptionVerb.GRANT_LEAVE, actor=actor, part=stayed(row), changes=told, reason=reason)
    tell(row, "leave", deputies([fresh.mandate]), case)
    return fresh


def _open(duty: Duty, verb: str, actor: Actor, version: int) -> tuple[Station, ReceptionDay, Duty]:
    case, row = begin(duty.day, verb, actor, version)
    return case, row, _fresh(duty)


def _fresh(duty: Duty) -> Duty:
    """The duty as it stands; raises Conflict when it is gone."""
    related = ("mandate__person", "mandate__term", "day", "substitute_for")
    fresh = Duty.objects.select_related(*related).filter(pk=duty.pk).first()
    if fresh is None:
        raise Conflict("duty_gone", _("This duty is not on the list any more."))
    return fresh


def _check_state(duty: Duty, *states: str) -> None:
    if duty.state not in states:
        sentence = _("This is not possible now: %(name)s is “%(state)s”.")
        raise Conflict("wrong_duty", sentence, name=duty.mandate.person.name, state=duty.get_state_display())


def _check(row: ReceptionDay, mandate: Mandate, field: str = "mandate") -> None:
    """Raise Invalid unless the deputy may be put on the list of that day."""
    name = mandate.person.name
    if mandate.station_id != row.station_id:
        raise Invalid(field, "elsewhere", _("%(name)s does not belong to this station."), name=name)
    state = mandate.status_on(row.on)
    if state != Mandate.Status.ACTIVE:
        sentence = _("%(name)s cannot be on duty on that day: %(state)s.")
        raise Invalid(field, "not_active", sentence, name=name, state=state.label)
    # one person stands on the list once, under whichever mandate
    if row.duties.filter(mandate__person=mandate.person_id).exists():
        raise Invalid(field, "on_list", _("%(name)s is on the list of that day already."), name=name)


def _on_list(mandate: Mandate) -> Invalid:
    return Invalid("mandate", "on_list", _("%(name)s is on the list of that day already."), name=mandate.person.name)


def _record(case: Station, row: ReceptionDay, verb: str, actor: Actor, **told: str) -> None:
    record(case, OF_STATION, verb, actor=actor, part=stayed(row), changes=told)
