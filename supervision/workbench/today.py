"""The chairpersons' day on one page, words before numbers: to decide, late, one's own, this week (screen 1)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from accounts.models import Role
from deliberations.models import Meeting, Promise
from suggestions.models import Rating, Suggestion
from suggestions.pending import with_extension_to_decide
from suggestions.views.case import light_of
from supervision.models import Card, Proposal
from workflow import clock

CHAIRS = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON})
#: So many of each source are looked at; a section says how many more there are.
MOST = 100


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
    suggestions = reverse("suggestions:list")
    sections = [
        _section(_("To decide"), _to_decide(actor), 4, reverse("suggestions:agenda")),
        _section(_("Late, or dissatisfied again"), _late(actor, 4), 4, f"{suggestions}?light=overdue"),
        _section(_("You supervise"), _mine(actor), 2, reverse("supervision:cards")),
        _section(_("This week"), _week(actor), 2, reverse("deliberations:meetings")),
    ]
    return [section for section in sections if section.lines]


def _section(heading: str, lines: list[Line], most: int, url: str) -> Section:
    return Section(heading, lines[:most], max(len(lines) - most, 0), url)


def _to_decide(actor: Actor) -> list[Line]:
    cards = Card.objects.visible_to(actor).filter(leader=actor.person_id).select_related("suggestion")
    lines = [
        Line(
            _name(card.suggestion),
            _("the supervision card is to be signed"),
            reverse("supervision:card", args=[card.pk]),
        )
        for card in cards.filter(status=Card.Status.DRAFT)[:MOST]
    ]
    lines += [
        Line(
            _name(card.suggestion),
            _("completion was reported, the conclusion is yours"),
            reverse("supervision:card", args=[card.pk]),
        )
        for card in cards.filter(status=Card.Status.FEEDBACK_GIVEN)[:MOST]
    ]
    visible = Suggestion.objects.visible_to(actor)
    asked = with_extension_to_decide(visible, actor).for_list(actor)[:MOST]
    lines += [_line(row, _("%(organ)s asks for a later date") % {"organ": row.host_name}) for row in asked]
    agenda = visible.on_agenda().order_by("agenda_since", "pk")[:MOST]
    lines += [_line(row, _("is on the agenda of the council of chairpersons")) for row in agenda]
    return lines + _to_release(actor)


def _to_release(actor: Actor) -> list[Line]:
    """All of it in one line: what is proposed waits for the committee as a whole, and staff may release it as well."""
    steps = Proposal.objects.visible_to(actor).open().count()
    if not steps:
        return []
    many = ngettext("%(count)s step to be released", "%(count)s steps to be released", steps) % {"count": steps}
    return [Line(_("Steps that press heads and leaders"), many, reverse("supervision:pressing"))]


def _late(actor: Actor, most: int) -> list[Line]:
    """Late replies, broken promises, twice dissatisfied; among the first ``most`` is one of each that there is."""
    visible, day = Suggestion.objects.visible_to(actor), clock.today()
    overdue = visible.overdue(day).for_list(actor).most_urgent()[:MOST]
    replies = [_reply_line(row) for row in overdue]
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
    twice = visible.filter(round__gte=2, verdicts__round__gte=2, verdicts__value=Rating.DISSATISFIED, agenda_on=None)
    twice = twice.exclude(status=Suggestion.Status.CLOSED).distinct()[:MOST]
    again = [_line(row, _("the deputy is dissatisfied for the second time")) for row in twice]
    others = promises[:1] + again[:1]
    first = replies[: max(most - len(others), 1)]
    return first + others + replies[len(first) :] + promises[1:] + again[1:]


def _overdue(day: Any) -> Q:
    return Q(status__in=[Promise.Status.MADE, Promise.Status.REPORTED_DONE], due_on__lt=day)


def _mine(actor: Actor) -> list[Line]:
    own = Suggestion.objects.visible_to(actor).filter(is_key=True, supervising_leader=actor.person_id)
    own = own.exclude(status__in=[Suggestion.Status.CLOSED, Suggestion.Status.WITHDRAWN])
    rows = own.for_list(actor).with_phones().order_by("received_on", "pk")[:MOST]
    return [_reply_line(row) for row in rows]


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
