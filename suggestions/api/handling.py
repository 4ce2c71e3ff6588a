"""What organs received, did and answered, and what deputies made of it."""

from typing import Any, ClassVar

from suggestions.api.cases import OfSuggestion
from suggestions.models import (
    Assignment,
    CoHostOpinion,
    Commitment,
    ContactRecord,
    Delivery,
    Evaluation,
    Extension,
    HandOver,
    Objection,
    Reply,
    Suggestion,
)
from suggestions.policies.commitments import can_see_commitments
from suggestions.policies.objecting import can_see_objections
from suggestions.serializers import (
    AssignmentRow,
    CoHostOpinionRow,
    CommitmentRow,
    ContactRow,
    DeliveryRow,
    EvaluationRow,
    ExtensionRow,
    HandOverRow,
    ObjectionRow,
    ReplyRow,
)
from workflow.api.reading import Reading
from workflow.filters import Key, Yes, one_of, since, until

_SUGGESTION = Key(field_name="assignment__suggestion")


class HandOvers(OfSuggestion):
    """The committee's hand-overs."""

    model, row = HandOver, HandOverRow
    filters = {"suggestion": Key(), "to": Key(), "meeting": Key(), "since": since("on"), "until": until("on")}


class Assignments(OfSuggestion):
    """What organs received, round by round."""

    model, row = Assignment, AssignmentRow
    filters = {
        "suggestion": Key(),
        "organ": Key(),
        "round": Key(),
        "part": one_of(Assignment.Part),
        "status": one_of(Assignment.Status),
    }


class OfAssignment(Reading):
    """What is seen with the suggestion of an assignment."""

    through: ClassVar[Any] = ("assignment__suggestion", Suggestion)


class Contacts(OfAssignment):
    """Contacts of organs with deputies."""

    model, row = ContactRecord, ContactRow
    filters = {"assignment": Key(), "suggestion": _SUGGESTION, "since": since("on"), "until": until("on")}


class CoHostOpinions(OfAssignment):
    """Opinions of co-hosts; on the deputy's side they are read along with the reply."""

    model, row = CoHostOpinion, CoHostOpinionRow
    filters = {"assignment": Key(), "suggestion": _SUGGESTION}

    def _joined(self) -> Any:
        return super()._joined().select_related("assignment__suggestion")


class Objections(OfAssignment):
    """Organs that say they should not handle it, and what was decided; deputies read it in the record."""

    model, row = Objection, ObjectionRow
    filters = {"assignment": Key(), "suggestion": _SUGGESTION, "status": one_of(Objection.Status)}

    def visible(self, actor: Any) -> Any:
        """The organs' reasons are between the offices."""
        rows = super().visible(actor)
        return rows if can_see_objections(actor) else rows.none()


class Extensions(OfAssignment):
    """Later days that hosts ask for."""

    model, row = Extension, ExtensionRow
    filters = {"assignment": Key(), "suggestion": _SUGGESTION, "status": one_of(Extension.Status)}


class Replies(Reading):
    """Reply letters; before they are released only for those who write and examine them."""

    model, row = Reply, ReplyRow
    filters = {
        "assignment": Key(),
        "suggestion": _SUGGESTION,
        "status": one_of(Reply.Status),
        "result_class": Key(),
        "since": since("letter_on"),
        "until": until("letter_on"),
    }


class Commitments(Reading):
    """What replies commit organs to."""

    model, row = Commitment, CommitmentRow
    may = staticmethod(can_see_commitments)
    order = (("due_on", "desc"), ("pk", "desc"))
    filters = {
        "reply": Key(),
        "organ": Key(),
        "suggestion": Key(field_name="reply__assignment__suggestion"),
        "status": one_of(Commitment.Status),
    }


class Deliveries(Reading):
    """That replies reached those who signed."""

    model, row, through = Delivery, DeliveryRow, ("reply", Reply)
    filters = {"reply": Key(), "mandate": Key()}


class Evaluations(Reading):
    """Judgements of replies: the committee's, one's own, one's station's deputies', for organs once released."""

    model, row = Evaluation, EvaluationRow
    filters = {"reply": Key(), "mandate": Key(), "counts": Yes()}

    def visible(self, actor: Any) -> Any:
        """With replies one may read."""
        return super().visible(actor).filter(reply__in=Reply.objects.visible_to(actor))
