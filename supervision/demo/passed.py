"""One running case that is passed round, merged, judged by telephone or continued by another: more acts of a story."""

from collections.abc import Sequence
from typing import Any, Self

from accounts.models import Organ
from files.uploads import store_upload
from stations.models import Mandate
from stations.transitions import standing
from suggestions.models import Delivery, Evaluation, Objection, Rating, ResultClass
from suggestions.transitions import (
    collected_forms,
    commitments,
    continuing,
    deciding,
    evaluate,
    merging,
    objecting,
    replying,
)
from suggestions.transitions.lines import Line
from supervision.demo import letters
from supervision.demo.drafts import Draft
from supervision.demo.story import Story
from workflow import clock

Reason = Objection.Reason


class PassedRound(Draft):
    """A story with the acts that only few need."""

    def object_to(self, ago: int, basis: str, proposed: str = "", reason: str = Reason.NOT_OURS) -> Self:
        """The present host says that it is not its matter."""
        organ = Organ.objects.get(name=proposed) if proposed else None
        return self._part(ago, objecting.raise_objection, reason=reason, basis=basis, proposed=organ)

    def agree(self, ago: int) -> Self:
        """The government office, which allotted it, agrees."""
        return self._decide(ago, objecting.agree_objection, "govoffice")

    def pass_on(self, ago: int, host: str, decision: str, *co_hosts: str, leader: str = "") -> Self:
        """Staff decide who handles it from now on, by the word of a county leader when one settled it."""
        given: dict[str, Any] = {"host": self._organ(host), "co_hosts": [self._organ(name) for name in co_hosts]}
        self._decide(ago, deciding.grant_objection, "staff", decision=decision, decided_by=leader, **given)
        self.host, self.co_host = self.cast[host], self.cast[co_hosts[0]] if co_hosts else None
        return self

    def keep(self, ago: int, decision: str) -> Self:
        """Staff refuse: all stays as it was."""
        return self._decide(ago, deciding.refuse_objection, "staff", decision=decision)

    def merge(self, ago: int, others: Sequence[Story], reason: str) -> Self:
        """This one leads, the others are handled with it."""
        with self.at(ago, *(other.case for other in others)):
            members = [other.case for other in others]
            merging.merge(
                self.case, actor=self.cast["staff"], version=self.case.version, members=members, reason=reason
            )
        return self

    def draft_with(self, ago: int, text: str, kept_in: int, person: str) -> Self:
        """The host writes a reply of class B, with what it will do by a day so many days after that."""
        result, line = ResultClass.objects.get(code="B"), Line(text, self.moments.day(ago - kept_in), person)
        about: dict[str, Any] = {"result_class": result, "body": self.words.reply, "commitments": [line]}
        return self._part(ago, replying.draft_reply, **about)

    def note_broken(self, ago: int, how_it_stands: str) -> Self:
        """Staff write down after the day that it was not kept."""
        commitment = self._reply.commitments.select_related("organ", "reply__assignment__suggestion").get()
        with self.at(ago):
            version = self.case.version
            commitments.note_broken(commitment, actor=self.cast["staff"], version=version, reason=how_it_stands)
        return self

    def hand_in_form(self, ago: int, result: str) -> Self:
        """The host brings the form that it collected itself."""
        lead = self.case.lead
        with self.at(ago):
            form = letters.scan("征询意见表", self.case.number, "对办理结果：满意", f"代表：{lead.person.name}")
            stored = store_upload(form, user=self.host.user)
            told: dict[str, Any] = {"scan": stored, "attitude": result, "result": result, "on": clock.today()}
            self._do(collected_forms.hand_in_form, self._reply, mandate=lead, **told)
        return self

    def evaluate_by_telephone(self, ago: int, result: str, text: str = "") -> Self:
        """Staff call the deputy, or who continues for them."""
        case, source = self.case, Evaluation.Source.CALL_BACK
        who = case.continued_by or case.lead
        with self.at(ago):
            told: dict[str, Any] = {"attitude": Rating.SATISFIED, "result": result, "text": text, "source": source}
            number = who.person.phone
            evaluate(
                self._reply, actor=self.cast["staff"], version=case.version, mandate=who, on=clock.today(),
                number_called=number, **told,
            )  # fmt: skip
        return self

    def continued(self, ago: int, after: Mandate, why: str) -> Self:
        """The lead died; the co-signer continues, gets the answer and judges it."""
        lead = self.case.lead
        station, staff, died = lead.station, self.cast["staff"], Mandate.EndReason.DIED
        with self.at(ago, *([station] if station else [])):
            version = station.version if station else 0
            standing.end(lead, actor=staff, version=version, on=clock.today(), end_reason=died, reason=why)
        self.act(ago - 4, continuing.continue_with, "staff", mandate=after, reason=died)
        with self.at(ago - 6):
            about = {"way": Delivery.Way.HAND, "on": clock.today(), "receiver": after.person.name}
            self._do(replying.deliver, self._reply, mandate=after, **about)
        return self

    def evaluate_as(self, ago: int, who: str, mandate: Mandate, result: str, text: str) -> Self:
        """Who continues judges with the own account."""
        with self.at(ago):
            told: dict[str, Any] = {"attitude": result, "result": result, "text": text, "source": "OWN"}
            reply, version = self._reply, self.case.version
            evaluate(reply, actor=self.cast[who], version=version, mandate=mandate, on=clock.today(), **told)
        return self

    def _decide(self, ago: int, verb: Any, who: str, **about: Any) -> Self:
        rows = Objection.objects.select_related("assignment__organ", "assignment__suggestion", "assignment__hand_over")
        with self.at(ago):
            objection = rows.filter(assignment__suggestion=self.pk).latest("pk")
            verb(objection, actor=self.cast[who], version=self.case.version, **about)
        return self

    def _organ(self, who: str) -> Organ:
        return self.cast[who].post.organ  # type: ignore[union-attr,return-value]
