"""One suggestion on its way: each act is the verb itself, done at a moment so many days ago."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Self

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import SubjectField
from files.uploads import store_upload
from stations.models import Mandate
from suggestions import transitions
from suggestions.models import (
    Assignment,
    ContactRecord,
    Delivery,
    Evaluation,
    Rating,
    Reply,
    ResultClass,
    Suggestion,
)
from suggestions.transitions.lines import Line
from supervision.demo import letters
from supervision.demo.cast import OFFICE
from supervision.demo.moments import Moments
from supervision.demo.words import Words
from workflow import clock
from workflow.periods import months_after

Cast = Mapping[str, Actor]


def handed_over_when_due_in(days: int) -> int:
    """How long ago a suggestion was handed over whose three months end in so many days."""
    today = clock.today()
    return (today - months_after(today + timedelta(days=days), -3)).days


class Story:
    """A running case, told act by act. ``ago`` is days before today, moved back to a working day."""

    def __init__(self, words: Words, cast: Cast, moments: Moments, *, host: str = "unit") -> None:
        self.words, self.cast, self.moments = words, cast, moments
        self.host = cast[host]
        self.co_host: Actor | None = None
        self.pk = 0

    @property
    def case(self) -> Suggestion:
        """The case as it stands now."""
        return Suggestion.objects.select_related("lead__person").get(pk=self.pk)

    def submit(self, ago: int, lead: Mandate, *co_signers: Mandate, origin: str = "DELIBERATION") -> Self:
        """Staff enter the paper."""
        words: dict[str, Any] = {"title": self.words.title, "facts": self.words.facts, "demand": self.words.demand}
        with self.at(ago):
            signed: dict[str, Any] = {"lead": lead, "co_signers": co_signers, "origin": origin}
            self.pk = transitions.submit(actor=self.cast["staff"], **signed, **words).pk
        return self

    def register(self, ago: int, serial: int) -> Self:
        """Staff give the number and the field."""
        field = SubjectField.objects.get(code=self.words.field)
        term = Suggestion.ReplyTerm.NORMAL
        return self.act(ago, transitions.register, "staff", field=field, reply_term=term, serial=serial)

    def hand_over(self, ago: int, to: str = OFFICE) -> Self:
        """Staff hand over; the statutory time runs from this day."""
        with self.at(ago):
            organ = Organ.objects.get(name=to)
            transitions.hand_over(
                self.case, actor=self.cast["staff"], version=self.case.version, to=organ, on=clock.today()
            )
        return self

    def allot(self, ago: int, co_host: str = "") -> Self:
        """The government office chooses the host of the story, with a co-host."""
        self.co_host = self.cast[co_host] if co_host else None
        co_hosts: list[Any] = [self.co_host.post.organ] if self.co_host else []  # type: ignore[union-attr]
        host = self.host.post.organ  # type: ignore[union-attr]
        return self.act(ago, transitions.allot, "govoffice", host=host, co_hosts=co_hosts)

    def sign_receipt(self, ago: int) -> Self:
        """Host and co-host sign, each naming who handles it."""
        for signer in filter(None, (self.host, self.co_host)):
            part = self._held.get(organ=signer.organ_id)
            officers = {row.duty: row for row in part.organ.officers.select_related("person")}
            leader, liaison = officers["DIVISION_LEADER"].person.name, officers["LIAISON"].person.name
            names = {"received_by": liaison, "leader": leader, "handler": liaison, "phone": part.organ.phone}
            with self.at(ago):
                transitions.sign_receipt(part, actor=signer, version=self.case.version, **names)
        return self

    def contact(self, ago: int, points: str, opinion: str = "", away: str = "") -> Self:
        """The host talks with the deputy; by telephone when the deputy is ``away``."""
        manner = ContactRecord.Manner.PHONE if away else ContactRecord.Manner.TALK
        person = self.host.user.person.name  # type: ignore[union-attr]
        told = {"people": f"{person}（{self.organ}承办人）", "points": points, "deputy_opinion": opinion}
        with self.at(ago):
            self._do(
                transitions.record_contact, self.assignment, stage=ContactRecord.Stage.DURING, on=clock.today(),
                manner=manner, no_personal_reason=away, **told,
            )  # fmt: skip
        return self

    def opinion(self, ago: int, text: str) -> Self:
        """The co-host's opinion comes."""
        part = self.case.assignments.get(round=self.case.round, part=Assignment.Part.CO_HOST)
        signed = part.organ.officers.select_related("person").get(duty="HEAD").person.name
        with self.at(ago):
            transitions.give_opinion(
                part, actor=self._co_host, version=self.case.version, text=text, on=clock.today(), signed_by=signed
            )
        return self

    def draft(self, ago: int, result: str = "A", body: str = "", line: Line | None = None) -> Self:
        """The host writes its reply, of class B with what it commits itself to."""
        about: dict[str, Any] = {"result_class": ResultClass.objects.get(code=result), "body": body or self.words.reply}
        return self._part(ago, transitions.draft_reply, commitments=[line] if line else (), **about)

    def put_up(self, ago: int) -> Self:
        """The draft lies on the head's desk."""
        with self.at(ago):
            self._do(transitions.submit_reply, self._reply)
        return self

    def sign_reply(self, ago: int, doc_no: str) -> Self:
        """The sealed letter is recorded and released."""
        signed = self.organ.officers.select_related("person").get(duty="HEAD").person.name
        with self.at(ago):
            seal = (f"签发人：{signed}", f"{self.organ}（印章）")
            letter = letters.scan(self.organ.name, doc_no, self._reply.body, *seal)
            stored = store_upload(letter, user=self.host.user)
            about = {"doc_no": doc_no, "letter_on": clock.today(), "signed_by": signed, "scan": stored}
            self._do(transitions.sign_reply, self._reply, **about)
        return self

    def deliver(self, ago: int) -> Self:
        """The host brings the letter to the lead deputy."""
        lead = self.case.lead
        with self.at(ago):
            about = {"way": Delivery.Way.HAND, "on": clock.today(), "receiver": lead.person.name}
            self._do(transitions.deliver, self._reply, mandate=lead, **about)
        return self

    def evaluate(self, ago: int, by: str, result: str, text: str = "", remark: str = "") -> Self:
        """The lead deputy judges."""
        attitude = Rating.BASICALLY if result == Rating.DISSATISFIED else Rating.SATISFIED
        source = Evaluation.Source.OWN
        words: dict[str, Any] = {
            "attitude": attitude,
            "result": result,
            "text": text,
            "private_remark": remark,
            "source": source,
        }
        with self.at(ago):
            transitions.evaluate(
                self._reply, actor=self.cast[by], version=self.case.version, mandate=self.case.lead,
                on=clock.today(), **words,
            )  # fmt: skip
        return self

    def release(self, ago: int) -> Self:
        """Staff let the verdict take effect."""
        return self.act(ago, transitions.release_verdict, "staff")

    def withdraw(self, ago: int, why: str) -> Self:
        """Staff enter the lead deputy's letter."""
        with self.at(ago):
            letter = letters.scan("撤回建议的函", self.case.number, why, f"代表：{self.case.lead}")
            stored = store_upload(letter, user=self.cast["staff"].user)
            version, today = self.case.version, clock.today()
            transitions.withdraw(self.case, actor=self.cast["staff"], version=version, on=today, letter=stored)
        return self

    @property
    def organ(self) -> Organ:
        """The host's organ."""
        return self.host.post.organ  # type: ignore[union-attr,return-value]

    @property
    def _co_host(self) -> Actor:
        assert self.co_host is not None
        return self.co_host

    @property
    def assignment(self) -> Assignment:
        """The host's part of the present round."""
        return self._held.get(round=self.case.round, organ=self.organ)

    @property
    def _held(self) -> Any:
        """What organs have of it; what was taken from one is gone."""
        rows = Assignment.objects.select_related("organ", "suggestion").filter(suggestion=self.pk)
        return rows.exclude(status=Assignment.Status.ENDED)

    @property
    def _reply(self) -> Reply:
        rows = Reply.objects.select_related("assignment__organ", "assignment__suggestion__lead")
        return rows.get(assignment=self.assignment)

    def act(self, ago: int, verb: Any, who: str, **about: Any) -> Self:
        """Any verb on the case itself."""
        with self.at(ago):
            verb(self.case, actor=self.cast[who], version=self.case.version, **about)
        return self

    def _part(self, ago: int, verb: Any, **about: Any) -> Self:
        with self.at(ago):
            self._do(verb, self.assignment, **about)
        return self

    def _do(self, verb: Any, subject: Any, **about: Any) -> None:
        verb(subject, actor=self.host, version=self.case.version, **about)

    def at(self, ago: int, *others: Any) -> AbstractContextManager[None]:
        """So many days ago, after the act before."""
        known = [self.case] if self.pk else []
        return self.moments.at(ago, *known, *others)
