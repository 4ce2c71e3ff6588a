"""The form by which a county puts in its own template."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files.forms import UploadField


class TemplateForm(forms.Form):
    """A Word document with the placeholders of the form."""

    file = UploadField(
        label=_("Own template"),
        endings=(".docx",),
        help_text=_(
            "Word (.docx), at most 10 MB. It is filled with samples first; what is wrong with it is said here."
        ),
    )
