"""Document templates: which are in use, what their placeholders mean, putting in an own one and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from files.documents.writing import WORD, Form
from files.downloads import attachment_response, content_response
from files.models import DocumentTemplate
from supervision import policies
from supervision.documents import FORMS
from supervision.forms.document_templates import TemplateForm
from supervision.transitions.document_templates import drop_template, use_template
from workflow.engine import Invalid, permit


def overview(request: HttpRequest) -> HttpResponse:
    """The forms, and whose template each is written from."""
    permit(policies.can_keep_templates(request.actor))  # type: ignore[attr-defined]
    own = {row.name: row for row in _templates().filter(until=None)}
    rows = [{"form": form, "own": own.get(form.name)} for form in FORMS.values()]
    return render(request, "supervision/document_templates.html", {"rows": rows})


def detail(request: HttpRequest, name: str) -> HttpResponse:
    """One form: its template, the meaning of each placeholder, a field for an own one, the former ones."""
    actor, form = request.actor, _form(request, name)  # type: ignore[attr-defined]
    asked = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if asked.is_valid():
        try:
            use_template(form, actor=actor, file=asked.cleaned_data["file"])
        except Invalid as refused:
            asked.add_error("file", refused.sentence)
        else:
            messages.success(request, _("The template is in use now."))
            return redirect("supervision:document_template", name)
    return render(request, "supervision/document_template.html", _context(form, asked), status=_status(asked))


def drop(request: HttpRequest, name: str) -> HttpResponse:
    """Take the own template back, after a question."""
    form = _form(request, name)
    back = reverse("supervision:document_template", args=[name])
    if request.method == "POST":
        drop_template(form, actor=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("The portal's own template is in use again."))
        return redirect(back)
    sentence = _("Write “%(form)s” from the portal's own template again? The county's stays among the former ones.")
    context = {"form_title": form.title, "sentence": sentence % {"form": form.title}, "cancel_url": back}
    return render(request, "supervision/document_template_drop.html", {**context, "submit_label": _("Take it back")})


def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """The portal's own template, to begin from."""
    form = _form(request, name)
    return content_response(form.shipped(), f"{form.title}模板.docx", WORD)


def own(request: HttpRequest, name: str, pk: int) -> HttpResponseBase:
    """A county's template, in use or former."""
    form = _form(request, name)
    return attachment_response(request, get_object_or_404(_templates(), name=form.name, pk=pk).file)


def _form(request: HttpRequest, name: str) -> Form:
    permit(policies.can_keep_templates(request.actor))  # type: ignore[attr-defined]
    if name not in FORMS:
        raise Http404
    return FORMS[name]


def _templates() -> Any:
    return DocumentTemplate.objects.select_related("file", "by__person")


def _context(form: Form, asked: TemplateForm) -> dict[str, Any]:
    rows = list(_templates().filter(name=form.name).order_by("-since", "-pk"))
    return {
        "document": form,
        "own": next((row for row in rows if row.until is None), None),
        "former": [row for row in rows if row.until is not None],
        "placeholders": form.placeholders,
        "conditional": f"{{% if {form.placeholders[0].name} %}}…{{% endif %}}",
        "form": asked,
        "submit_label": _("Put in use"),
    }


def _status(asked: TemplateForm) -> int:
    return 422 if asked.is_bound else 200
