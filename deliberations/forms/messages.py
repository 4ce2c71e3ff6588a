"""What a voter is asked on the public page, and how a program that fills in forms is told from a person."""

import re
import struct
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from deliberations.forms.visits import PHONE
from deliberations.transitions.messages import Message
from files.forms import UploadField
from files.pictures import ENDINGS
from workflow import clock

#: A person needs longer to read the form; a page that is older may be of another day.
FASTEST, OLDEST = timedelta(seconds=3), timedelta(hours=24)
#: Dots of a PNG that are drawn anew for a stranger; a JPEG is read small, however large it is.
MOST_DOTS = 24_000_000
_SALT = "deliberations.message"
#: What nobody types and a reader's eye would trip over: control, direction and zero-width characters.
_AWKWARD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

LOOK_UP, CALL, NO_NEED = "LOOK_UP", "CALL", "NO_NEED"
ANSWERS = [
    (LOOK_UP, _("I look it up with a code")),
    (CALL, _("Please call me")),
    (NO_NEED, _("No need")),
]
_NOT_A_PERSON = _("This was not taken, because it looks as if a program had filled in the form. Please send it again.")


class PlainField(forms.CharField):
    """Words as people type them; other characters are left out."""

    def to_python(self, value: Any) -> str:
        """Without what cannot be seen."""
        return super().to_python(_AWKWARD.sub("", str(value)) if value else value) or ""


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach, and that is sent back empty whatever was in it."""

    is_hidden = True  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__({"class": "trap", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"})

    def format_value(self, value: Any) -> None:
        """Nothing."""


class MessageForm(forms.Form):
    """The words; who and where, if they like; whether they want an answer; the consent."""

    words = PlainField(
        label=_("What is it about?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Where, what, and what you wish for. You can speak: tap the microphone of the keyboard."),
    )
    village = PlainField(label=_("Your village or community"), max_length=40, required=False)
    photo = UploadField(
        label=_("A photo"),
        endings=ENDINGS,
        required=False,
        help_text=_("At most 10 MB. Where it was taken is removed."),
    )
    answer = forms.ChoiceField(
        label=_("Do you want an answer?"), choices=ANSWERS, widget=forms.RadioSelect, initial=LOOK_UP
    )
    name = PlainField(label=_("Your name"), max_length=40, required=False, help_text=_("May stay empty."))
    phone = PlainField(
        label=_("Your phone"),
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text=_("Only if you want to be called."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    consents = forms.BooleanField(
        label=_("I have read the notice and agree."),
        error_messages={"required": _("Without your consent we may not keep what you write.")},
    )
    homepage = forms.CharField(required=False, widget=TrapInput())
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    stamp = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        self.initial["stamp"] = self._stamp()

    def clean(self) -> dict[str, Any]:
        """Sent by a person, from a page of this code opened a while ago but not too long; with a number to call."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._judge_stamp()
        if data.get("homepage"):
            raise ValidationError(_NOT_A_PERSON, code="trap")
        if data.get("answer") == CALL and "phone" in data and not data["phone"]:
            self.add_error("phone", ValidationError(_("Under which number may we call you?"), code="phone_missing"))
        return data

    def clean_photo(self) -> UploadedFile | None:
        """A picture of a size that is drawn for a stranger."""
        photo: UploadedFile | None = self.cleaned_data["photo"]
        if photo is not None and _dots_of_png(photo) > MOST_DOTS:
            raise ValidationError(
                _("This picture is too large. Please send a photo as the camera takes it."), "too_large"
            )
        return photo

    def message(self) -> Message:
        """As the verb takes it."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("words", "village", "name", "phone", "consents")}
        return Message(tell_wish=data["answer"] != NO_NEED, **told)

    def again(self, *, anew: bool = False) -> None:
        """Keep what was typed with a fresh stamp; ``anew`` under a new id, for a page that was sent before."""
        kept = {**dict(self.data.items()), "stamp": self._stamp(), "homepage": ""}
        self.data = {**kept, "client_id": str(uuid4())} if anew else kept

    def _stamp(self) -> str:
        return signing.dumps([self.code, clock.now().timestamp()], salt=_SALT)

    def _judge_stamp(self) -> None:
        """Raises ValidationError; a page that was open too long goes on with a fresh stamp."""
        try:
            code, opened = signing.loads(self.data.get("stamp", ""), salt=_SALT)
            age = timedelta(seconds=clock.now().timestamp() - opened)
        except (signing.BadSignature, TypeError, ValueError) as error:
            self.again()
            raise ValidationError(_NOT_A_PERSON, code="stamp") from error
        if code != self.code or age > OLDEST:
            self.again()
            raise ValidationError(_("The page was open for long. Please look at it and send it again."), code="old")
        if age < FASTEST:
            raise ValidationError(_("That was very quick. Please read it once more and send it again."), code="quick")


class TrackForm(forms.Form):
    """The code."""

    code = PlainField(
        label=_("Your code"),
        max_length=30,
        help_text=_("Twelve letters and digits, such as K7QM-3XPA-9TRD."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )


class StationSearchForm(forms.Form):
    """A name of a station, township or village."""

    q = PlainField(label=_("Station, township or village"), max_length=40, required=False)


def _dots_of_png(photo: UploadedFile) -> int:
    photo.seek(0)
    head = photo.read(24)
    photo.seek(0)
    if len(head) < 24 or not head.startswith(b"\x89PNG"):
        return 0
    width, height = struct.unpack(">II", head[16:24])
    return int(width) * int(height)
