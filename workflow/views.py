"""Whether the portal is alive and ready, for whoever watches it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflow.health import Finding, findings


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every check is well, 503 with the reasons otherwise; JSON, or lines for who accepts text/plain."""
    found = findings()
    ready = all(finding.ok for finding in found)
    status = 200 if ready else 503
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        lines = "".join(map(_line, found))
        return HttpResponse(lines, status=status, content_type="text/plain; charset=utf-8")
    body = {"ready": ready, "checks": [vars(finding) for finding in found]}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _line(finding: Finding) -> str:
    return f"{'ok' if finding.ok else 'FAILED'} {finding.check} {finding.sentence}".rstrip() + "\n"
