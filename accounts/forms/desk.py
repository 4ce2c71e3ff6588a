"""What each act on an account asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import policies
from accounts.forms.fields import day_field, organ_field, user_field
from accounts.models import Organ, Person
from accounts.transitions.accounts import PostFacts
from accounts.transitions.people import PersonFacts
from workflow import clock
from workflow.forms import ActForm


class LockForm(ActForm):
    """Why; kept in the record."""

    reason = forms.CharField(label=_("reason"), max_length=200, help_text=_("For example: moved to another office"))


class PostForm(ActForm):
    """A post: role, organ, title, first day."""

    role = forms.ChoiceField(label=_("role"))
    organ = organ_field(
        _("organ"), required=False, help_text=_("For the supervision office, handlers and heads: which organ")
    )
    title = forms.CharField(
        label=_("job title"), max_length=60, required=False, help_text=_("As on the name card, for example 办公室主任")
    )
    since = day_field(_("first day"))

    def prepare(self) -> None:
        """Only roles this actor may give, and organs that exist."""
        roles = [(role.value, role.label) for role in policies.roles_to_give(self.actor)]
        self.fields["role"].choices = [("", "—"), *roles]  # type: ignore[attr-defined]
        self.offer("organ", Organ.objects.existing(clock.today()))

    def facts(self) -> PostFacts:
        """The post as the verb takes it."""
        data = self.cleaned_data
        return PostFacts(data["role"], data["organ"], data["title"], data["since"])


class EndPostForm(ActForm):
    """The last day of a post."""

    until = day_field(_("last day"), help_text=_("The post is held to the end of this day."))


class HandOnForm(ActForm):
    """Who holds the post next, from when."""

    to = user_field(_("new holder"))
    on = day_field(_("from this day"), help_text=_("The present holder's last day is the day before."))


class OpenAccountForm(PostForm):
    """Whose account it is to be, and the first post.

    A name that the portal knows already is asked about: is it one of them? Nobody is doubled by accident.
    """

    name = forms.CharField(label=_("full name"), max_length=40)
    phone = forms.CharField(label=_("phone"), max_length=20, required=False, help_text=_("The person's own number"))
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Which of them?"),
        required=False,
        widget=forms.RadioSelect,
        empty_label=_("somebody else of this name"),
    )
    username = forms.CharField(
        label=_("user name"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty: it is made of the name, 王小明 becomes wangxiaoming"),
    )

    field_order = ("name", "person", "phone", "username", "role", "organ", "title", "since")

    def prepare(self) -> None:
        """Ask about namesakes only when there are any."""
        super().prepare()
        # looked up before it is validated: NUL, which no database takes, is in nobody's name
        typed = "".join(str(self.data.get("name") or self.initial.get("name", "")).replace("\0", "").split())
        namesakes = Person.objects.filter(name=typed).prefetch_related("offices__organ", "user").order_by("pk")
        if typed and namesakes.exists():
            choice: Any = self.fields["person"]
            choice.queryset = namesakes
            choice.label_from_instance = told_apart
        else:
            del self.fields["person"]

    def clean_name(self) -> str:
        """Without the blanks that lists put into names."""
        return "".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        """A namesake is chosen or ruled out, unless the phone says who it is."""
        data = super().clean() or {}
        if "person" not in self.fields or "person" in self.data:
            return data
        same: Any = self.fields["person"]
        data["person"] = same.queryset.filter(phone=data["phone"]).first() if data.get("phone") else None
        if data["person"] is None:
            self.add_error("person", _("The portal knows this name already. Is it one of these people?"))
        return data

    def whose(self) -> Person | PersonFacts:
        """The person chosen, or what is told of a new one."""
        data = self.cleaned_data
        return data.get("person") or PersonFacts(data["name"], data["phone"])


def told_apart(person: Person) -> str:
    """A namesake with what tells people apart: offices, the end of the phone, month of birth."""
    offices = (f"{office.organ} {office.get_duty_display()}" for office in person.offices.all())
    born = f"{person.born_month:%Y-%m}" if person.born_month else ""
    end = f"…{person.phone[-4:]}" if person.phone else ""
    account = str(_("has an account")) if hasattr(person, "user") else ""
    known = "，".join(part for part in (*offices, born, end, account) if part)
    return f"{person.name}（{known}）" if known else person.name
