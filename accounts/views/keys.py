"""One's own API keys: made, shown once, revoked."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.forms.keys import KeyForm
from accounts.models import ApiToken
from accounts.transitions import keys
from workflow import clock
from workflow.engine import Invalid, permit


@never_cache
def key_list(request: HttpRequest) -> HttpResponse:
    """The keys of one's own account, and a new one: its text stands on this page once and nowhere else."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(actor.device_id is None, _("No keys are made on a phone that is signed in by itself."))
    held = actor.user.posts.current(clock.today()).select_related("organ")
    form = KeyForm(request.POST if request.method == "POST" else None, posts=held, initial={"post": actor.post})
    context: dict[str, Any] = {"form": form, "may_make": held.exists()}
    status = 422 if form.is_bound else 200
    if form.is_valid() and (made := _made(form, actor)):
        context |= {"made": made[0], "key": made[1], "form": KeyForm(posts=held, initial={"post": actor.post})}
        status = 200
    rows = ApiToken.objects.filter(post__user=actor.user, until=None).select_related("post__organ")
    context |= {"keys": rows, "submit_label": _("Make a key"), "example": settings.SITE_URL + reverse("api:v1:me")}
    return render(request, "accounts/keys.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own keys opens nothing any more."""
    actor = request.actor  # type: ignore[attr-defined]
    token = get_object_or_404(ApiToken.objects.select_related("post__user"), pk=pk, post__user=actor.user)
    keys.revoke_key(token, actor=actor)
    messages.success(request, _("The key is revoked; programs that use it are refused from now on."))
    return redirect("accounts:keys")


def _made(form: KeyForm, actor: Any) -> tuple[ApiToken, str] | None:
    try:
        return keys.make_key(actor.user, actor=actor, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field, refused.sentence)
        return None
