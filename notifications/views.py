"""The inbox: what I was told, and the way from there to what it is about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import POST_KEY
from notifications import texts, transitions
from notifications.forms import SeenForm
from notifications.models import Notification
from notifications.reminders import SETTLED
from workflow.engine import Invalid
from workflow.paging import listing

NEWEST = (("created_at", "desc"), ("pk", "desc"))


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What is unread, or with ``?show=all`` everything I was told, newest first."""
    mine = _mine(request)
    everything = request.GET.get("show") == "all"
    rows = mine if everything else mine.unread()
    context = listing(request, rows.select_related("post__organ"), None, NEWEST, counted=_("%(count)s notifications"))
    for row in context["rows"]:
        row.text = texts.sentence(row)
    context["everything"], context["tabs"] = everything, _tabs(mine, everything)
    # to whom it was sent says something only to whoever holds several posts
    context["several"] = len(request.actor.posts) > 1  # type: ignore[attr-defined]
    context["newest"] = max((row.pk for row in context["rows"]), default=0)
    return render(request, "notifications/inbox.html", context)


@require_safe
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read, act under the post it was sent to (D24), and go where it leads.

    A letter keeps its link: what was told once leads to the matter, and says so where it no longer holds.
    """
    mine = Notification.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    notification = get_object_or_404(mine, pk=pk)
    transitions.mark_read(notification, user=request.user)  # type: ignore[arg-type]
    _act_as_addressed(request, notification)
    if notification.void_reason == SETTLED:
        messages.info(request, _("What you were told no longer holds; this is how the matter stands now."))
    return redirect(_local(notification.url))


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark read what the page showed; what came in since stays unread."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Invalid("newest", "unknown_page", _("Load the inbox again and repeat."))
    transitions.mark_all_read(request.user, up_to=form.cleaned_data["newest"])  # type: ignore[arg-type]
    return redirect("notifications:inbox")


def _mine(request: HttpRequest) -> Any:
    return Notification.objects.visible_to(request.actor).in_inbox()  # type: ignore[attr-defined]


def _tabs(mine: Any, everything: bool) -> list[dict[str, Any]]:
    url = reverse("notifications:inbox")
    return [
        {"label": _("Unread"), "url": url, "current": not everything, "count": mine.unread().count()},
        {"label": _("All"), "url": f"{url}?show=all", "current": everything},
    ]


def _act_as_addressed(request: HttpRequest, notification: Notification) -> None:
    """Switch to the post it was sent to, if that is another one and still held."""
    actor = request.actor  # type: ignore[attr-defined]
    held = {post.pk: post for post in actor.posts}
    post = held.get(notification.post_id)
    if post is None or post == actor.post:
        return
    request.session[POST_KEY] = post.pk
    messages.info(request, _("You now act as: %(post)s. This was sent to that post.") % {"post": post})


def _local(url: str) -> str:
    """The address inside the portal; the inbox for anything else."""
    local = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if local else reverse("notifications:inbox")
