"""The worker that opens the note's page without a network, and the page as the phone keeps it: it knows nobody."""

import hashlib
import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from deliberations.forms.notes import LogForm
from deliberations.note_words import WORDS
from stations.models import Mandate
from workflow.templatetags.portal import SPRITE

_SCRIPTS = (
    "alone",
    "attachments",
    "draft",
    "home",
    "page",
    "panel",
    "phone",
    "queue",
    "recorder",
    "seal",
    "sending",
    "shrink",
    "store",
    "words",
)
#: Everything that the page needs to be shown and to work.
FILES = (
    "vendor/bootstrap-5.3.9/bootstrap.min.css",
    "css/portal.css",
    "css/components.css",
    "css/notes.css",
    "css/print.css",
    "vendor/htmx-2.0.11/htmx.min.js",
    "js/portal.js",
    "js/copy.js",
    "img/mark.svg",
    SPRITE,
    *(f"js/notes/{name}.js" for name in _SCRIPTS),
)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker with what it keeps; another byte of any of it is another version, which takes the place of this one."""
    kept = {
        "shell": reverse("notes:shell"),
        "pages": [reverse("deliberations:log_visit"), reverse("supervision:workbench")],
        "note": reverse("deliberations:log_visit"),
        "files": [static(name) for name in FILES],
    }
    kept["version"] = _version(json.dumps(kept) + _shell(request).content.decode())
    script = render_to_string("deliberations/note_worker.js", {"kept": json.dumps(kept)})
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    response.same_for_all = True  # type: ignore[attr-defined]
    return response


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The note's page as it is kept on a phone: the same for everybody, whoever is signed in."""
    response = _shell(request)
    response["Cache-Control"] = "no-cache"
    response.same_for_all = True  # type: ignore[attr-defined]
    return response


def _shell(request: HttpRequest) -> HttpResponse:
    form = LogForm(mandates=Mandate.objects.none())
    del form.fields["mandate"], form.fields["client_id"]
    # large type as every deputy has it; nobody's name, and no message meant for somebody
    reader = {"is_deputy": True, "user": None}
    context = {"form": form, "words": WORDS, "actor": reader, "messages": (), "person": ""}
    with translation.override("zh-hans"):
        return render(request, "deliberations/note_offline.html", context)


def _version(told: str) -> str:
    """A digest over what is kept. Where names of files tell nothing of their content, the content itself counts."""
    digest = hashlib.sha256(told.encode())
    for name in FILES:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]
