"""What coming in asks for: user name, passwords."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflow.text import key


def secret_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password, which may be pasted and is taken as it is typed."""
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=128, widget=widget, **options)


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = secret_field(_("Password"), "current-password")

    def clean_username(self) -> str:
        """As stored: full-width letters, capitals and blanks make no difference; nothing longer is anybody's."""
        return key(self.cleaned_data["username"])[:100]


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = secret_field(
        _("New password"), "new-password", help_text=_("At least 12 characters. A sentence you remember is fine.")
    )
    again = secret_field(_("New password once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """What the county's rules for passwords let pass."""
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if "password" in data and data.get("again") != data["password"]:
            self.add_error("again", _("The two do not agree."))
        return data


class ChangePasswordForm(NewPasswordForm):
    """The present password first, so that nobody changes it at a desk left alone."""

    old = secret_field(_("Present password"), "current-password")
    field_order = ("old", "password", "again")

    def clean_old(self) -> str:
        """It is the present one."""
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("This is not your present password."), code="wrong")
        return self.cleaned_data["old"]
