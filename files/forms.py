"""The form field for a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from files import signatures, uploads
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
