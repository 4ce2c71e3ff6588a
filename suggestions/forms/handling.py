"""What organs fill in: receipt, contact, opinion, reply, delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.models import Organ
from files.forms import UploadField
from stations.models import Mandate
from suggestions.forms.commitments import CommitmentLines
from suggestions.models import CoHostOpinion, ContactRecord, Delivery, Reply, ResultClass
from suggestions.querysets import signatories
from suggestions.transitions.groups import leading_reply
from workflow import clock
from workflow.forms import ActForm, words_field


class ReceiptForm(ActForm):
    """Who signed, who is responsible, who handles."""

    received_by = forms.CharField(label=_("received by"), max_length=40)
    leader = forms.CharField(label=_("leader in charge"), max_length=40)
    handler = forms.CharField(label=_("handler"), max_length=40)
    phone = forms.CharField(label=_("phone"), max_length=40)

    def prepare(self) -> None:
        """What the list of officers already knows."""
        organ = self.subject.organ.present
        officers = {row.duty: row for row in organ.officers.current(clock.today()).select_related("person")}
        leader, liaison = officers.get("DIVISION_LEADER"), officers.get("LIAISON")
        self.propose(
            received_by=str(self.actor.user or ""),
            leader=leader.person.name if leader else "",
            handler=liaison.person.name if liaison else "",
            phone=(liaison.phone if liaison else "") or organ.phone,
        )


class ContactForm(ActForm):
    """A contact with the deputy (F6)."""

    stage = forms.ChoiceField(label=_("stage"), choices=ContactRecord.Stage.choices, initial=ContactRecord.Stage.DURING)
    on = day_field(_("date"))
    manner = forms.ChoiceField(label=_("manner"), choices=ContactRecord.Manner.choices)
    no_personal_reason = forms.CharField(
        label=_("why not in person"), max_length=100, required=False, help_text=_("Only for telephone and WeChat")
    )
    people = forms.CharField(label=_("people of the organ, with post"), max_length=120)
    points = words_field(_("what was discussed"))
    deputy_opinion = words_field(_("the deputy's opinion"), 3, required=False)


class OpinionForm(ActForm):
    """A co-host's opinion (F7)."""

    text = words_field(_("opinion"), 6)
    on = day_field(_("date"))
    signed_by = forms.CharField(label=_("signed by"), max_length=40)


class WaiveForm(ActForm):
    """Why the host may answer without the co-host."""

    waive_reason = forms.CharField(
        label=_("why it is waived"), max_length=CoHostOpinion._meta.get_field("waive_reason").max_length
    )


class DraftForm(CommitmentLines, ActForm):
    """The host's draft with what it commits to; the letter itself may be written elsewhere."""

    result_class = forms.ModelChoiceField(ResultClass.objects.all(), label=_("result class"), required=False)
    body = words_field(
        _("reply"), 10, required=False, help_text=_("May stay empty when the letter is written on paper.")
    )

    def prepare(self) -> None:
        """Go on with the draft there is, else with what the leading suggestion is answered."""
        reply = Reply.objects.filter(assignment=self.subject).first()
        shown = reply or leading_reply(self.subject)
        if shown is not None:
            self.propose(result_class=shown.result_class_id, body=shown.body)
        self.offer_lines(self.subject, reply)


class SignForm(ActForm):
    """The signed and sealed letter."""

    doc_no = forms.CharField(label=_("document number"), max_length=60)
    letter_on = day_field(_("date of the letter"), help_text=_("The date on the letter; on time is judged by it."))
    signed_by = forms.CharField(label=_("signed by"), max_length=40)
    scan = UploadField(label=_("sealed letter"), required=False, help_text=_("Scan or photo: PDF, OFD, Word, JPG, PNG"))

    def prepare(self) -> None:
        """Usually the head signs; on paper the scan is needed."""
        organ = self.subject.assignment.organ
        head = organ.present.officers.current(clock.today()).filter(duty="HEAD").select_related("person").first()
        self.propose(signed_by=head.person.name if head else "")
        self.fields["scan"].required = organ.sign_mode == Organ.SignMode.PAPER


class DeliverForm(ActForm):
    """To which signatory, how and when."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    way = forms.ChoiceField(label=_("way"), choices=Delivery.Way.choices)
    on = day_field(_("date"))
    receiver = forms.CharField(label=_("receiver"), max_length=40, required=False)

    def prepare(self) -> None:
        """Signatories whom the letter has not reached yet, the lead first."""
        waiting = signatories(self.subject.assignment.suggestion).exclude(deliveries__reply=self.subject)
        self.offer("mandate", waiting)
        self.propose(mandate=waiting.first())
