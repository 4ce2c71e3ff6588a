"""Replies of class B, which commit the organ, at every point of their commitments' life; and the form an organ collected."""

from datetime import date

from suggestions import transitions
from suggestions.models import Commitment, Evaluation, Rating, Reply, ResultClass, Suggestion
from suggestions.transitions import commitments
from suggestions.transitions.collected_forms import hand_in_form
from suggestions.transitions.lines import Line
from tests.suggestions.factory import (
    County,
    accepted,
    contact,
    evaluate,
    fresh,
    make_scan,
    opinion,
    part_of,
    release,
    sign,
    version_of,
)
from workflow import clock

BY = date(2026, 12, 31)


def line(text: str = "建成南门路人行道", due_on: date = BY, **options) -> Line:
    """What will be done, by when and by whom."""
    return Line(text, due_on, **({"person": "李副局长"} | options))


def committing(county: County, *lines: Line, case: Suggestion | None = None) -> Reply:
    """The host's draft of class B, after contact and opinion."""
    case = case or accepted(county)
    chosen = ResultClass.objects.get(code="B")
    words = {"result_class": chosen, "body": "已列入计划。", "commitments": lines}
    reply = transitions.draft_reply(part_of(case, county.host), actor=county.host, version=version_of(case), **words)
    contact(county, case)
    if case.assignments.filter(round=reply.assignment.round, part="CO_HOST").exists():
        opinion(county, case)
    return reply


def committed(county: County, *lines: Line, case: Suggestion | None = None) -> Reply:
    """Signed and released, with a line unless told otherwise."""
    reply = committing(county, *(lines or (line(),)), case=case)
    transitions.submit_reply(reply, actor=county.host, version=version_of(reply))
    return sign(county, reply)


def followed(county: County, *lines: Line, result: str = Rating.SATISFIED) -> Commitment:
    """The deputy is content, the verdict released, and a commitment still open: the first of them."""
    reply = committed(county, *lines)
    evaluate(county, reply, result)
    release(county, reply.assignment.suggestion)
    return commitment_of(reply)


def commitment_of(reply: Reply) -> Commitment:
    """The first commitment of a reply, as the database has it."""
    return again(reply.commitments.order_by("pk").first())


def again(commitment: Commitment) -> Commitment:
    """As the database has it."""
    return Commitment.objects.select_related("reply__assignment__suggestion").get(pk=commitment.pk)


def of(commitment: Commitment) -> Suggestion:
    """The suggestion that was answered, as the database has it."""
    return fresh(commitment.reply.assignment.suggestion)


def report(county: County, commitment: Commitment, **options) -> Commitment:
    """The host says that it is done."""
    words = {
        "actor": county.host,
        "text": "人行道已建成并验收。",
        "on": clock.today(),
        "version": of(commitment).version,
    }
    return commitments.report_commitment(again(commitment), **(words | options))


def confirm(county: County, commitment: Commitment, **options) -> Commitment:
    """The deputy finds it so."""
    words = {"actor": county.deputy, "version": of(commitment).version}
    return commitments.confirm_commitment(again(commitment), **(words | options))


def deny(county: County, commitment: Commitment, **options) -> Commitment:
    """The deputy finds it not so."""
    words = {"actor": county.deputy, "version": of(commitment).version, "words": "只修了一半。"}
    return commitments.deny_commitment(again(commitment), **(words | options))


def hand_in(county: County, reply: Reply, result: str = Rating.SATISFIED, **options) -> Evaluation:
    """The host brings the sheet that the lead signed."""
    words = {"actor": county.host, "mandate": county.lead, "scan": make_scan("征询意见表.pdf"), "on": clock.today()}
    words |= {"attitude": Rating.SATISFIED, "result": result, "version": version_of(reply)}
    return hand_in_form(reply, **(words | options))
