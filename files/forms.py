"""The form field for a file, and the forms of an import."""

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from files import archives, importing, signatures, uploads
from files.workbooks import reading
from workflow.engine import Invalid


class UploadField(forms.FileField):
    """A file of a kind that is taken; ``endings`` narrows the kinds, such as ``(".pdf", ".ofd")``."""

    widget = forms.FileInput

    def __init__(self, *, endings: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.endings = endings
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer only what is taken; the browser's word is not trusted."""
        return {**super().widget_attrs(widget), "accept": ",".join(signatures.allowed(self.endings))}

    def to_python(self, data: Any) -> UploadedFile | None:
        """Judge name and content; the sentence of a refusal names the file."""
        if data in self.empty_values:
            return None
        try:
            uploads.read(data, self.endings)
        except Invalid as refused:
            raise ValidationError(refused.sentence, code=refused.code) from refused
        return data


class _Several(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files at once; the first that is refused says why."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them judged."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            return super().clean(None, initial) or []
        return [super(UploadsField, self).clean(file, initial) for file in files]


#: Endings of workbooks, and the first bytes each may have (one with a password is told so later).
WORKBOOKS = {".xlsx": (archives.ZIP, reading.OLE), ".xls": (reading.OLE, archives.ZIP)}


class ImportForm(forms.Form):
    """Which workbook it is, and the file."""

    kind = forms.ChoiceField(label=_("what is imported"))
    file = forms.FileField(label=_("workbook"), help_text=_("Excel, .xlsx or .xls, at most 10 MB."))
    session = forms.CharField(
        label=_("session"),
        required=False,
        max_length=5,
        help_text=_("Only for a ledger whose title does not name it, such as 18-5."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = importing.known_imports()
        self.fields["kind"].choices = [(name, kind.title) for name, kind in kinds.items()]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ",".join(WORKBOOKS)

    def clean_file(self) -> UploadedFile:
        """Something that may be a workbook; what it holds is judged when it is read."""
        uploaded = self.cleaned_data["file"]
        starts = WORKBOOKS.get(PurePath(uploaded.name).suffix.lower(), ())
        if uploaded.size > reading.LARGEST:
            raise _refused("too_large", uploaded)
        if not uploaded.read(8).startswith(starts):
            raise _refused("not_a_workbook", uploaded)
        uploaded.seek(0)
        return uploaded

    def clean_session(self) -> str:
        """Term and number of the session, or nothing."""
        session = self.cleaned_data["session"].strip()
        if session and not re.fullmatch(r"\d{1,2}-\d{1,2}", session, re.ASCII):
            raise ValidationError(_("Write it as 18-5: the term, then the number of the session."), code="bad_session")
        return session


class TakeOverForm(forms.Form):
    """Whether the good rows are wanted without the refused ones."""

    keep_good = forms.BooleanField(
        label=_("Take over the good rows and leave out the refused ones."),
        error_messages={"required": _("Tick this, or correct the rows and choose the file again.")},
    )


def _refused(code: str, uploaded: UploadedFile) -> ValidationError:
    name = uploads.clean_name(uploaded.name or "")
    return ValidationError(reading.SENTENCES[code], code=code, params={"name": name})
