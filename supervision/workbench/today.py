"""The chairpersons' day on one page, words before numbers: to decide, late, one's own, this week (screen 1)."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Meeting, Promise
from suggestions.models import Rating, Suggestion, Verdict
from suggestions.pending import with_extension_to_decide
from suggestions.views.case import light_of
from supervision.models import Card, Proposal
from workflow import clock

S = Suggestion.Status
CHAIRS = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON})
#: So many of each source are looked at; a section says how many more there are.
MOST = 100
#: What a card waits for, the most pressing first.
_TO_SIGN = {
    Card.Status.DRAFT: gettext_lazy("the supervision card is to be signed"),
    Card.Status.FEEDBACK_GIVEN: gettext_lazy("completion was reported, the conclusion is yours"),
}
_oldest = attrgetter("received_on", "pk")


@dataclass(frozen=True)
class Line:
    """One sentence that leads to its page, with whom to call about it."""

    name: str
    what: str
    url: str
    phone: str = ""
    light: Any = None


@dataclass(frozen=True)
class Section:
    """Lines under a heading; ``rest`` more are behind ``url``."""

    heading: str
    lines: list[Line]
    rest: int
    url: str

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.lines) + self.rest


def today(actor: Actor) -> list[Section]:
    """At most twelve lines, four to decide, four late, two of one's own, two of this week; nothing for other posts."""
    if actor.role not in CHAIRS:
        return []
    found, suggestions = _suggestions(actor), reverse("suggestions:list")
    sections = [
        _section(_("To decide"), _to_decide(actor, found), 4, reverse("suggestions:agenda")),
        _section(_("Late, or dissatisfied again"), _late(actor, found, 4), 4, f"{suggestions}?light=overdue"),
        _section(_("You supervise"), [_reply_line(row) for row in found["mine"]], 2, reverse("supervision:cards")),
        _section(_("This week"), _week(actor), 2, reverse("deliberations:meetings")),
    ]
    return [section for section in sections if section.lines]


def _section(heading: str, lines: list[Line], most: int, url: str) -> Section:
    return Section(heading, lines[:most], max(len(lines) - most, 0), url)


def _suggestions(actor: Actor) -> dict[str, list[Any]]:
    """The suggestions that the page speaks of, by what it says of them; one query for all."""
    visible, day = Suggestion.objects.visible_to(actor), clock.today()
    again = Verdict.objects.filter(round__gte=2, value=Rating.DISSATISFIED).values("suggestion")
    twice = visible.filter(round__gte=2, pk__in=again, agenda_on=None).exclude(status=S.CLOSED)
    mine = visible.filter(is_key=True, supervising_leader=actor.person_id).exclude(status__in=[S.CLOSED, S.WITHDRAWN])
    asked = {
        "later": with_extension_to_decide(visible, actor).order_by("-received_on", "-pk"),
        "agenda": visible.on_agenda().order_by("agenda_since", "pk"),
        "overdue": visible.overdue(day).for_list(actor).most_urgent(),
        "twice": twice.order_by("-received_on", "-pk"),
        "mine": mine.order_by("received_on", "pk"),
    }
    marks = {
        name: Case(When(pk__in=rows.values("pk")[:MOST], then=True), default=False) for name, rows in asked.items()
    }
    rows = visible.for_list(actor).with_phones().annotate(**marks)
    found = list(rows.filter(reduce(or_, (Q(**{name: True}) for name in asked))).order_by("-received_on", "-pk"))
    orders = {"agenda": attrgetter("agenda_on", "pk"), "overdue": attrgetter("act_by", "pk"), "mine": _oldest}
    chosen = {name: [row for row in found if getattr(row, name)] for name in asked}
    return {name: sorted(rows, key=orders[name]) if name in orders else rows for name, rows in chosen.items()}


def _to_decide(actor: Actor, found: dict[str, list[Any]]) -> list[Line]:
    """Cards to be signed, reports to be concluded, later dates asked for, what is on the agenda, steps to be released."""
    cards = Card.objects.visible_to(actor).filter(leader=actor.person_id, status__in=_TO_SIGN)
    lines = [
        Line(_name(card.suggestion), str(_TO_SIGN[card.status]), reverse("supervision:card", args=[card.pk]))
        for card in sorted(
            cards.select_related("suggestion")[:MOST], key=lambda card: list(_TO_SIGN).index(card.status)
        )
    ]
    lines += [_line(row, _("%(organ)s asks for a later date") % {"organ": row.host_name}) for row in found["later"]]
    lines += [_line(row, _("is on the agenda of the council of chairpersons")) for row in found["agenda"]]
    return lines + _to_release(actor)


def _to_release(actor: Actor) -> list[Line]:
    """All of it in one line: what is proposed waits for the committee as a whole, and staff may release it as well."""
    steps = Proposal.objects.visible_to(actor).open().count()
    if not steps:
        return []
    many = ngettext("%(count)s step to be released", "%(count)s steps to be released", steps) % {"count": steps}
    return [Line(_("Steps that press heads and leaders"), many, reverse("supervision:pressing"))]


def _late(actor: Actor, found: dict[str, list[Any]], most: int) -> list[Line]:
    """Late replies, broken promises, twice dissatisfied; among the first ``most`` is one of each that there is."""
    day = clock.today()
    replies = [_reply_line(row) for row in found["overdue"]]
    broken = Promise.objects.visible_to(actor).filter(Q(status=Promise.Status.NOT_KEPT) | _overdue(day))
    promises = [
        Line(
            promise.text[:30],
            _("%(organ)s promised it by %(day)s") % {"organ": promise.organ.name, "day": promise.due_on.isoformat()},
            reverse("deliberations:promise", args=[promise.pk]),
            promise.organ.phone,
        )
        for promise in broken.select_related("organ")[:MOST]
    ]
    again = [_line(row, _("the deputy is dissatisfied for the second time")) for row in found["twice"]]
    others = promises[:1] + again[:1]
    first = replies[: max(most - len(others), 1)]
    return first + others + replies[len(first) :] + promises[1:] + again[1:]


def _overdue(day: Any) -> Q:
    return Q(status__in=[Promise.Status.MADE, Promise.Status.REPORTED_DONE], due_on__lt=day)


def _week(actor: Actor) -> list[Line]:
    first = clock.today()
    days = (first, first + timedelta(7))
    live = [Meeting.Status.PLANNED, Meeting.Status.OPEN]
    rows = Meeting.objects.visible_to(actor).filter(held_on__range=days, status__in=live).select_related("station")
    return [
        Line(str(row), f"{row.held_on.isoformat()} {row.place}", _meeting_url(row))
        for row in rows.order_by("held_on")[:MOST]
    ]


def _meeting_url(meeting: Meeting) -> str:
    of_county = meeting.kind == Meeting.Kind.HAND_OVER
    return reverse("deliberations:hand_over_meeting" if of_county else "deliberations:meeting", args=[meeting.pk])


def _reply_line(row: Any) -> Line:
    who = " ".join(word for word in (row.host_name, row.host_handler) if word)
    return Line(_name(row), who, _url(row), row.host_phone or "", light_of(row.act_by, row.started_on))


def _line(row: Suggestion, what: str) -> Line:
    return Line(_name(row), what, _url(row))


def _name(row: Suggestion) -> str:
    return f"{row.number} {row.title}".strip()


def _url(row: Suggestion) -> str:
    return reverse("suggestions:detail", args=[row.pk])
