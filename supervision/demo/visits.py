"""Visits to voters: noted on a phone or written for the deputy, completed, confirmed, the voter told."""

from typing import Any
from uuid import uuid4

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import Opinion, SubjectField, Visit
from deliberations.transitions import noting, settling, visiting
from deliberations.transitions.visit_facts import OpinionFacts, VisitFacts, VoterFacts
from supervision.demo.cast import HOME, mandate
from supervision.demo.drafts import OWN
from supervision.demo.preparing import Preparation
from supervision.demo.sayings import VISITS, Said, Visited


class Walk:
    """One visit, told act by act."""

    def __init__(self, told: Visited, round_: Preparation) -> None:
        self.told, self.round, self.moments, self.cast = told, round_, round_.moments, round_.cast
        self.deputies = [mandate(number) for number in told.deputies]
        self.pk = 0

    @property
    def case(self) -> Visit:
        """The visit as it stands now."""
        return Visit.objects.select_related("station").get(pk=self.pk)

    @property
    def opinions(self) -> list[Opinion]:
        """What was said, in its order."""
        return list(Opinion.objects.select_related("visit").filter(visit=self.pk).order_by("pk"))

    def play(self) -> list[Opinion]:
        """All of it; the opinions in their order."""
        first, *others = self.told.said
        self._note(first) if self.told.noted_by else self._record(first)
        for said in others:
            self._add(said)
        if self.told.confirmed is not None:
            self._confirm(self.told.confirmed)
        return self.opinions

    def tell(self) -> None:
        """The voters are told, and the visit is settled; played once it is known what came of it."""
        for said, opinion in zip(self.told.said, self.opinions, strict=True):
            for ago, how, text, final in said.told:
                about: dict[str, Any] = {"how": how, "text": text, "final": final}
                self._act(ago, settling.tell_voter, opinion, self._keeper, on=self.moments.day(ago), **about)
        if self.told.closed is not None:
            self._act(self.told.closed, settling.close, self.case, self._keeper)

    @property
    def _keeper(self) -> Actor:
        return self.cast["station" if self.told.station == HOME else "staff"]

    def _note(self, said: Said) -> None:
        """The deputy notes it on the phone; the liaison completes it the day after."""
        with self.moments.at(self.told.ago):
            who: dict[str, Any] = {"actor": self.cast[self.told.noted_by], "mandate": self.deputies[0]}
            told: dict[str, Any] = {"words": said.words, "who": said.name, "tell_wish": said.tell_wish}
            self.pk = noting.log_visit(client_id=uuid4(), **who, **told).pk
        if self.told.completed is not None:
            facts: dict[str, Any] = {"visit": self._facts(), "topics": self._topics(), **self._said(said)}
            self._act(self.told.completed, visiting.complete_visit, self.case, self._keeper, **facts)

    def _record(self, said: Said) -> None:
        """Liaison or staff write down what the deputy brought on paper."""
        with self.moments.at(self.told.ago):
            facts: dict[str, Any] = {"deputies": self.deputies, "visit": self._facts(), "topics": self._topics()}
            self.pk = visiting.record_visit(
                actor=self._keeper, client_id=uuid4(), how=How.PAPER, words=said.words, **facts, **self._said(said)
            ).pk

    def _add(self, said: Said) -> None:
        ago = self.told.ago if self.told.completed is None else self.told.completed
        self._act(ago, visiting.add_opinion, self.case, self._keeper, words=said.words, **self._said(said))

    def _confirm(self, ago: int) -> None:
        own = OWN.get(self.told.deputies[0])
        actor, how = (self.cast[own], How.IN_SYSTEM) if own else (self._keeper, How.TELEPHONE)
        self._act(ago, visiting.confirm, self.case, actor, how=how)

    def _act(self, ago: int, verb: Any, subject: Any, actor: Actor, **about: Any) -> None:
        with self.moments.at(ago, self.case):
            verb(subject, actor=actor, version=self.case.version, **about)

    def _facts(self) -> VisitFacts:
        told = self.told
        return VisitFacts(self.moments.day(told.ago), told.place, kind=told.kind, companions=told.companions)

    def _topics(self) -> list[Any]:
        keys = dict.fromkeys(said.topic for said in self.told.said if said.topic)
        return [self.round.topics[key] for key in keys]

    def _said(self, said: Said) -> dict[str, Any]:
        opinion = OpinionFacts(
            said.route, said.wish, said.view, SubjectField.objects.get(code=said.field),
            self.round.topics[said.topic] if said.topic else None, said.answer, said.reason,
            said.confidential, said.tell_wish,
        )  # fmt: skip
        return {"opinion": opinion, "voter": VoterFacts(said.name, said.phone, said.village, said.category, said.sex)}


def visit(round_: Preparation) -> dict[str, Walk]:
    """All visits of the running round, by their keys; the voters are told later."""
    walks = {told.key: Walk(told, round_) for told in VISITS}
    for walk in walks.values():
        walk.play()
    return walks
