"""Addresses of suggestions."""

from django.urls import path, register_converter

from suggestions.views import across, acts, collecting, commitments, documents, drafting, hand_overs, pages, telling
from suggestions.views.catalogue import ACTS
from suggestions.views.council import agenda, designate, key_list
from suggestions.views.drafting_acts import SIGNATURE_ACTS


class ActConverter:
    """The name of an act that has a page."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> str:
        """Only known acts have an address."""
        if value not in ACTS:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class AnswerConverter(ActConverter):
    """The answer of who is asked to sign along."""

    def to_python(self, value: str) -> str:
        """Only yes and no have an address."""
        if value not in SIGNATURE_ACTS:
            raise ValueError(value)
        return value


class CommitmentActConverter(ActConverter):
    """An act on a commitment."""

    def to_python(self, value: str) -> str:
        """Only acts on commitments have an address."""
        if value not in commitments.COMMITMENT_ACTS:
            raise ValueError(value)
        return value


class LetterConverter:
    """Which reply letter: with the organ's head, or for paper that bears one."""

    regex = "headed|plain"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(ActConverter, "act")
register_converter(LetterConverter, "letter")
register_converter(AnswerConverter, "answer")
register_converter(CommitmentActConverter, "commitment_act")

app_name = "suggestions"
urlpatterns = [
    path("", pages.suggestion_list, name="list"),
    path("jump/", pages.jump, name="jump"),
    path("new/", pages.submit, name="submit"),
    path("intake/", collecting.intake, name="intake"),
    path("collect/meetings/<int:pk>/", collecting.collect_meeting, name="collect_meeting"),
    path("collect/promises/<int:pk>/", collecting.collect_promise, name="collect_promise"),
    path("collect/opinions/<int:pk>/", collecting.collect_opinion, name="collect_opinion"),
    path("drafts/", drafting.draft_list, name="drafts"),
    path("drafts/new/", drafting.new, name="draft"),
    path("signatures/<int:pk>/", drafting.co_signature, name="co_signature"),
    path("signatures/<int:pk>/<answer:verb>/", drafting.answer, name="answer"),
    path("hand-overs/<int:pk>/", hand_overs.hand_over_many, name="hand_over_many"),
    path("hand-overs/<int:pk>/sheet/", hand_overs.sheet, name="hand_over_sheet"),
    path("hand-overs/<int:pk>/slips.docx", documents.slips, name="slips"),
    path("key/", key_list, name="key_list"),
    path("key/designate/", designate, name="designate_many"),
    path("agenda/", agenda, name="agenda"),
    path("differences/", across.differences, name="differences"),
    path("call-backs/", across.call_backs, name="call_backs"),
    path("without-deputy/", across.without_deputy, name="without_deputy"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/<int:pk>/picture/", commitments.picture, name="commitment_picture"),
    path("commitments/<int:pk>/<commitment_act:verb>/", commitments.commitment_act, name="commitment_act"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/sheet/", drafting.sheet, name="sheet"),
    path("<int:pk>/tell/<int:opinion>/", telling.tell_voter, name="tell"),
    path("<int:pk>/withdrawal/", pages.withdrawal, name="withdrawal"),
    path("<int:pk>/replies/<int:reply>/letter/", pages.letter, name="letter"),
    path("<int:pk>/evaluations/<int:evaluation>/form/", pages.signed_form, name="signed_form"),
    path("<int:pk>/slips/<int:hand_over>.docx", documents.slip, name="slip"),
    path("<int:pk>/assignments/<int:part>/letter-<letter:kind>.docx", documents.letter, name="letter_document"),
    path("<int:pk>/assignments/<int:part>/opinion-forms.docx", documents.opinion_forms, name="opinion_forms"),
    path("<int:pk>/<act:verb>/", acts.act, name="act"),
    path("<int:pk>/assignments/<int:part>/<act:verb>/", acts.act, name="part_act"),
]
