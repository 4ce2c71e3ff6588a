"""A suggestion before it is registered: collected or written, confirmed, signed along, handed in, examined."""

from typing import Any, Self

from accounts.models import How
from files.uploads import store_upload
from stations.models import Mandate
from suggestions.models import CoSignature, Suggestion
from suggestions.transitions import cosigning, drafting, screening
from supervision.demo import letters
from supervision.demo.cast import DEPUTY, DEPUTY2, HOME
from supervision.demo.story import Story

#: Deputies with an account of their own, by certificate.
OWN = {DEPUTY: "deputy", DEPUTY2: "deputy2"}


class Draft(Story):
    """A running case told from its first word."""

    def take(self, collected: Suggestion) -> Self:
        """Go on with what was collected."""
        self.pk = collected.pk
        return self

    def write(self, ago: int, who: str, lead: Mandate, *, handwriting: str = "") -> Self:
        """Written down by the deputy, or by liaison or staff from the deputy's handwriting; or only the sheet sent."""
        words: dict[str, Any] = {"title": self.words.title, "facts": self.words.facts, "demand": self.words.demand}
        written = handwriting or ("" if self.cast[who].is_deputy else self.words.facts)
        with self.at(ago):
            if written:
                sheet = letters.scan("代表手写稿", "", written, f"代表：{lead.person.name}")
                words["sheet"] = store_upload(sheet, user=self.cast[who].user)
            self.pk = drafting.draft(actor=self.cast[who], lead=lead, **words).pk
        return self

    def complete(self, ago: int) -> Self:
        """What was said at the meeting becomes a suggestion with facts and demand."""
        words = {"title": self.words.title, "facts": self.words.facts, "demand": self.words.demand}
        self.act(ago, drafting.edit_draft, self._writer, publicity=Suggestion.Publicity.FULL, **words)
        return self

    def confirm(self, ago: int) -> Self:
        """The lead says that it is what was meant, in person or by telephone."""
        if self.case.confirmed_at is None:
            self.act(ago, drafting.confirm_draft, self._speaker, how=self._how)
        return self

    def hand_in(self, ago: int) -> Self:
        """The lead hands it in, or whoever does it for the lead."""
        self.act(ago, drafting.hand_in, self._speaker, how=self._how)
        return self

    def invite(self, ago: int, *deputies: Mandate) -> Self:
        """The lead asks others to sign along."""
        self.act(ago, cosigning.invite, self._speaker, deputies=deputies)
        return self

    def sign_along(self, ago: int, deputy: Mandate) -> Self:
        """A deputy signs, or has the station record it."""
        self._answer(ago, cosigning.co_sign, deputy)
        return self

    def decline(self, ago: int, deputy: Mandate) -> Self:
        """A deputy does not sign."""
        self._answer(ago, cosigning.decline, deputy)
        return self

    def discard(self, ago: int) -> Self:
        """The lead gives it up."""
        self.act(ago, drafting.discard, self._speaker)
        return self

    def send_back(self, ago: int, reason: str) -> Self:
        """Staff return it to be completed."""
        self.act(ago, screening.return_for_completion, "staff", reason=reason)
        return self

    def refuse(self, ago: int, refusal: str, reason: str) -> Self:
        """Staff do not accept it as a suggestion."""
        self.act(ago, screening.refuse, "staff", refusal=refusal, reason=reason)
        return self

    def refer(self, ago: int, to: str, reason: str) -> Self:
        """Staff send it where it belongs."""
        self.act(ago, screening.refer, "staff", to=to, reason=reason)
        return self

    @property
    def _writer(self) -> str:
        """Who types for the lead: the liaison of the demo's home, elsewhere staff."""
        case = self.case
        if case.submitted_by == Suggestion.SubmittedBy.COMMITTEE:
            return "staff"
        return "station" if case.lead.station and case.lead.station.code == HOME else "staff"

    @property
    def _speaker(self) -> str:
        """The lead where there is an account, else whoever types for them."""
        case = self.case
        if case.submitted_by == Suggestion.SubmittedBy.COMMITTEE:
            return "staff"
        return OWN.get(case.lead.certificate_no, self._writer)

    @property
    def _how(self) -> str:
        return "" if self.cast[self._speaker].is_deputy else How.TELEPHONE

    def _answer(self, ago: int, verb: Any, deputy: Mandate) -> None:
        signature = CoSignature.objects.select_related("suggestion", "mandate").get(suggestion=self.pk, mandate=deputy)
        who = OWN.get(deputy.certificate_no, "station")
        with self.at(ago):
            verb(signature, actor=self.cast[who], how="" if who != "station" else How.PAPER)
