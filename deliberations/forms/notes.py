"""The deputy's three questions: on a page with photos and a recording, sent by a phone in pieces, or by a program."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from deliberations.forms.visits import WANTED, ClientIdMixin, yes_no_field
from deliberations.models import VisitFile
from files import pictures, recordings
from files.forms import UploadField, UploadsField
from stations.models import Mandate
from workflow.forms import words_field

_WORDS_MISSING = _("Write down what was said, or add a photo or a recording.")


class NoteForm(ClientIdMixin):
    """The three questions. Which of several mandates is asked only of who holds several."""

    words = words_field(
        _("What did they say?"),
        6,
        help_text=_("In their own words. You can speak: tap the microphone of the keyboard."),
    )
    who = forms.CharField(
        label=_("Who said it?"),
        max_length=40,
        required=False,
        help_text=_("May stay empty. It is shown to nobody without an entry in the record."),
    )
    tell_wish = yes_no_field(_("Do they want an answer?"), WANTED)
    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("as deputy of"), empty_label=None)
    on = day_field(_("day on which it was said"), required=False, initial=None)

    def __init__(self, *args: Any, mandates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandates = list(mandates)
        choice: Any = self.fields["mandate"]
        choice.queryset = mandates
        choice.label_from_instance = level_and_station
        if len(self.mandates) == 1:
            del self.fields["mandate"]

    def clean(self) -> dict[str, Any]:
        """With the only mandate, for who holds one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self.mandates) == 1:
            data["mandate"] = self.mandates[0]
        return data


class SentNoteForm(NoteForm):
    """A note as a phone sends it: the photos and recordings that ``follows`` tells of come one by one."""

    words = words_field(_("What did they say?"), 6, required=False)
    follows = forms.BooleanField(required=False)


class SentFileForm(forms.Form):
    """A photo or recording as a phone sends it; what it is, is judged by the verb."""

    client_id = forms.UUIDField()
    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (VisitFile.Kind.PHOTO, VisitFile.Kind.RECORDING)]
    )
    file = forms.FileField()


class LogForm(NoteForm):
    """The page: words, photos or a recording, any one of them is enough. It is about today."""

    photos = UploadsField(label=_("Take a photo"), required=False, endings=pictures.ENDINGS)
    recording = UploadField(label=_("Record a message"), required=False, endings=recordings.ENDINGS)
    words = words_field(
        _("What did they say?"),
        6,
        required=False,
        help_text=_("In their own words. You can speak: tap the microphone of the keyboard."),
    )
    field_order = ("client_id", "words", "photos", "recording", "who", "tell_wish", "mandate")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        # the telephone's own camera and recorder open at once
        self.fields["photos"].widget.attrs |= {"accept": "image/*", "capture": "environment"}
        self.fields["recording"].widget.attrs |= {"accept": "audio/*", "capture": True}

    def clean(self) -> dict[str, Any]:
        """Something must have been said."""
        data = super().clean()
        chosen = [(uuid4(), VisitFile.Kind.PHOTO, file) for file in data.pop("photos", None) or []]
        recording = data.pop("recording", None)
        data["files"] = [*chosen, *([(uuid4(), VisitFile.Kind.RECORDING, recording)] if recording else [])]
        refused = {"photos", "recording"} & set(self.errors)
        if "words" in data and not data["words"] and not data["files"] and not refused:
            self.add_error("words", ValidationError(_WORDS_MISSING, "required"))
        return data


def level_and_station(mandate: Mandate) -> str:
    """How a mandate is told from the others of the same person."""
    return f"{mandate.get_level_display()} · {mandate.station}"
