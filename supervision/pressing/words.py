"""What is said on the telephone, what is sent to a group, and what a head or a leader is told, in the county's words.

All of it is proposed: whoever calls or releases puts it into words of their own.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Organ
from deliberations.models import Promise
from stations.models import Mandate, Station
from suggestions.models import Commitment
from supervision.models import Proposal
from supervision.pressing.late import Late, What
from workflow.text import MOST_IN_WECHAT, said_day, written_day

#: As many things are said one by one; nobody listens to more.
MOST_SAID = 4
#: As many are named in one message.
MOST_NAMED = 3
#: As much of what was promised is said.
MOST_TEXT = 40

_LATE = {
    What.REPLY: gettext_lazy("%(name)s was due on %(day)s, and the reply has not come yet."),
    What.RECEIPT: gettext_lazy("%(name)s is not signed for yet; the last day was %(day)s."),
    What.OPINION: gettext_lazy("The co-host's opinion on %(name)s was due on %(day)s, and the host waits for it."),
    What.PROMISE: gettext_lazy(
        "What was promised on the spot – “%(text)s” – was due on %(day)s; nothing is reported yet."
    ),
    What.COMMITMENT: gettext_lazy(
        "The reply to %(name)s commits you to “%(text)s” by %(day)s; nothing is reported as done yet."
    ),
    What.CARD: gettext_lazy(
        "The supervision card of %(name)s asked for completion by %(day)s; nothing is reported yet."
    ),
    What.FEEDBACK: gettext_lazy("The answer to your %(name)s has come: are you satisfied with it, or not?"),
    What.NOTICE: gettext_lazy("The notice %(name)s is not confirmed yet."),
}
_NEAR = {
    What.REPLY: gettext_lazy("%(name)s is due on %(day)s; please bring the deputy the reply in time."),
    What.RECEIPT: gettext_lazy("%(name)s is not signed for yet; please sign by %(day)s."),
    What.OPINION: gettext_lazy("The co-host's opinion on %(name)s is due on %(day)s; please send it to the host."),
    What.PROMISE: gettext_lazy(
        "What was promised on the spot – “%(text)s” – is due on %(day)s; please report when it is done."
    ),
    What.COMMITMENT: gettext_lazy(
        "The reply to %(name)s commits you to “%(text)s” by %(day)s; please report when it is done."
    ),
    What.CARD: gettext_lazy("The supervision card of %(name)s asks for completion by %(day)s; please report in time."),
}


def script(party: Any, lates: Sequence[Late], today: date) -> list[str]:
    """What to say, sentence by sentence: who is calling, what is owed, and the question."""
    said = [_sentence(late, today) for late in lates[:MOST_SAID]]
    rest = len(lates) - len(said)
    more = [ngettext("And %(count)s more.", "And %(count)s more.", rest) % {"count": rest}] if rest else []
    hello = _("Good day, this is the deputy affairs commission of the county people's congress.")
    return [hello, *said, *more, *_question(party, lates)]


def message(party: Any, lates: Sequence[Late], today: date) -> str:
    """The same for WeChat: whom it is for, what is owed by when, what to do."""
    for most in range(min(MOST_NAMED, len(lates)), 0, -1):
        said = _message_of(party) % {"who": party, "named": _several(lates, most)}
        # better fewer matters than a request that is cut off
        if len(said) <= MOST_IN_WECHAT:
            break
    return said


def target(lates: Sequence[Late]) -> str:
    """The page that the message leads to: the matter itself, or the workbench where there are several."""
    pages = {late.url for late in lates}
    return pages.pop() if len(pages) == 1 else "/"


def pressing(proposal: Proposal, late: Late, today: date) -> str:
    """The words by which a head is pressed, or a leader told, proposed to whoever releases them."""
    told = {
        "organ": late.party,
        "name": late.name,
        "title": late.title,
        "text": Truncator(late.title).chars(100),
        "day": written_day(late.act_by),
        "count": -late.days(today),
    }
    sentences = _TO_HEAD if proposal.kind == Proposal.Kind.PRESS_HEAD else _TO_LEADER
    return str(sentences[late.what]) % told


_TO_HEAD = {
    What.REPLY: gettext_lazy(
        "%(name)s “%(title)s”, which you host, was to be answered by %(day)s; no reply has come so far. Please answer "
        "the deputy within 5 working days of receiving this, and report to us how it stands."
    ),
    What.PROMISE: gettext_lazy(
        "You promised on the spot: “%(text)s”, by %(day)s; nothing is reported as done so far. Please do it within 5 "
        "working days of receiving this, and report to us how it stands."
    ),
    What.COMMITMENT: gettext_lazy(
        "Your reply to %(name)s commits you to “%(text)s”, by %(day)s; nothing is reported as done so far. Please do "
        "it within 5 working days of receiving this, and report to us how it stands."
    ),
}
_TO_LEADER = {
    What.REPLY: gettext_lazy(
        "%(name)s “%(title)s”, hosted by %(organ)s, was to be answered by %(day)s; it is %(count)s days late and the "
        "deputy has no reply. Please see to it."
    ),
    What.PROMISE: gettext_lazy(
        "%(organ)s promised on the spot: “%(text)s”, by %(day)s; it is %(count)s days late. Please see to it."
    ),
    What.COMMITMENT: gettext_lazy(
        "In its reply to %(name)s %(organ)s commits itself to “%(text)s”, by %(day)s; it is %(count)s days late. "
        "Please see to it."
    ),
}


def _sentence(late: Late, today: date) -> str:
    form = _LATE[late.what] if late.what not in _NEAR or late.days(today) < 0 else _NEAR[late.what]
    text = Truncator(late.title).chars(MOST_TEXT)
    return str(form) % {"name": late.name, "text": text, "day": said_day(late.act_by)}


def _question(party: Any, lates: Sequence[Late]) -> list[str]:
    if isinstance(party, Mandate):
        return []
    if isinstance(party, Station):
        return [_("Please open it and confirm that it has arrived.")]
    if lates[0].what == What.REPLY:
        return [_("How far is it, and on which day will the deputy have it?")]
    return [_("How far is it, and on which day will it be done?")]


def _several(lates: Sequence[Late], most: int) -> str:
    named = "、".join(_named(late) for late in lates[:most])
    if len(lates) == most:
        return named
    return _("%(named)s and others, %(count)s in all") % {"named": named, "count": len(lates)}


def _message_of(party: Any) -> str:
    if isinstance(party, Organ):
        return _("[People's congress] %(who)s: %(named)s. Please see to it, and tell us by which day.")
    if isinstance(party, Mandate):
        return _(
            "[People's congress] Deputy %(who)s: the answer to %(named)s has come. Please say what you think of it."
        )
    return _("[People's congress, notice] %(who)s: %(named)s. Please open it and confirm that it has arrived.")


def _named(late: Late) -> str:
    if late.what in (What.FEEDBACK, What.NOTICE):
        return late.name
    name = f"“{Truncator(late.title).chars(12)}”" if isinstance(late.matter, Promise | Commitment) else late.name
    return _("%(name)s (%(what)s, %(day)s)") % {
        "name": name,
        "what": late.what.label,
        "day": said_day(late.act_by),
    }


def labelled(late: Late) -> str:
    """One thing that is owed, in a line: the matter, what of it, by when."""
    return _("%(words)s · %(what)s, %(day)s") % {
        "words": Truncator(late.line).chars(MOST_TEXT),
        "what": late.what.label,
        "day": late.act_by.isoformat(),
    }
