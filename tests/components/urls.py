"""The addresses the frame links to, leading nowhere: components are tested without the apps' pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


def _app(name: str, *names: str) -> tuple[list, str]:
    return [path(f"{name}/{page}/", nowhere, name=page) for page in names], name


urlpatterns = [
    path(
        "", include(_app("accounts", "sign_in", "sign_out", "me", "switch_post", "language", "organs", "accounts", "events"))
    ),
    path("", include(_app("notifications", "inbox"))),
    path("", include(_app("files", "jobs"))),
    path("", include(_app("stations", "list", "deputies"))),
    path("", include(_app("suggestions", "list", "jump", "detail"))),
    path("", include(_app("supervision", "workbench", "reports"))),
]
