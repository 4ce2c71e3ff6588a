"""Writing a Word document from the county's own template of a form, else from the portal's.

A template is never trusted, the portal's neither: it is opened in a child that may take 1 GB and 20 s. What goes in
are plain words, flags and lists of such; never a row of the database.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from files import signatures, storage
from files.models import DocumentTemplate
from workflow.engine import Conflict, Invalid

WORD = signatures.BY_ENDING[".docx"].content_type
#: Seconds by the clock on the wall; the child's own limit counts processor time.
PATIENCE = 60
#: Where the portal's own templates lie; ``tools/documents.py`` makes them.
SHIPPED = Path(settings.BASE_DIR, "templates", "documents")

_CHILD = Path(__file__).with_name("child.py")

SENTENCES: dict[str, Any] = {
    "unreadable": _("“%(name)s” is damaged or no plain Word document. Save it again as .docx and choose it again."),
    "has_program": _("“%(name)s” contains a program (macro or script), so it is not taken. Please save it without."),
    "embedded": _("“%(name)s” contains something embedded or another document's template (%(words)s). Take it out."),
    "external": _("“%(name)s” leads to a file or an address outside (%(words)s). Take out linked pictures and links."),
    "field": _(
        "“%(name)s” contains the field %(words)s, which fetches something. Only page numbers and dates may stay."
    ),
    "too_long": _("“%(name)s” is far too long for a form."),
    "not_on_the_page": _("Placeholders are filled on the page itself only, not in its header or footer: %(words)s"),
    "full_width": _("Placeholders are written with half-width brackets {{ }}. Full-width ones stand here: %(words)s"),
    "broken": _("A placeholder is not complete here: %(words)s. It begins with {{ and ends with }}."),
    "crossed": _(
        "A repeated part begins and ends in different places: both marks must stand in rows or paragraphs alike."
    ),
    "unknown": _("This form has no placeholder “%(words)s”. The list on this page says which there are."),
    "not_possible": _("This way of writing is not possible in a template: %(words)s"),
    "not_a_text": _(
        "“%(words)s” is not a single text: it is repeated with {%%p for … %%}, or asked with {%% if … %%}."
    ),
    "not_a_list": _("“%(words)s” is a single text and cannot be repeated."),
    "no_placeholder": _("“%(name)s” holds no placeholder, so every document would be the same."),
}


@dataclass(frozen=True)
class Placeholder:
    """A name that a template may use, what it means, and what stands there in a trial.

    The sample's type says what it is: a text, a flag (bool) that can be asked, or, with ``parts``, a list of rows.
    """

    name: str
    meaning: str
    sample: str | bool = ""
    parts: tuple["Placeholder", ...] = ()

    @property
    def kind(self) -> Any:
        """As ``documents.language.Known`` has it."""
        if self.parts:
            return {part.name: part.kind for part in self.parts}
        return "flag" if isinstance(self.sample, bool) else "text"

    @property
    def written(self) -> str:
        """How a template says it; a list is repeated, paragraph by paragraph."""
        if not self.parts:
            return f"{{{{{self.name}}}}}"
        row = "  ".join(f"{{{{项.{part.name}}}}}" for part in self.parts)
        return f"{{%p for 项 in {self.name} %}}\n{row}\n{{%p endfor %}}"

    @property
    def trial(self) -> Any:
        """What stands in its place in a trial; of a list two rows."""
        return [{part.name: part.trial for part in self.parts}] * 2 if self.parts else self.sample


@dataclass(frozen=True)
class Form:
    """An official form as a Word document: its number among the forms, title and placeholders.

    ``name`` is also that of the portal's own template.
    """

    name: str
    number: str
    title: str
    placeholders: tuple[Placeholder, ...]

    @cached_property
    def known(self) -> dict[str, Any]:
        """The names that a template may use."""
        return {row.name: row.kind for row in self.placeholders}

    def trial(self) -> dict[str, Any]:
        """A context with the samples."""
        return {row.name: row.trial for row in self.placeholders}

    def shipped(self) -> bytes:
        """The portal's own template."""
        return (SHIPPED / f"{self.name}.docx").read_bytes()


def own_template(form: Form) -> DocumentTemplate | None:
    """The county's template that is in use, if there is one."""
    return DocumentTemplate.objects.select_related("file", "by__person").filter(name=form.name, until=None).first()


@dataclass(frozen=True)
class Pictures:
    """What is put behind a document: JPEGs, each with the words below it."""

    heading: str
    rows: Sequence[tuple[str, bytes]]


def render(form: Form, contexts: Sequence[Mapping[str, Any]], pictures: Pictures | None = None) -> bytes:
    """The form filled once for each context, one after the other in one document, ``pictures`` behind them.

    A value is a text, a flag, a list of mappings of these, or None for what is not known (a yellow gap). Raises
    Conflict when the county's template can no longer be filled, and ValueError for a context that is none of the form.
    """
    for context in contexts:
        if context.keys() != form.known.keys():
            raise ValueError(f"{form.name}: {sorted(context.keys() ^ form.known.keys())}")
    told = _asked_of_child(_template(form), contexts, None, pictures)
    if "content" not in told:
        sentence = _(
            "The county's template of “%(form)s” cannot be filled. Staff can take it back under document templates."
        )
        raise Conflict("template_unfit", sentence, form=form.title)
    return b64decode(told["content"])


def check(form: Form, name: str, content: bytes) -> None:
    """Fill a template with samples. Raises Invalid ``file`` that says what is wrong with it and where."""
    signatures.recognise(name, content, (".docx",))
    told = _asked_of_child(content, [form.trial()] * 2, form.known)
    if "content" not in told:
        sentences = [SENTENCES[code] % {"name": name, "words": words} for code, words in told["faults"][:5]]
        raise Invalid("file", told["faults"][0][0], "%(sentences)s", sentences=" ".join(sentences))


def _template(form: Form) -> bytes:
    own = own_template(form)
    if own is None:
        return form.shipped()
    try:
        return storage.local(own.file.path).read_bytes()
    except FileNotFoundError:
        return b""


def _asked_of_child(
    content: bytes,
    contexts: Sequence[Mapping[str, Any]],
    known: Mapping[str, Any] | None,
    pictures: Pictures | None = None,
) -> Any:
    """What the child says; a limit that was reached is a template that is too long."""
    asked: dict[str, Any] = {"content": b64encode(content).decode(), "contexts": contexts, "known": known}
    if pictures and pictures.rows:
        rows = [(words, b64encode(picture).decode()) for words, picture in pictures.rows]
        asked["pictures"] = {"heading": pictures.heading, "rows": rows}
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"faults": [["too_long", ""]]}
    return json.loads(done.stdout) if done.returncode == 0 else {"faults": [["too_long", ""]]}
