"""A notice as its link shows it to whoever has the link, without a sign-in: nothing private stands there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.public import may_come, too_often
from deliberations.models import Notice, NoticeReceipt, Topic
from deliberations.transitions.machines import Verb
from files.downloads import attachment_response

View = Callable[..., HttpResponseBase]


def _by_link(view: View) -> View:
    """Open to everybody, not too often from one address, kept by no cache and found by no search."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponseBase:
        response = view(request, token) if may_come(request) else too_often(request)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


@_by_link
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """What the notice says; for the liaison of a station that has it, the button 收到."""
    found = _of(token)
    if found is None:
        return render(request, "deliberations/public_notice_unknown.html", status=404)
    context: dict[str, Any] = {"notice": found, "withdrawn": found.status == Notice.Status.WITHDRAWN}
    if not context["withdrawn"]:
        topics = found.cycle.topics.filter(status=Topic.Status.SELECTED)
        context |= {"cycle": found.cycle, "topics": topics, "own": _own(request, found)}
    return render(request, "deliberations/public_notice.html", context)


@_by_link
def guidance(request: HttpRequest, token: str) -> HttpResponseBase:
    """The guidance for deputies that came with a notice in force."""
    found = _of(token)
    if found is None or found.guidance is None or found.status != Notice.Status.ISSUED:
        return render(request, "deliberations/public_notice_unknown.html", status=404)
    return attachment_response(request, found.guidance)


def _of(token: str) -> Notice | None:
    return Notice.objects.select_related("cycle", "guidance").filter(token=token).first()


def _own(request: HttpRequest, found: Notice) -> list[dict[str, Any]]:
    """The receipts of one's own stations, each with the address of the button while it waits for the click."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor.role != "STATION":
        return []
    rows = NoticeReceipt.objects.visible_to(actor).filter(notice=found).select_related("station")
    verb = Verb.RECEIVE_NOTICE.value
    return [
        {
            "receipt": row,
            "url": reverse("deliberations:cycle_part_act", args=[found.cycle_id, verb, row.pk])
            if row.status == NoticeReceipt.Status.SENT
            else "",
        }
        for row in rows
    ]
