"""The folder of an activity: on screen, as one Word document, as PDF; photos and news are put in here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from files.documents import pdf
from files.documents.writing import WORD
from files.documents.writing import render as written
from files.downloads import content_response
from supervision.folders.catalogue import SOURCES
from supervision.folders.contents import Folder, Source
from supervision.folders.documents import ACTIVITY, context_of, pictures_of, readable
from supervision.forms.folders import FolderNewsForm, PhotosForm
from workflow.engine import Conflict, Invalid, Stale, permit


def folder(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """All of one activity, what is still lacking, and where to put it in."""
    source, subject, found = _found(request, kind, key)
    keeps = source.may_keep(request.actor, subject)  # type: ignore[attr-defined]
    context = {
        "folder": found,
        "keeps": keeps,
        "takes_photos": keeps and source.photos is not None,
        "pdf": pdf.is_possible(),
    }
    return render(request, "supervision/folder.html", context)


def document(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The whole folder as one Word document, the photos behind it."""
    _source, _subject, found = _found(request, kind, key)
    content = written(ACTIVITY, [context_of(found)], pictures_of(found))
    return content_response(content, f"{_name(found)}.docx", WORD)


def sheet(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The whole folder on paper."""
    _source, _subject, found = _found(request, kind, key)
    context = {"folder": found, "photos": found.photos}
    if pdf.is_possible():
        context["pdf_url"] = reverse("supervision:folder_pdf", args=[kind, key])
    return render(request, "supervision/folder_sheet.html", context)


def as_pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The same as PDF. Raises Conflict where the machine cannot make one."""
    _source, _subject, found = _found(request, kind, key)
    pictures = readable(found.photos)
    files = {row.url: content for row, content in pictures}
    context = {"folder": found, "photos": [row for row, _content in pictures]}
    return content_response(pdf.drawn("supervision/folder_sheet.html", context, files), f"{_name(found)}.pdf", pdf.PDF)


def news(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Write the short news; five sentences made of what is recorded stand there to begin with."""
    source, subject, found = _found(request, kind, key)
    form = FolderNewsForm(request.POST or None, initial={"news": found.text})

    def perform(version: int) -> None:
        source.write_news(subject, actor=request.actor, version=version, news=form.cleaned_data["news"])  # type: ignore[attr-defined]

    return _act(request, source, subject, found, form, perform, _("Short news"))


def photos(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Put in several photos; one that is refused keeps all of them out."""
    source, subject, found = _found(request, kind, key)
    if source.photos is None:
        raise Http404
    put_in: Callable[..., Any] = source.photos
    form = PhotosForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def perform(version: int) -> None:
        put_in(subject, actor=request.actor, version=version, photos=form.cleaned_data["photos"])  # type: ignore[attr-defined]

    return _act(request, source, subject, found, form, perform, _("Put in photos"))


def _act(
    request: HttpRequest,
    source: Source,
    subject: Any,
    found: Folder,
    form: Any,
    perform: Callable[[int], None],
    heading: str,
) -> HttpResponse:
    """Once the form is good, the verb; what it refuses stands in the form, a faster one answers 409."""
    permit(source.may_keep(request.actor, subject))  # type: ignore[attr-defined]
    case, back = source.case(subject), reverse("supervision:folder", args=[found.kind, found.key])
    context = {"heading": heading, "lead": found.title, "form": form, "cancel_url": back, "submit_label": _("Save")}
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            if request.POST.get("version") != str(case.version):
                raise Stale
            perform(case.version)
        except Invalid as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        except Conflict as refused:
            case.refresh_from_db()
            context["conflict"], status = refused.sentence, 409
        else:
            messages.success(request, _("It is in the folder."))
            return redirect(back)
    return render(request, "components/act.html", {**context, "version": case.version}, status=status)


def _found(request: HttpRequest, kind: str, key: str) -> tuple[Source, Any, Folder]:
    """The folder that this person may see; raises Http404, and NotAllowed for who only sees the activity."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    source = SOURCES.get(kind)
    subject = source.find(actor, key) if source else None
    if source is None or subject is None:
        raise Http404
    permit(source.may_see(actor, subject))
    return source, subject, source.build(subject, actor)


def _name(found: Folder) -> str:
    return f"{found.on:%Y%m%d}{found.title}档案"
