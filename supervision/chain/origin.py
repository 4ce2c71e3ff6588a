"""From the voter's words to the suggestion: visit, meeting, promise.

Whoever sees the suggestion reads what was said, never by whom (D30); a link leads on only where the page behind it
is theirs to see.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from deliberations.models import Meeting, MeetingOpinion, Promise, Telling, Visit
from suggestions.models import Source, Suggestion
from suggestions.voices import tells, voices_of
from supervision.chain.links import Link, Part, in_order, listed, page


def voices(case: Suggestion, actor: Actor) -> list[Any]:
    """The voters' opinions behind it with visit, visitors and tellings; ``sees_visit`` says whether it is theirs."""
    seen = Visit.objects.visible_to(actor).filter(pk=OuterRef("visit"))
    rows = voices_of(case).annotate(sees_visit=Exists(seen)).select_related("visit__station", "topic")
    tellings = Telling.objects.select_related("by__person")
    return list(_with(rows.order_by("visit__on", "pk"), tellings))


def _with(rows: Any, tellings: Any) -> Any:
    from_visit = "visit__visitors__mandate__person"
    return rows.prefetch_related(from_visit, Prefetch("tellings", queryset=tellings))


def sources(case: Suggestion, actor: Actor) -> list[Any]:
    """What it was collected from; ``sees_meeting`` and ``sees_promise`` say which page is the reader's."""
    meetings, promises = Meeting.objects.visible_to(actor), Promise.objects.visible_to(actor)
    here = Q(opinions__collected=OuterRef("pk")) | Q(opinions__promise__collected=OuterRef("pk"))
    of_meeting = [
        f"{row}__{part}"
        for row in ("meeting_opinion", "promise__meeting_opinion")
        for part in ("meeting__station", "speaker__person", "county_lead__person", "answering_organ")
    ]
    rows = case.sources.select_related("promise__organ", "opinion", *of_meeting)
    return list(
        rows.annotate(
            sees_meeting=Exists(meetings.filter(here)), sees_promise=Exists(promises.filter(collected=OuterRef("pk")))
        )
    )


def before(found: list[Any], heard: list[Any]) -> Part:
    """Visits, meetings and promises, in the order of their days."""
    links = [_visit(voice) for voice in heard if _reads(voice)]
    said = {row.pk: (row, source) for source in found if (row := _said(source)) is not None}
    links += [_meeting(row, source) for row, source in said.values()]
    links += [_promise(source) for source in found if source.promise is not None and source.sees_promise]
    return Part(_("From the voter to the suggestion"), in_order(links), _left_out(found, heard))


def after(case: Suggestion, heard: list[Any], actor: Actor, *, ended: bool) -> Part:
    """What the voters behind it were told, and who waits for it."""
    links = [link for voice in heard if _reads(voice) for link in _told(case, voice, actor, ended=ended)]
    return Part(_("Back to the voter"), in_order(links))


def _reads(voice: Any) -> bool:
    return voice.sees_visit or not voice.confidential


def _left_out(found: list[Any], heard: list[Any]) -> str:
    hidden = sum(not _reads(voice) for voice in heard)
    hidden += sum(source.promise is not None and not source.sees_promise for source in found)
    if not hidden:
        return ""
    return ngettext(
        "%(count)s step is not shown under your post.", "%(count)s steps are not shown under your post.", hidden
    ) % {"count": hidden}


def _visit(voice: Any) -> Link:
    visit = voice.visit
    names = "、".join(visitor.mandate.person.name for visitor in visit.visitors.all())
    return Link(
        label=visit.get_kind_display(),
        on=visit.on,
        who=listed(visit.station, names),
        state=voice.get_route_display(),
        code=voice.route,
        words=voice.words,
        notes=[voice.wish] if voice.wish else [],
        url=page("deliberations:visit", voice.sees_visit, visit.pk),
    )


def _said(source: Source) -> MeetingOpinion | None:
    return source.promise.meeting_opinion if source.promise else source.meeting_opinion


def _meeting(row: MeetingOpinion, source: Any) -> Link:
    lead = _("led by: %(name)s") % {"name": row.county_lead.person.name} if row.county_lead else ""
    way = listed(row.get_way_display(), lead)
    explained = listed(row.basis_text, row.answered_by)
    return Link(
        label=row.meeting.get_kind_display(),
        on=row.meeting.held_on,
        who=listed(row.meeting.station, row.speaker.person.name),
        state=row.get_outcome_display(),
        code=row.outcome,
        words=row.text,
        notes=[note for note in (way, explained) if note],
        url=page("deliberations:meeting", source.sees_meeting, row.meeting_id),
    )


def _promise(source: Any) -> Link:
    promise = source.promise
    due = _("to be kept by %(day)s") % {"day": promise.due_on.isoformat()}
    return Link(
        label=_("Promise on the spot"),
        on=promise.made_on,
        who=listed(promise.organ.name, promise.person),
        state=promise.get_status_display(),
        code=promise.status,
        words=promise.text,
        notes=[due],
        url=page("deliberations:promise", source.sees_promise, promise.pk),
    )


def _told(case: Suggestion, voice: Any, actor: Actor, *, ended: bool) -> list[Link]:
    """Each telling; what was said is for those who see the visit, since it may name the voter."""
    links = [
        Link(
            label=_("Voter told") if telling.reached else _("Voter not reached"),
            on=telling.on,
            who=_teller(telling),
            state=_("last word") if telling.final else "",
            code="DONE",
            words=telling.text if voice.sees_visit else "",
            url=page("deliberations:visit", voice.sees_visit, voice.visit_id),
        )
        for telling in voice.tellings.all()
    ]
    if voice.tell_wish and not any(telling.final for telling in voice.tellings.all()):
        links.append(_to_tell(case, voice, actor, ended=ended))
    return links


def _teller(telling: Telling) -> str:
    """By whom and how; a register that was taken over tells neither."""
    if telling.by is None:
        return _("as the register reports")
    return listed(telling.by.person.name, telling.get_how_display())


def _to_tell(case: Suggestion, voice: Any, actor: Actor, *, ended: bool) -> Link:
    may = voice.sees_visit and tells(actor) and voice.visit.status == Visit.Status.RECORDED
    url = page("suggestions:tell", may and ended, case.pk, voice.pk)
    return Link(label=_("The voter is still to be told"), act=url, act_label=_("Tell the voter"), reached=False)
