"""What is filled in on a supervision card: prefilled from the case, so that two lines are changed (F3)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, organ_field
from accounts.models import How, Officer, Organ
from files.forms import UploadField
from suggestions.forms.intake import receiving_organs
from suggestions.models import Assignment, Suggestion
from supervision.deadlines import frame
from supervision.transitions.card_facts import CardWords, host_of
from workflow import clock
from workflow.forms import ActForm, words_field

_SHEET_HELP = _("Scan or photo of the signed card")


class CardForm(ActForm):
    """The words of a card; ``subject`` is the suggestion, or the card that is written on."""

    why_key = words_field(_("why it is key"), 3)
    requirements = words_field(_("requirements"), 4)
    milestones = words_field(_("milestones"), 2, required=False)
    organ = organ_field(_("responsible organ"))
    organ_leader = forms.CharField(label=_("responsible leader"), max_length=40)
    handler = forms.CharField(label=_("handler"), max_length=40, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    co_organs = forms.ModelMultipleChoiceField(
        Organ.objects.none(), label=_("co-handling organs"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = day_field(_("to be completed by"), initial=None)
    body_person = forms.CharField(label=_("person of the supervising body"), max_length=40, required=False)

    def prepare(self) -> None:
        """As the case tells it; once it is allotted only its host can be responsible."""
        case, words = self.subject, None
        if not isinstance(case, Suggestion):
            words = CardWords.of(_last(case))
            case = case.suggestion
        host, organs = host_of(case), receiving_organs()
        self.offer("co_organs", organs)
        self.offer("organ", organs.filter(pk=host.organ_id) if host else organs)
        limits = frame(case)
        self.fields["due_on"].help_text = _("Not later than %(day)s, the end of the reply term") % {
            "day": limits.latest.isoformat()
        }
        self.propose(**(_as_written(words) if words else _from_case(case, host) | {"due_on": limits.proposed}))

    def told(self) -> dict[str, Any]:
        """The words of the card, and what else the act takes."""
        data = dict(self.cleaned_data)
        names = [name for name in CardForm.base_fields if name in data]
        words = {name: data.pop(name) for name in names}
        return {"words": CardWords(**words | {"co_organs": tuple(words["co_organs"])}), **data}


class SignForm(ActForm):
    """The signed sheet; the deputy chairperson who signs here is asked nothing."""

    signed_on = day_field(_("signed on"))
    sheet = UploadField(label=_("signed sheet"), help_text=_SHEET_HELP)

    def prepare(self) -> None:
        """Only staff have a sheet."""
        _ask_for_sheet_of_staff(self)


class AmendForm(CardForm):
    """What the card says anew, why, and the sheet that was signed for it."""

    reason = words_field(_("reason"), 2, max_length=500)
    signed_on = day_field(_("signed on"))
    sheet = UploadField(label=_("signed sheet"), help_text=_SHEET_HELP)

    def prepare(self) -> None:
        """From the version in force."""
        super().prepare()
        _ask_for_sheet_of_staff(self)


class ReportForm(ActForm):
    """The organ's report of completion."""

    report = words_field(_("report of completion"), 8)
    on = day_field(_("date"))
    signed_by = forms.CharField(label=_("signed by"), max_length=40)

    def prepare(self) -> None:
        """Usually the leader whom the card names signs."""
        self.propose(signed_by=_last(self.subject).organ_leader)


class ConcludeForm(ActForm):
    """Whether the report is accepted, in the words of the deputy chairperson."""

    accepted = forms.TypedChoiceField(
        label=_("conclusion"),
        choices=[("yes", _("strike the card off")), ("no", _("not accepted, go on"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    conclusion = words_field(_("the deputy chairperson's conclusion"), 4)
    on = day_field(_("date"))
    how = forms.ChoiceField(
        label=_("how it was told"), choices=[(How.PAPER, How.PAPER.label), (How.TELEPHONE, How.TELEPHONE.label)]
    )

    def prepare(self) -> None:
        """On which road it came is asked of staff only."""
        if not self.actor.is_staff:
            del self.fields["how"]


def _ask_for_sheet_of_staff(form: ActForm) -> None:
    if not form.actor.is_staff:
        del form.fields["signed_on"], form.fields["sheet"]


def _last(card: Any) -> Any:
    version = card.versions.select_related("organ").prefetch_related("co_organs").last()
    version.card = card
    return version


def _as_written(words: CardWords) -> dict[str, Any]:
    told = words.columns() | {"body_person": words.body_person}
    return told | {"organ": words.organ.pk, "co_organs": [organ.pk for organ in words.co_organs]}


def _from_case(case: Suggestion, host: Assignment | None) -> dict[str, Any]:
    """Why it is key, what is demanded, and whom the receipt or the list of officers names."""
    present = case.assignments.filter(round=case.round, part=Assignment.Part.CO_HOST).exclude(status="ENDED")
    told: dict[str, Any] = {
        "why_key": _why(case),
        "requirements": (host.hand_over.requirements if host else "") or case.demand,
        "co_organs": list(present.values_list("organ_id", flat=True)),
    }
    return told | _people(host) if host else told


def _why(case: Suggestion) -> str:
    resolution = case.key_resolution
    decided = f"{resolution} {resolution.on.isoformat()}" if resolution else ""
    return "\n".join(filter(None, [str(case.get_key_reason_display()), case.key_nomination.strip(), decided]))


def _people(host: Assignment) -> dict[str, Any]:
    """Who is responsible: as the receipt says, before it as the organ's officers are known."""
    present = host.organ.present
    officers = {row.duty: row for row in present.officers.current(clock.today()).select_related("person")}
    leader = officers.get(Officer.Duty.DIVISION_LEADER) or officers.get(Officer.Duty.HEAD)
    liaison = officers.get(Officer.Duty.HANDLER) or officers.get(Officer.Duty.LIAISON)
    return {
        "organ": host.organ_id,
        "organ_leader": host.leader or (leader.person.name if leader else ""),
        "handler": host.handler or (liaison.person.name if liaison else ""),
        "phone": host.phone or (liaison.phone if liaison else "") or present.phone,
    }
