"""The suggestion itself: registered, key, card, handed over, and each round of its handling until it is closed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.actor import Actor
from suggestions import policies, stages
from suggestions.models import Assignment, Commitment, Delivery, Evaluation, Extension, Objection, Reply, Suggestion
from suggestions.policies.objecting import can_see_objections
from supervision.chain.links import Link, Part, in_order, listed, page
from supervision.models import Card, CardVersion

S = Suggestion.Status


def rounds(case: Suggestion, actor: Actor) -> list[Assignment]:
    """Every organ's part in every round, as far as the reader may see into it."""
    replies = Reply.objects.visible_to(actor).select_related("result_class")
    evaluations = Evaluation.objects.visible_to(actor).select_related("mandate__person")
    rows = case.assignments.select_related("organ", "opinion").order_by("round", "-part", "pk")
    deliveries = Delivery.objects.select_related("mandate__person")
    found = rows.prefetch_related(
        "contacts",
        "extensions",
        "objections",
        Prefetch("reply", replies),
        Prefetch("reply__evaluations", evaluations),
        Prefetch("reply__deliveries", deliveries),
        Prefetch("reply__commitments", Commitment.objects.select_related("organ")),
    )
    for row in found:
        row.suggestion = case
    return list(found)


def itself(case: Any, actor: Actor, rows: list[Assignment]) -> Part:
    """The suggestion, its number, its designation as key, its card and its hand-over."""
    links = [_suggestion(case, actor, rows)]
    if case.registered_on:
        field = case.field.name if case.field else ""
        links.append(Link(_("Registered"), case.registered_on, listed(case.number, field)))
    links += [*_key(case), *_cards(case, actor), *_hand_overs(case, actor)]
    return Part(_("The suggestion"), links)


def handling(case: Suggestion, actor: Actor, rows: list[Assignment]) -> list[Part]:
    """A part for each round."""
    verdicts = {verdict.round: verdict for verdict in _verdicts(case, actor)}
    numbers = sorted({row.round for row in rows})
    return [_round(number, [row for row in rows if row.round == number], verdicts, actor) for number in numbers]


def end(case: Suggestion) -> list[Link]:
    """How it ended; nothing while it goes on."""
    if case.status == S.WITHDRAWN:
        return [Link(case.get_status_display(), case.withdrawn_on, case.speaker.person.name, code=case.status)]
    if case.status in (S.REFUSED, S.REFERRED):
        why = case.get_refusal_display() if case.status == S.REFUSED else case.referred_to
        return [Link(case.get_status_display(), None, why)]
    if case.status != S.CLOSED:
        return []
    return [Link(_("Completed"), case.closed_on, _paper(case.closing_resolution), case.get_closing_basis_display())]


def _suggestion(case: Any, actor: Actor, rows: list[Assignment]) -> Link:
    co_signers = [row.mandate.person.name for row in case.cosignatures.all() if row.status == row.Status.ACCEPTED]
    notes = []
    if co_signers:
        notes.append(_("Co-signers: %(names)s") % {"names": "、".join(co_signers)})
    if case.raised_by:
        notes.append(_("Raised by: %(name)s") % {"name": case.raised_by.person.name})
    if case.continued_by:
        notes.append(_("Continuing deputy: %(name)s") % {"name": case.continued_by.person.name})
    if case.submitted_by == Suggestion.SubmittedBy.COMMITTEE:
        notes.append(_("Submitted by the standing committee"))
    return Link(
        label=listed(case.number, case.title),
        on=None if case.imported_from else case.received_on,
        who=case.lead.person.name,
        state=_stage(case, actor, rows),
        code=case.status,
        notes=notes,
        url=page("suggestions:detail", True, case.pk),
    )


def _stage(case: Any, actor: Actor, rows: list[Assignment]) -> str:
    present = stages.present(case, rows)
    own = next((row for row in present if actor.acts_for(row.organ)), None)
    row = own or next((row for row in present if row.is_host), None)
    told = (row.status, row.part) if row else ()
    return stages.stage(case, actor, *told, organ=row.organ.name if row else "", verdict=case.verdict_value or "")


def _key(case: Suggestion) -> Iterator[Link]:
    if case.is_key:
        leader = case.supervising_leader.name if case.supervising_leader else ""
        body = case.supervising_body.name if case.supervising_body else ""
        on = case.key_resolution.on if case.key_resolution else None
        why = case.get_key_reason_display()
        yield Link(
            _("Key suggestion"), on, listed(leader, body), why, "DONE", notes=_notes(_paper(case.key_resolution))
        )
    if case.agenda_on:
        yield Link(_("On the agenda of the council of chairpersons"), case.agenda_on)


def _paper(resolution: Any) -> str:
    return listed(resolution.get_body_display(), resolution.number) if resolution else ""


def _notes(*notes: str) -> list[str]:
    return [note for note in notes if note]


def _cards(case: Suggestion, actor: Actor) -> Iterator[Link]:
    if not case.is_key:
        return
    signed = CardVersion.objects.select_related("organ")
    rows = Card.objects.visible_to(actor).filter(suggestion=case).select_related("leader", "body")
    card = rows.prefetch_related(Prefetch("versions", signed), "feedback").first()
    if card is None:
        return
    url = page("supervision:card", True, card.pk)
    for version in card.versions.all():
        due = _("to be completed by %(day)s") % {"day": version.due_on.isoformat()}
        who = listed(version.organ.name, version.organ_leader)
        label = _("Supervision card %(number)s") % {"number": card.number}
        label = f"{label} v{version.version}" if version.version > 1 else label
        yield Link(
            label, version.signed_on, who, card.get_status_display(), card.status, notes=[due], url=url,
            reached=version.signed_on is not None,
        )  # fmt: skip
    for feedback in card.feedback.all():
        yield Link(_("Completion reported"), feedback.on, feedback.signed_by, words=feedback.report, url=url)
        if feedback.concluded_on:
            accepted = _("struck off") if feedback.accepted else _("not accepted")
            yield Link(
                _("Conclusion of the deputy chairperson"), feedback.concluded_on, card.leader.name, accepted,
                "DONE" if feedback.accepted else "DISSATISFIED", words=feedback.conclusion, url=url,
            )  # fmt: skip


def _hand_overs(case: Suggestion, actor: Actor) -> Iterator[Link]:
    for row in case.hand_overs.select_related("to", "meeting"):
        meeting = _("at the meeting of %(day)s") % {"day": row.meeting.held_on.isoformat()} if row.meeting else ""
        url = page("deliberations:hand_over_meeting", bool(row.meeting) and actor.is_committee, row.meeting_id)
        yield Link(_("Handed over"), row.on, row.to.name, notes=_notes(listed(row.slip_no, meeting)), url=url)


def _verdicts(case: Suggestion, actor: Actor) -> Any:
    return case.verdicts.all() if actor.is_committee else case.verdicts.filter(~Q(released_on=None))


def _round(number: int, rows: list[Assignment], verdicts: dict[int, Any], actor: Actor) -> Part:
    links = [link for row in rows for link in _assignment(row, actor)]
    verdict = verdicts.get(number)
    if verdict is not None:
        held = _("to be released") if verdict.released_on is None else ""
        value = verdict.get_value_display()
        links.append(Link(_("Verdict of the round"), verdict.released_on, held, value, verdict.value, reached=not held))
    heading = _("Handling") if number == 1 else _("handling no. %(round)d") % {"round": number}
    return Part(heading, in_order(links))


def _assignment(row: Assignment, actor: Actor) -> Iterator[Link]:
    organ = listed(row.organ.name, row.get_part_display())
    taken = row.status == Assignment.Status.ENDED and row.received_on is None
    if row.received_on or (row.suggestion.imported_from == "" and not taken):
        signed = listed(row.received_by, row.handler)
        reached = row.received_on is not None
        yield Link(_("Receipt"), row.received_on, organ, notes=_notes(signed), reached=reached)
    for contact in row.contacts.all():
        how = listed(contact.get_manner_display(), contact.people)
        yield Link(_("Contact with the deputy"), contact.on, row.organ.name, words=contact.points, notes=[how])
    for objection in row.objections.all():
        yield _objection(objection, row, actor)
    for extension in row.extensions.all():
        yield _extension(extension, row)
    if hasattr(row, "opinion") and policies.can_see_opinion(actor, row):
        said = row.opinion
        state = _("Waived") if said.waive_reason else ""
        yield Link(_("Co-host's opinion"), said.on, organ, state, words=said.text or said.waive_reason)
    if hasattr(row, "reply"):
        yield from _reply(row.reply, row)


def _objection(objection: Objection, row: Assignment, actor: Actor) -> Link:
    why = objection.get_reason_display()
    words = objection.basis if can_see_objections(actor) else ""
    state = objection.get_status_display()
    return Link(
        _("Objection"), objection.requested_on, row.organ.name, state, objection.status, words=words, notes=[why]
    )


def _extension(extension: Extension, row: Assignment) -> Link:
    dates = f"{extension.old_due_on.isoformat()} → {extension.new_due_on.isoformat()}"
    return Link(
        label=_("Later date asked for"),
        on=extension.requested_on,
        who=row.organ.name,
        state=extension.get_status_display(),
        code=extension.status,
        notes=[dates],
    )


def _reply(reply: Reply, row: Assignment) -> Iterator[Link]:
    if reply.released_on is None:
        yield Link(_("Reply"), None, row.organ.name, reply.get_status_display(), reply.status, reached=False)
        return
    result = str(reply.result_class) if reply.result_class else ""
    yield Link(
        _("Reply"), reply.letter_on, listed(row.organ.name, reply.doc_no), result, notes=_notes(reply.signed_by),
        url=page("suggestions:detail", True, row.suggestion_id) + f"#assignment-{row.pk}",
    )  # fmt: skip
    for commitment in reply.commitments.all():
        yield from _commitment(commitment, row)
    for delivery in reply.deliveries.all():
        yield Link(_("Delivered"), delivery.on, delivery.mandate.person.name, notes=[delivery.get_way_display()])
    for evaluation in reply.evaluations.all():
        notes = _notes(evaluation.get_source_display(), "" if evaluation.counts else _("does not count"))
        yield Link(
            _("Evaluation"), evaluation.on, evaluation.mandate.person.name, evaluation.get_result_display(),
            evaluation.result, evaluation.text, notes,
        )  # fmt: skip


def _commitment(commitment: Commitment, row: Assignment) -> Iterator[Link]:
    """What was promised in the letter, and when it was found to be kept."""
    due = _("to be kept by %(day)s") % {"day": commitment.due_on.isoformat()}
    who = listed(commitment.organ.name, commitment.person)
    url = page("suggestions:detail", True, row.suggestion_id) + f"#commitment-{commitment.pk}"
    state, code, on = commitment.get_status_display(), commitment.status, commitment.confirmed_on
    past = on is None and _is_replaced(row)
    if past:
        state, code = _("no longer followed, a later answer has taken its place"), ""
    yield Link(
        _("Commitment"), on, who, state, code, commitment.text, [due], url=url, reached=past or on is not None,
    )  # fmt: skip


def _is_replaced(row: Assignment) -> bool:
    """Whether a later round has its answer, so that nobody follows what this one's letter commits to."""
    later = row.suggestion.round - row.round
    return later > 1 or (later == 1 and row.suggestion.status in (S.REPLIED, S.FOLLOW_UP, S.CLOSED))
