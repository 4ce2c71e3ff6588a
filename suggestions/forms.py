"""What each act asks for. Forms validate; verbs move states."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from files.forms import UploadField

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import SubjectField
from stations.models import Level, Mandate
from suggestions import policies
from suggestions.models import (
    Assignment,
    CoHostOpinion,
    ContactRecord,
    Delivery,
    Evaluation,
    Rating,
    Reply,
    ResultClass,
    Suggestion,
)
from suggestions.transitions.handing import forwards_suggestions
from suggestions.transitions.intake import next_serial
from workflow import clock
from workflow.text import fold


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day that is today unless said otherwise."""
    return forms.DateField(label=label, widget=Day(), initial=clock.today, **options)


def words_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), max_length=10_000, **options)


class ActForm(forms.Form):
    """A form that carries the version of the case it was opened on."""

    def __init__(self, *args: Any, actor: Actor, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the subject; overridden where a form has any."""


class SubmitForm(forms.Form):
    """A suggestion from paper, in the order of the paper."""

    title = forms.CharField(label=_("title"), max_length=120, help_text=_("As on the sheet, for example 关于……的建议"))
    lead = forms.CharField(label=_("lead deputy"), max_length=40, help_text=_("Name or certificate number"))
    co_signers = forms.CharField(
        label=_("co-signers"), required=False, max_length=2000, help_text=_("Names, separated by 、 or a blank")
    )
    facts = words_field(_("facts"), 5)
    demand = words_field(_("demand"), 4, required=False)
    origin = forms.ChoiceField(label=_("origin"), choices=Suggestion.Origin.choices)
    publicity = forms.ChoiceField(label=_("publicity"), choices=Suggestion.Publicity.choices)
    received_on = day_field(_("received on"))

    def clean_lead(self) -> Mandate:
        """The one county deputy of that name or number."""
        return one_deputy(self.cleaned_data["lead"])

    def clean_co_signers(self) -> list[Mandate]:
        """Each name is one county deputy."""
        names = [name for name in fold(self.cleaned_data["co_signers"].replace("、", " ").replace(",", " ")).split()]
        return [one_deputy(name) for name in names]

    def clean_received_on(self) -> Any:
        """Not a day still to come."""
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."), code="in_future")
        return day


def one_deputy(words: str) -> Mandate:
    """The deputy meant by a name or certificate number; county deputies come first.

    Raises ValidationError naming the candidates when there are several, and saying so when there is none.
    """
    wanted = "".join(words.split())
    same = Q(person__name__iexact=wanted) | Q(certificate_no__iexact=wanted)
    found = list(
        Mandate.objects.active(clock.today())
        .filter(same)
        .select_related("person", "delegation", "station")
        .order_by("id")
    )
    found = [mandate for mandate in found if mandate.level == Level.COUNTY] or found
    if not found:
        raise forms.ValidationError(_("No deputy in office is called “%(name)s”."), "unknown", {"name": words})
    if len(found) > 1:
        who = "；".join(f"{m.certificate_no} {m.person.name} {m.delegation or ''}" for m in found[:6])
        sentence = _("Several deputies are called “%(name)s”. Enter the certificate number: %(who)s")
        raise forms.ValidationError(sentence, "ambiguous", {"name": words, "who": who})
    return found[0]


class RegisterForm(ActForm):
    """Number and class."""

    serial = forms.IntegerField(label=_("number"), min_value=1, max_value=99_999)
    field = forms.ModelChoiceField(SubjectField.objects.all(), label=_("subject field"))
    reply_term = forms.ChoiceField(label=_("reply term"), choices=Suggestion.ReplyTerm.choices)

    def prepare(self) -> None:
        """The next number is proposed."""
        self.fields["serial"].initial = next_serial(self.subject)


def _organs() -> Any:
    return Organ.objects.existing(clock.today()).exclude(kind=Organ.Kind.HIGHER_LEVEL)


class HandOverForm(ActForm):
    """To whom, with whom, on which day."""

    to = forms.ModelChoiceField(Organ.objects.none(), label=_("handed over to"))
    co_hosts = forms.ModelMultipleChoiceField(
        Organ.objects.none(),
        label=_("co-hosts"),
        required=False,
        help_text=_("Leave empty for the government office: it chooses host and co-hosts itself."),
    )
    on = day_field(_("handed over on"), help_text=_("The day of the hand-over; the reply term runs from it."))
    requirements = words_field(_("requirements"), 3, required=False)

    def prepare(self) -> None:
        """The government office first, then who receives directly."""
        for name in ("to", "co_hosts"):
            self.fields[name].queryset = _organs()  # type: ignore[attr-defined]


class AllotForm(ActForm):
    """Host and co-hosts, chosen by the government office."""

    host = forms.ModelChoiceField(Organ.objects.none(), label=_("host"))
    co_hosts = forms.ModelMultipleChoiceField(Organ.objects.none(), label=_("co-hosts"), required=False)

    def prepare(self) -> None:
        """Every organ that exists."""
        for name in ("host", "co_hosts"):
            self.fields[name].queryset = _organs()  # type: ignore[attr-defined]


class ReceiptForm(ActForm):
    """Who signed, who is responsible, who handles."""

    received_by = forms.CharField(label=_("received by"), max_length=40)
    leader = forms.CharField(label=_("leader in charge"), max_length=40)
    handler = forms.CharField(label=_("handler"), max_length=40)
    phone = forms.CharField(label=_("phone"), max_length=40)

    def prepare(self) -> None:
        """What the list of officers already knows."""
        officers = {
            row.duty: row for row in self.subject.organ.officers.current(clock.today()).select_related("person")
        }
        leader, liaison = officers.get("DIVISION_LEADER"), officers.get("LIAISON")
        self.initial.setdefault("received_by", str(self.actor.user or ""))
        self.initial.setdefault("leader", leader.person.name if leader else "")
        self.initial.setdefault("handler", liaison.person.name if liaison else "")
        self.initial.setdefault("phone", (liaison.phone if liaison else "") or self.subject.organ.phone)


class ContactForm(ActForm):
    """A contact with the deputy (F6)."""

    stage = forms.ChoiceField(label=_("stage"), choices=ContactRecord.Stage.choices)
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


class DraftForm(ActForm):
    """The host's draft; the letter itself may be written elsewhere."""

    result_class = forms.ModelChoiceField(ResultClass.objects.all(), label=_("result class"), required=False)
    body = words_field(
        _("reply"), 10, required=False, help_text=_("May stay empty when the letter is written on paper.")
    )

    def prepare(self) -> None:
        """Go on with the draft there is."""
        reply = Reply.objects.filter(assignment=self.subject).first()
        if reply is not None:
            self.initial.setdefault("result_class", reply.result_class_id)
            self.initial.setdefault("body", reply.body)


class ReturnForm(ActForm):
    """Why the draft goes back."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class SignForm(ActForm):
    """The signed and sealed letter."""

    doc_no = forms.CharField(label=_("document number"), max_length=60)
    letter_on = day_field(_("date of the letter"), help_text=_("The date on the letter; on time is judged by it."))
    signed_by = forms.CharField(label=_("signed by"), max_length=40)
    scan = UploadField(label=_("sealed letter"), required=False, help_text=_("Scan or photo: PDF, OFD, Word, JPG, PNG"))

    def prepare(self) -> None:
        """Usually the head signs; on paper the scan is needed."""
        organ = self.subject.assignment.organ
        head = organ.officers.current(clock.today()).filter(duty="HEAD").select_related("person").first()
        self.initial.setdefault("signed_by", head.person.name if head else "")
        self.fields["scan"].required = organ.sign_mode == Organ.SignMode.PAPER


class DeliverForm(ActForm):
    """To which signatory, how and when."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    way = forms.ChoiceField(label=_("way"), choices=Delivery.Way.choices)
    on = day_field(_("date"))
    receiver = forms.CharField(label=_("receiver"), max_length=40, required=False)

    def prepare(self) -> None:
        """Signatories whom the letter has not reached yet."""
        reached = self.subject.deliveries.values("mandate")
        waiting = signatories(self.subject.assignment.suggestion).exclude(pk__in=reached)
        self.fields["mandate"].queryset = waiting  # type: ignore[attr-defined]
        self.initial.setdefault("mandate", waiting.first())


def signatories(suggestion: Suggestion) -> Any:
    """The lead and whoever co-signed, as a choice."""
    signed = Q(pk=suggestion.lead_id) | Q(cosignatures__suggestion=suggestion, cosignatures__status="ACCEPTED")
    return Mandate.objects.filter(signed).select_related("person").distinct().order_by("id")


class OwnEvaluationForm(ActForm):
    """The deputy's own two answers (F9)."""

    attitude = forms.ChoiceField(label=_("How was their attitude?"), choices=Rating.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("How is the result?"), choices=Rating.choices, widget=forms.RadioSelect)
    text = words_field(_("What is wrong, or anything else"), 3, required=False)
    private_remark = words_field(_("A word for the committee only (the organ does not see it)"), 2, required=False)


class EnteredEvaluationForm(OwnEvaluationForm):
    """What a deputy said on a signed form or by telephone, entered by liaison or staff."""

    source = forms.ChoiceField(label=_("source"))
    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("deputy"))
    on = day_field(_("date"))
    number_called = forms.CharField(label=_("number called"), max_length=20, required=False)
    scan = UploadField(label=_("signed form"), required=False, help_text=_("Scan or photo of the signed form"))

    field_order = ("source", "mandate", "on", "number_called", "scan", "attitude", "result", "text", "private_remark")

    def prepare(self) -> None:
        """Only the sources and deputies this person may enter for."""
        suggestion, sources = self.subject.assignment.suggestion, Evaluation.Source
        may = (
            [sources.LIAISON_SCAN, sources.CALL_BACK, sources.ORGAN_FORM]
            if self.actor.is_staff
            else [sources.LIAISON_SCAN]
        )
        mandates = [
            mandate.pk
            for mandate in signatories(suggestion)
            if policies.can_evaluate(self.actor, suggestion, mandate, sources.LIAISON_SCAN)
        ]
        self.fields["source"].choices = [(source.value, source.label) for source in may]  # type: ignore[attr-defined]
        self.fields["mandate"].queryset = signatories(suggestion).filter(pk__in=mandates)  # type: ignore[attr-defined]
        self.initial.setdefault("mandate", mandates[0] if mandates else None)


def forwarding_organ() -> Organ | None:
    """The government office, proposed when a suggestion is handed over."""
    offices = _organs().filter(kind=Organ.Kind.GOVERNMENT_OFFICE)
    return next((office for office in offices if forwards_suggestions(office)), None)


def current_reply(suggestion: Suggestion) -> Reply | None:
    """The host's reply of the present round."""
    hosts = Assignment.objects.filter(suggestion=suggestion, round=suggestion.round).exclude(part="CO_HOST")
    return (
        Reply.objects.filter(assignment__in=hosts).select_related("assignment__organ", "assignment__suggestion").first()
    )
