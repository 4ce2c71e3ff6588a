"""What each act on an organ asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field, named_organ, organ_field
from accounts.models import Officer, Organ, OrganName
from accounts.transitions.organs import OrganFacts
from workflow import clock
from workflow.forms import ActForm


class FoundOrganForm(ActForm):
    """A new organ."""

    name = forms.CharField(label=_("name"), max_length=80, help_text=_("The full name, as on the seal"))
    kind = forms.ChoiceField(label=_("kind"), choices=[("", "—"), *Organ.Kind.choices])
    other_names = forms.CharField(
        label=_("other names"), max_length=400, required=False, help_text=_("Short and former names, separated by 、")
    )
    phone = forms.CharField(label=_("telephone of the office"), max_length=40, required=False)

    def facts(self) -> OrganFacts:
        """The organ as the verb takes it."""
        data = self.cleaned_data
        others = tuple(name.strip() for name in data["other_names"].replace(",", "、").replace("，", "、").split("、"))
        return OrganFacts(data["name"].strip(), data["kind"], tuple(filter(None, others)), phone=data["phone"])


class SetOrganForm(ActForm):
    """Signing, telephone, road."""

    sign_mode = forms.ChoiceField(label=_("replies are signed"), choices=Organ.SignMode.choices)
    phone = forms.CharField(label=_("telephone of the office"), max_length=40, required=False)
    forwards_through = organ_field(
        _("receives through"),
        required=False,
        help_text=_("Empty: suggestions are handed over to it directly."),
    )

    def prepare(self) -> None:
        """Organs that receive directly, and what holds now."""
        direct = Organ.objects.existing(clock.today()).filter(forwards_through=None)
        self.offer("forwards_through", direct.exclude(pk=self.subject.pk))
        self.propose(**{name: getattr(self.subject, name) for name in self.fields})


class NameForm(ActForm):
    """One more name."""

    name = forms.CharField(label=_("name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("kind"),
        choices=[(kind.value, kind.label) for kind in (OrganName.Kind.SHORT, OrganName.Kind.FORMER)]
        + [(OrganName.Kind.PRESENT.value, _("present name from today: the organ is renamed"))],
    )
    until = day_field(_("last day of a former name"), required=False, initial=None)


class ReorganiseForm(ActForm):
    """Into whom, from when."""

    successor = named_organ(_("goes on as"), help_text=_("Any name of the organ that takes over"))
    on = day_field(_("from this day"))


class AppointForm(ActForm):
    """Who, in which duty."""

    duty = forms.ChoiceField(label=_("duty"), choices=Officer.Duty.choices)
    name = forms.CharField(label=_("full name"), max_length=40)
    phone = forms.CharField(label=_("telephone in office"), max_length=40, required=False)

    def clean_name(self) -> str:
        """Without the blanks that lists put into names."""
        return "".join(self.cleaned_data["name"].split())


class DismissForm(ActForm):
    """The last day of a duty."""

    until = day_field(_("last day"))
