"""What is asked when an API key is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Post


class KeyForm(forms.Form):
    """What the key is for, and under which of one's own posts it acts."""

    name = forms.CharField(
        label=_("what it is for"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("The program and the computer, so that you know later which key to revoke."),
    )
    post = forms.ModelChoiceField(Post.objects.none(), label=_("acts under the post"), empty_label=None)

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
