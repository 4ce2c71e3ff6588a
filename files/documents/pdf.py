"""A printed sheet as PDF, drawn from the page that the browser prints, in a child that may take 3 GB and 60 s.

The child fetches nothing: no network, no file but those handed over. Where the machine lacks what draws text (Pango),
pages offer the browser's own printing instead.
"""

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from workflow.engine import Conflict

PDF = "application/pdf"
#: Seconds by the clock on the wall; the child's own limit counts processor time.
PATIENCE = 120

_CHILD = Path(__file__).with_name("pdf_child.py")
_STYLE = "css/sheets.css"


@cache
def is_possible() -> bool:
    """Whether this machine can draw at all; asked once, since that does not change while it runs."""
    return _asked_of_child({}).returncode == 0


def drawn(template: str, context: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """The sheet of a template as PDF; ``files`` are the pictures by the address under which the page shows them.

    Raises Conflict when this machine cannot draw, or a limit was reached.
    """
    if not is_possible():
        raise Conflict(
            "no_pdf", _("This server cannot make PDF. Please print the page with the browser and save it so.")
        )
    html: str = render_to_string(template, {**context, "paper": True})
    handed = {static(_STYLE): _style(), **(files or {})}
    # what the child hands out stands under an address of its own, so that a path is never one of the machine
    html = re.sub(r'((?:src|href)=")(?=/)', r"\1sheet:", html)
    asked = {"html": html, "files": {address: b64encode(content).decode() for address, content in handed.items()}}
    done = _asked_of_child(asked)
    if done.returncode != 0:
        raise Conflict("too_long", _("This sheet is too long for a PDF. Please print the page with the browser."))
    return done.stdout


def _style() -> bytes:
    found = finders.find(_STYLE)
    assert isinstance(found, str)
    return Path(found).read_bytes()


def _asked_of_child(asked: Mapping[str, Any]) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        return subprocess.run(  # noqa: S603 - fixed words
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, b"", b"")
