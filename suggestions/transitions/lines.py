"""The lines of a draft that say what will be done, by when and by whom (F22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Organ
from suggestions.models import Assignment, Commitment, Reply
from workflow import clock
from workflow.engine import Conflict, Invalid


@dataclass(frozen=True)
class Line:
    """What will be done, by when and by whom; the host's own unless another organ of the round is named."""

    text: str
    due_on: date
    person: str
    organ: Organ | None = None


def rewrite(reply: Reply, lines: Sequence[Line]) -> None:
    """Let a draft hold exactly these lines, none where its class is not followed up. Raises Invalid."""
    reply.commitments.all().delete()
    if reply.result_class is None or not reply.result_class.needs_follow_up:
        return
    for line in lines:
        _check(line, reply.assignment)
    Commitment.objects.bulk_create(
        Commitment(
            reply=reply,
            text=line.text.strip(),
            due_on=line.due_on,
            person=line.person.strip(),
            organ=line.organ or reply.assignment.organ,
        )
        for line in lines
    )


def require_lines(reply: Reply) -> None:
    """Raise Conflict when the class is followed up and nothing says what will be done."""
    if reply.result_class and reply.result_class.needs_follow_up and not reply.commitments.all():
        sentence = _(
            "Class %(letter)s needs a commitment: what will be done, by when and by whom. Add it to the reply."
        )
        raise Conflict("commitment_missing", sentence, letter=reply.result_class.code)


def content(reply: Reply) -> list[list[str]]:
    """The lines as the digest of the letter holds them."""
    rows = reply.commitments.select_related("organ").order_by("pk")
    return [[row.text, row.due_on.isoformat(), row.person, row.organ.name] for row in rows]


def _check(line: Line, assignment: Assignment) -> None:
    if not (line.text.strip() and line.person.strip()):
        raise Invalid("commitments", "line_incomplete", _("A commitment says what will be done, by when and by whom."))
    if line.due_on < clock.today():
        raise Invalid("commitments", "line_past", _("A commitment is to be kept from today on."))
    if line.organ is not None and line.organ.pk not in _organs(assignment):
        raise Invalid("commitments", "line_of_others", _("%(organ)s has no part in it."), organ=line.organ.name)


def _organs(assignment: Assignment) -> set[int]:
    rows = assignment.suggestion.assignments.filter(round=assignment.round)
    return set(rows.exclude(status=Assignment.Status.ENDED).values_list("organ_id", flat=True))
