"""What is put into the folder of an activity: photos, and the short news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files.forms import UploadsField
from files.pictures import ENDINGS
from workflow.forms import words_field


class PhotosForm(forms.Form):
    """Several photos at once."""

    photos = UploadsField(
        label=_("photos"), endings=ENDINGS, help_text=_("Several at once; they are kept without their place.")
    )


class FolderNewsForm(forms.Form):
    """The short news."""

    news = words_field(_("short news"), 8, max_length=2000, help_text=_("Five sentences are enough."))
