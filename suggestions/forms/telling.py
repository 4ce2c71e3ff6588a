"""What a voter is told, proposed from where the suggestion stands."""

from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from deliberations.forms.visits import TellForm
from deliberations.models import Opinion
from suggestions.models import Reply, Suggestion
from suggestions.voices import ENDED
from workflow import clock

S = Suggestion.Status
#: As much of a reply as is said to somebody at the door, and in a message that names the matter and the deputy too.
MOST = 120
MOST_IN_MESSAGE = 45


class TellResultForm(TellForm):
    """As on the page of the visit, with the words proposed; whoever tells puts them into words of their own."""

    def prepare(self) -> None:
        """Propose the words, and the last word where nothing more will come of it."""
        opinion = self.subject
        ended = opinion.suggestion.status in ENDED
        self.propose(on=clock.today(), final="yes" if ended else "no", text=proposed(opinion.suggestion, opinion))


def proposed(suggestion: Suggestion, opinion: Opinion, most: int = MOST) -> str:
    """The sentence for the voter, without the voter's name, signed by the deputy who went.

    ``most`` is as much of a reply as is told.
    """
    said = _said(suggestion, most)
    if not said:
        return ""
    visitor = opinion.visit.visitors.select_related("mandate__person").first()
    name = visitor.mandate.person.name if visitor else suggestion.lead.person.name
    return _("What you told us about – “%(title)s”: %(said)s — Deputy %(name)s") % {
        "title": suggestion.title,
        "said": said,
        "name": name,
    }


def _said(suggestion: Suggestion, most: int) -> str:
    """What came of it; empty while nothing has."""
    if suggestion.status == S.REFUSED:
        told: dict[str, Any] = {"reason": suggestion.get_refusal_display()}
        return _("it could not be taken as a suggestion (%(reason)s).") % told
    if suggestion.status == S.REFERRED:
        return _("it was passed on to: %(where)s.") % {"where": suggestion.referred_to}
    if suggestion.status == S.WITHDRAWN:
        return _("the deputy has withdrawn the suggestion.")
    reply = _last_reply(suggestion)
    if reply is None or reply.letter_on is None:
        return ""
    words = reply.body.strip() or (reply.result_class.label if reply.result_class else "")
    return _("%(organ)s answered on %(day)s: %(words)s") % {
        "organ": reply.assignment.organ.name,
        "day": date_format(reply.letter_on, "DATE_FORMAT"),
        "words": Truncator(" ".join(words.split())).chars(most),
    }


def _last_reply(suggestion: Suggestion) -> Reply | None:
    released = Reply.objects.filter(assignment__suggestion=suggestion, status=Reply.Status.RELEASED)
    return released.select_related("assignment__organ", "result_class").order_by("assignment__round").last()
