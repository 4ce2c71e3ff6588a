"""What is said with a monthly return."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HandInForm(forms.Form):
    """A remark, if there is any."""

    remark = forms.CharField(label=_("remark"), max_length=200, required=False)
