"""Answers that are pages but belong to no object: refusals, what was not found, what broke."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from workflow import problems
from workflow.engine import Refused
from workflow.requests import request_id


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """One sentence why the act did not happen, and the way back to the page it was tried from."""
    template = f"errors/{refused.status}.html" if refused.status in (403, 409) else "errors/409.html"
    return render(request, template, {"sentence": refused.sentence, "back_url": request.path}, status=refused.status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400, without telling what was tried."""
    if problems.is_wanted(request):
        return problems.plain_problem(400)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 of Django's own (CSRF and the like)."""
    sentence = _("This is not allowed here.")
    return render(request, "errors/403.html", {"sentence": sentence, "back_url": "/"}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long: what to do, not what a token is."""
    sentence = _("You were signed out meanwhile. Go back to the page and send it once more.")
    return render(request, "errors/expired.html", {"sentence": sentence, "back_url": request.path}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: there is no such page, or none that this person may see."""
    if problems.is_wanted(request):
        return problems.plain_problem(404)
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, rendered without context processors, which may be what broke; the id finds the log line."""
    if problems.is_wanted(request):
        return problems.plain_problem(500)
    page = loader.get_template("errors/500.html").render({"request_id": request_id()})
    return HttpResponse(page, status=500)
