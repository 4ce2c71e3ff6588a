"""What is asked for the public page of a deputy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from files.forms import UploadField
from files.pictures import ENDINGS
from stations.transitions.pages import WORDS_MOST
from workflow.forms import ActForm, words_field


class PageForm(ActForm):
    """A few words and a photo; everybody who scans the code sees them."""

    words = words_field(
        _("a few words about oneself"),
        4,
        max_length=WORDS_MOST,
        required=False,
        help_text=_("What the deputy does and is concerned with. No telephone number."),
    )
    photo = UploadField(label=_("photo"), endings=ENDINGS, required=False, help_text=_("Upright, at most 10 MB."))
    drop_photo = forms.BooleanField(label=_("Take the present photo away"), required=False)

    def prepare(self) -> None:
        """As it stands."""
        page = getattr(self.subject, "page", None)
        self.propose(words=page.words if page else "")
        if page is None or page.photo_id is None:
            del self.fields["drop_photo"]
