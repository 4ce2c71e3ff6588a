"""Addresses at which every kind of refusal happens, beside those of the portal that its pages link to."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.urls import path

from config import urls
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

ERRORS = {
    "not_allowed": NotAllowed(),
    "conflict": Conflict("over", "The meeting is over."),
    "stale": Stale(),
    "invalid": Invalid("number", "taken", "The number %(number)s is taken.", number=7),
    "gone": Http404(),
    "denied": PermissionDenied(),
    "broken": ZeroDivisionError("a secret of the house"),
    "malformed": SuspiciousOperation(),
}


def refusing(error):
    def view(_request):
        raise error

    return view


urlpatterns = [
    *(path(f"{kind}/", refusing(error)) for kind, error in ERRORS.items()),
    path("fine/", lambda _request: HttpResponse("fine")),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
