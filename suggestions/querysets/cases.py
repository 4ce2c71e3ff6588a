"""Who sees which suggestion, and suggestions as adjectives."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Exact, In

from accounts.actor import Actor
from accounts.models import Role
from accounts.querysets import acting_for
from workflow import clock
from workflow.frozen import frozen, kept_by_database

#: Drafts, what was given up and what was imported by mistake: in no list, count or table of suggestions.
NOT_SUBMITTED = ("DRAFT", "SIGNING", "DISCARDED", "ANNULLED")
#: In these states of a suggestion the commitments of its replies are followed.
FOLLOWED = ("HANDLING", "REPLIED", "FOLLOW_UP")
#: In these somebody continues a suggestion whose deputy has left office.
CONTINUED = ("RETURNED", "SUBMITTED", "REGISTERED", "AT_FORWARDER", *FOLLOWED)
#: While the deputy still writes, only the deputy's side and the committee's staff read it.
PRIVATE = (*NOT_SUBMITTED, "RETURNED")
#: Still being written.
WRITTEN_ON = ("DRAFT", "SIGNING", "RETURNED")

#: Of an assignment: the organ has it, or had it when the deputy withdrew the suggestion or the council of
#: chairpersons ended it. What was taken from an organ it no longer sees.
BY_RESOLUTION = ("UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN")
_STOPPED = Q(suggestion__status="WITHDRAWN") | Q(suggestion__closing_basis__in=BY_RESOLUTION)
#: Taken from an organ whose objection was granted: with the part its day for an objection went as well.
_TAKEN = Q(objection_until=None, objections__status="GRANTED")


def _held(stopped: Any) -> Any:
    return ~Q(status="ENDED") | stopped & ~_TAKEN


HELD = _held(_STOPPED)


class SuggestionQuerySet(models.QuerySet):
    """Suggestions as adjectives."""

    def visible_to(self, actor: Actor) -> "SuggestionQuerySet":
        """The rows that a person may see under the post they act under (D30); every list and export uses this."""
        if actor.is_system or actor.is_staff:
            return self
        if actor.is_committee:
            return self.exclude(status__in=PRIVATE)
        scope = _SCOPES.get(actor.role)
        return self.exclude(status="ANNULLED").filter(scope(self.model, actor)) if scope else self.none()

    def submitted(self) -> "SuggestionQuerySet":
        """Handed in at some time: what is meant by suggestions wherever they are listed or counted."""
        return self.exclude(status__in=NOT_SUBMITTED)

    def being_written(self) -> "SuggestionQuerySet":
        """Drafts, those that are being signed along, and what came back to be completed."""
        return self.filter(status__in=WRITTEN_ON)

    def concerning(self, person_id: int | None) -> "SuggestionQuerySet":
        """Led or continued by the person, or whose point it is."""
        told = Q(lead__person=person_id) | Q(continued_by__person=person_id)
        return self.filter(told | Q(raised_by__person=person_id))

    def spoken_for_by(self, person_id: int | None) -> "SuggestionQuerySet":
        """On whose answer the person's judgement decides: as who continues, else as the lead."""
        return self.filter(Q(continued_by__person=person_id) | Q(continued_by=None, lead__person=person_id))

    def spoken_for(self, mandate_id: int) -> "SuggestionQuerySet":
        """For which this mandate speaks: as who continues, else as the lead."""
        return self.filter(Q(continued_by=mandate_id) | Q(continued_by=None, lead=mandate_id))

    def without_speaker(self, today: date) -> "SuggestionQuerySet":
        """Open, and whoever speaks for it is no longer in office: somebody has to continue it (scenario 37)."""
        mandates = rows_of(self.model, "lead").in_office(today)
        continued = Q(continued_by__isnull=False) & ~Q(continued_by__in=mandates)
        return self.filter(continued | Q(continued_by=None) & ~Q(lead__in=mandates), status__in=CONTINUED)

    def without_feedback(self, before: date) -> "SuggestionQuerySet":
        """Answered, and nothing was heard of a deputy who should have said something before that day (scenario 18)."""
        silent = (
            rows_of(self.model, "clocks")
            .running()
            .filter(suggestion=OuterRef("pk"), kind="FEEDBACK", act_by__lt=before)
        )
        return self.filter(~_judged(self.model), Exists(silent), status="REPLIED")

    def with_commitment_unknown(self) -> "SuggestionQuerySet":
        """Taken over with an answer that commits the organ, of which the old ledger does not tell the words (D10)."""
        assignments = rows_of(self.model, "assignments").filter(
            suggestion=OuterRef("pk"), round=OuterRef("round"), reply__result_class__needs_follow_up=True,
            reply__commitments=None, reply__status="RELEASED",
        )  # fmt: skip
        return self.filter(Exists(assignments)).exclude(imported_from="").exclude(status="ANNULLED")

    def cases(self) -> int:
        """How many cases they are: what is handled together counts once (scenario 21), each for itself elsewhere."""
        found = self.aggregate(
            alone=models.Count("pk", filter=Q(merge_group=None)), together=models.Count("merge_group", distinct=True)
        )
        return int(found["alone"] + found["together"])

    def to_type(self) -> "SuggestionQuerySet":
        """Being written, and of the matter there is a photo or a title only."""
        return self.being_written().filter(facts="")

    def to_confirm(self) -> "SuggestionQuerySet":
        """Being written by others, and the lead has not said yet that it is what was meant."""
        return self.being_written().filter(confirmed_at=None, submitted_by="DEPUTY").exclude(facts="")

    def handled_by(self, organ_id: int | None) -> "SuggestionQuerySet":
        """Assigned to the organ, or to one that has gone over into it, in whatever round (scenario 41)."""
        return self.filter(_assigned(self.model, organ_id))

    def nominated(self) -> "SuggestionQuerySet":
        """Nominated as key, and the council of chairpersons has not decided."""
        waiting = self.filter(status__in=["REGISTERED", "AT_FORWARDER", "HANDLING"], key_resolution=None)
        return waiting.exclude(key_nomination="").order_by("pk")

    def on_agenda(self) -> "SuggestionQuerySet":
        """Before the council of chairpersons, with ``agenda_since``."""
        alive = self.filter(status__in=["AT_FORWARDER", *FOLLOWED], agenda_on__isnull=False)
        return alive.annotate(agenda_since=Coalesce("agenda_on", Value(date.max)))

    def overdue(self, today: date) -> "SuggestionQuerySet":
        """With a reply clock that should have been met before today."""
        return self.filter(_reply_clock(self.model, act_by__lt=today))

    def due_within(self, days: int, today: date) -> "SuggestionQuerySet":
        """With a reply clock to be met from today on within so many days."""
        last = date.fromordinal(today.toordinal() + days)
        return self.filter(_reply_clock(self.model, act_by__range=(today, last)))

    def in_light(self, light: str, today: date) -> "SuggestionQuerySet":
        """Whose reply is overdue, or due within ten or thirty days."""
        if light == "overdue":
            return self.overdue(today)
        return self.due_within({"within_10": 10, "within_30": 30}[light], today)

    def waiting_for(self, what: str, actor: Actor) -> "SuggestionQuerySet":
        """In which the named next act is still to be done; an organ's own only."""
        if what in _WAITING_PARTS:
            return self.filter(_part_waits(self.model, actor, _WAITING_PARTS[what]), status="HANDLING")
        if what == "form":
            return self.filter(Exists(_forms_to_confirm(self.model)), status="REPLIED")
        judged = _judged(self.model)
        return self.filter(judged if what == "verdict" else ~judged, status="REPLIED")

    def with_judged(self) -> "SuggestionQuerySet":
        """With ``is_judged``: whether the present round has its verdict; and ``verdict_value``, which."""
        return self.annotate(is_judged=_judged(self.model), verdict_value=_verdict_value(self.model))

    def most_urgent(self) -> "SuggestionQuerySet":
        """Rows of ``for_list`` with a running reply clock, the most pressing first, with whom to call."""
        return self.with_phones().exclude(act_by=None).order_by("act_by", "pk")

    def with_phones(self) -> "SuggestionQuerySet":
        """With who handles it at the host, and under which number, else under the organ's."""
        hosts = _hosts(self.model).annotate(call=Coalesce(NullIf("phone", Value("")), F("organ__phone")))
        named = {
            "host_handler": Subquery(hosts.values("handler")[:1]),
            "host_phone": Subquery(hosts.values("call")[:1]),
        }
        return self.annotate(**named)

    def for_list(self, actor: Actor) -> "SuggestionQuerySet":
        """With what a row of the list shows: host, state of the reader's own assignment, date to act by."""
        return self.select_related("lead__person", "field").annotate(
            **_of_row(self.model, actor.is_organ, actor.organ_id),
            due_on=Subquery(_running_reply(self.model).values("due_on")[:1]),
        )

    def for_page(self, actor: Actor) -> "SuggestionQuerySet":
        """Rows of ``for_list`` with no columns but those that the page of the list prints, of some sixty."""
        columns = _of_printed_row(self.model, actor.is_organ, actor.organ_id if actor.is_organ else None)
        return self.only(*_PRINTED).annotate(lead_name=F("lead__person__name"), **columns)


#: The columns behind number, title, marks and state.
_PRINTED = (
    "series", "serial", "title", "is_key", "merge_group", "received_on", "status", "round", "refusal", "referred_to",
)  # fmt: skip

#: What an assignment looks like that waits for receipt, opinion or reply.
_WAITING_PARTS = {
    "receipt": Q(status="ASSIGNED"),
    "opinion": Q(status__in=["ASSIGNED", "ACCEPTED"], part="CO_HOST"),
    "reply": Q(status="ACCEPTED") & ~Q(part="CO_HOST"),
}


def signatories(suggestion: Any) -> Any:
    """The mandates of whoever speaks for it, the lead or who continues, and of whoever co-signed; the speaker first."""
    mandates = rows_of(type(suggestion), "lead").select_related("person", "term")
    co_signers = suggestion.cosignatures.filter(status="ACCEPTED").values("mandate")
    speaker_first = Case(When(pk=suggestion.speaker_id, then=0), default=1)
    return mandates.filter(Q(pk=suggestion.speaker_id) | Q(pk__in=co_signers)).order_by(speaker_first, "pk")


def rows_of(model: Any, relation: str) -> Any:
    """All rows behind a relation of the model (its tables are above this module)."""
    return model._meta.get_field(relation).related_model.objects.all()


def _of_round(model: Any) -> Any:
    """The assignments of a row's present round."""
    return _held_there(rows_of(model, "assignments")).filter(round=OuterRef("round"))


def _held_there(assignments: Any) -> Any:
    """Of the row's own assignments those that count as ``HELD``; the row itself says whether it was stopped."""
    stopped = Exact(OuterRef("status"), "WITHDRAWN") | In(OuterRef("closing_basis"), BY_RESOLUTION)
    return assignments.filter(_held(stopped), suggestion=OuterRef("pk"))


def _hosts(model: Any) -> Any:
    return _of_round(model).exclude(part="CO_HOST")


def _judged(model: Any) -> Exists:
    return Exists(_verdicts(model))


def _verdict_value(model: Any) -> Subquery:
    return Subquery(_verdicts(model).values("value")[:1])


def _verdicts(model: Any) -> Any:
    """The verdict of a row's present round, released or not."""
    return rows_of(model, "verdicts").filter(suggestion=OuterRef("pk"), round=OuterRef("round"))


def _part_waits(model: Any, actor: Actor, condition: Q) -> Exists:
    rows = rows_of(model, "assignments").filter(condition, suggestion=OuterRef("pk"), round=OuterRef("round"))
    return Exists(rows.filter(acting_for(actor.organ_id)) if actor.is_organ else rows)


@lru_cache(maxsize=256)
def _of_row(model: Any, is_organ: bool, organ_id: int | None) -> dict[str, Subquery]:
    """What a row shows of other tables, of its own part to an organ. Kept, for building takes longer than asking."""
    of_round, hosts, running = _of_round(model), _hosts(model), _running_reply(model)
    mine = of_round.filter(acting_for(organ_id)) if is_organ else hosts
    return {
        "host_name": Subquery(hosts.values("organ__name")[:1]),
        "verdict_value": _verdict_value(model),
        "part": Subquery(mine.values("part")[:1]),
        "assignment_status": Subquery(mine.values("status")[:1]),
        "act_by": Subquery(running.values("act_by")[:1]),
        "started_on": Subquery(running.values("start_on")[:1]),
        "feedback_by": Subquery(_running(model, "FEEDBACK").values("act_by")[:1]),
    }


@kept_by_database
def _of_printed_row(_vendor: str, model: Any, is_organ: bool, organ_id: int | None) -> dict[str, Any]:
    """The same for the page of a list, which is nobody's sub-query; the deputy's word only where it is waited for."""
    columns: dict[str, Any] = dict(_of_row(model, is_organ, organ_id))
    for name in ("verdict_value", "feedback_by"):
        columns[name] = Case(When(status="REPLIED", then=columns[name]))
    if not is_organ:
        # an organ reads of its own part; everybody else how the host stands, while it is in hand
        columns["part"] = Value("")
        columns["assignment_status"] = Case(When(status="HANDLING", then=columns["assignment_status"]))
    return frozen(model, columns)


def _running(model: Any, kind: str) -> Any:
    return rows_of(model, "clocks").running().filter(suggestion=OuterRef("pk"), kind=kind)


def _running_reply(model: Any) -> Any:
    return _running(model, "REPLY")


def _forms_to_confirm(model: Any) -> Any:
    """Evaluations of a row's present round that an organ handed in and nobody has confirmed."""
    reply = rows_of(model, "assignments").model._meta.get_field("reply").related_model
    evaluations = reply._meta.get_field("evaluations").related_model.objects.to_confirm()
    here = {"reply__assignment__suggestion": OuterRef("pk"), "reply__assignment__round": OuterRef("round")}
    return evaluations.filter(**here)


def _reply_clock(model: Any, **condition: Any) -> Exists:
    return Exists(_running_reply(model).filter(**condition))


def _assigned(model: Any, organ_id: int | None) -> Exists:
    assignments = rows_of(model, "assignments")
    return Exists(_held_there(assignments).filter(organ__in=_same_organ(assignments, organ_id)))


def _same_organ(assignments: Any, organ_id: int | None) -> Any:
    """The organ and those that have gone over into it: few, so the database looks them up once for all rows."""
    organs = assignments.model._meta.get_field("organ").related_model.objects
    return (
        organs.filter(Q(pk=organ_id) | Q(successor=organ_id)).values("pk") if organ_id else organs.none().values("pk")
    )


def _of_organ(model: Any, actor: Actor) -> Any:
    return _assigned(model, actor.organ_id)


def _of_government_office(model: Any, actor: Actor) -> Any:
    given = rows_of(model, "hand_overs").filter(acting_for(actor.organ_id, "to"), suggestion=OuterRef("pk"))
    return Exists(given) | _assigned(model, actor.organ_id)


def _of_deputy(model: Any, actor: Actor) -> Any:
    mandates = rows_of(model, "lead").filter(person=actor.person_id)
    asked = Q(status="SIGNING") & Exists(_signatures(model, mandates, "INVITED"))
    return _led_or_raised(mandates) | Exists(_signatures(model, mandates, "ACCEPTED")) | asked


def _of_station(model: Any, actor: Actor) -> Any:
    """Of a draft only the lead's and the raiser's station; who is asked elsewhere is asked on a page of its own."""
    mandates = own_deputies(rows_of(model, "lead"), actor)
    return _led_or_raised(mandates) | ~Q(status__in=PRIVATE) & Exists(_signatures(model, mandates, "ACCEPTED"))


def _led_or_raised(mandates: Any) -> Q:
    return Q(lead__in=mandates) | Q(raised_by__in=mandates) | Q(continued_by__in=mandates)


def _signatures(model: Any, mandates: Any, status: str) -> Any:
    return rows_of(model, "cosignatures").filter(suggestion=OuterRef("pk"), status=status, mandate__in=mandates)


def own_deputies(mandates: Any, actor: Actor) -> Any:
    """The mandates at the stations that the actor helps to run today."""
    staff = mandates.model._meta.get_field("station").related_model._meta.get_field("staff").related_model
    duties = staff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return mandates.filter(station__in=duties.values("station"))


_SCOPES: dict[str, Callable[[Any, Actor], Any]] = {
    Role.ORGAN_HANDLER: _of_organ,
    Role.ORGAN_HEAD: _of_organ,
    Role.GOVERNMENT_OFFICE: _of_government_office,
    Role.DEPUTY: _of_deputy,
    Role.STATION: _of_station,
}
