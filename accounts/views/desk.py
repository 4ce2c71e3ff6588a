"""The accounts desk: who has an account, which posts, and the acts on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import links, policies
from accounts.actor import Actor
from accounts.filters import AccountFilter
from accounts.forms import desk as forms
from accounts.models import Person, Post, User
from accounts.transitions import accounts
from accounts.transitions.accounts import ACCOUNT, Verb
from accounts.views.record import timeline
from workflow import clock
from workflow.engine import Invalid, Stale, permit
from workflow.paging import listing
from workflow.text import number


@dataclass(frozen=True)
class Act:
    """A verb with its page: whom it is for, what it asks, what it says beforehand."""

    verb: Verb
    label: Any
    allowed: Callable[[Actor, User], bool]
    perform: Callable[..., Any]
    form: type[forms.ActForm] = forms.ActForm
    note: Any = ""
    danger: bool = False


def _give(user: User, *, actor: Actor, version: int, **post: Any) -> None:
    accounts.give_post(user, actor=actor, version=version, facts=accounts.PostFacts(**post))


_RESET_NOTE = _(
    "The present password and all sessions of the account end. You get a link to print or read out; with it a new "
    "password is chosen."
)
_LOCK_NOTE = _("Nobody signs in with the account any more; whoever is signed in with it is signed out at once.")
_HAND_ON_NOTE = _(
    "The new holder inherits the desk: everything that waits for this post. Lock the old account if its holder leaves."
)

ACTS = {
    act.verb.value: act
    for act in (
        Act(Verb.GIVE_POST, _("Give a post"), policies.can_manage, _give, forms.PostForm),
        Act(
            Verb.RESET_PASSWORD,
            _("Reset password"),
            policies.can_reset_password,
            accounts.reset_password,
            note=_RESET_NOTE,
        ),
        Act(
            Verb.LOCK,
            _("Lock"),
            policies.can_manage,
            accounts.lock_account,
            forms.ReasonForm,
            note=_LOCK_NOTE,
            danger=True,
        ),
        Act(Verb.UNLOCK, _("Unlock"), policies.can_manage, accounts.unlock_account),
    )
}
POST_ACTS = {
    act.verb.value: act
    for act in (
        Act(Verb.END_POST, _("End the post"), policies.can_manage, accounts.end_post, forms.EndPostForm),
        Act(
            Verb.HAND_ON_POST,
            _("Hand on the post"),
            policies.can_manage,
            accounts.hand_on_post,
            forms.HandOnForm,
            note=_HAND_ON_NOTE,
        ),
    )
}


def account_list(request: HttpRequest) -> HttpResponse:
    """All accounts, by the sound of the name."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_accounts(actor))
    held = Post.objects.current(clock.today()).select_related("organ")
    rows = User.objects.visible_to(actor).select_related("person")
    rows = rows.prefetch_related(Prefetch("posts", queryset=held, to_attr="held"))
    order = (("person__pinyin", "asc"), ("pk", "asc"))
    context = listing(request, rows, AccountFilter, order, counted=_("%(count)s accounts"))
    return render(request, "accounts/list.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its person, posts of all times, what can be done, what happened."""
    actor = request.actor  # type: ignore[attr-defined]
    holder = get_object_or_404(_accounts(actor), pk=pk)
    posts = list(holder.posts.select_related("organ").order_by("-since", "-id"))
    context = {
        "holder": holder,
        "posts": [_post(actor, holder, post) for post in posts],
        "acts": [_button(act, [pk]) for act in ACTS.values() if _offered(act, actor, holder)],
        "events": timeline(holder),
        "version": holder.version,
        "is_own": policies.is_own(actor, holder),
    }
    return render(request, "accounts/detail.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Open an account; the page after it shows the one-time link, this once."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_open_account(actor))
    form = forms.OpenAccountForm(_posted(request), actor=actor, initial=_proposed(request))
    if form.is_valid():
        try:
            opened = {"person": form.whose(), "username": form.cleaned_data["username"], "post": form.facts()}
            holder, token = accounts.open_account(actor=actor, **opened)
        except Invalid as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return _link_page(request, holder, token)
    context = {"form": form, "submit_label": _("Open the account"), "cancel_url": reverse("accounts:accounts")}
    return render(request, "accounts/open.html", context, status=422 if form.is_bound else 200)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """An act on an account."""
    holder = get_object_or_404(_accounts(request.actor), pk=pk)  # type: ignore[attr-defined]
    chosen = ACTS[verb]
    return _page(request, chosen, holder, holder, chosen.allowed)


def post_act(request: HttpRequest, pk: int, post: int, verb: str) -> HttpResponse:
    """An act on one of an account's posts."""
    holder = get_object_or_404(_accounts(request.actor), pk=pk)  # type: ignore[attr-defined]
    row = get_object_or_404(holder.posts.select_related("organ", "user"), pk=post)
    return _page(request, POST_ACTS[verb], holder, row, lambda actor, user: policies.can_give(actor, user, row.role))


def _page(
    request: HttpRequest, chosen: Act, holder: User, subject: User | Post, allowed: Callable[[Actor, User], bool]
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    permit(allowed(actor, holder))
    ACCOUNT.require(holder, chosen.verb)
    form = chosen.form(_posted(request), actor=actor)
    if request.method == "POST":
        done, result = _performed(request, chosen, holder, subject, form)
        if done:
            return _answer(request, holder, result)
    context = {
        "act": chosen,
        "holder": holder,
        "post": subject if isinstance(subject, Post) else None,
        "form": form,
        "version": holder.version,
        "danger": chosen.danger,
        "submit_label": chosen.label,
        "cancel_url": reverse("accounts:account", args=[holder.pk]),
    }
    return render(request, "accounts/act.html", context, status=422 if form.is_bound else 200)


def _performed(
    request: HttpRequest, chosen: Act, holder: User, subject: User | Post, form: forms.ActForm
) -> tuple[bool, Any]:
    if request.POST.get("version") != str(holder.version):
        raise Stale
    if not form.is_valid():
        return False, None
    try:
        return True, chosen.perform(subject, actor=form.actor, version=holder.version, **form.cleaned_data)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False, None


def _answer(request: HttpRequest, holder: User, result: Any) -> HttpResponse:
    if isinstance(result, str):
        return _link_page(request, holder, result)
    messages.success(request, _("Done."))
    return redirect("accounts:account", holder.pk)


def _link_page(request: HttpRequest, holder: User, token: str) -> HttpResponse:
    """The one-time link, shown in the answer and kept nowhere."""
    context = {
        "holder": holder,
        "address": links.address_of(token),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    return render(request, "accounts/link.html", context)


def _accounts(actor: Actor) -> Any:
    return User.objects.visible_to(actor).select_related("person")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """What another page came with: ``?person=<pk>&role=ORGAN_HANDLER&organ=<pk>``."""
    wanted = number(request.GET.get("person", ""))
    person = Person.objects.filter(pk=wanted).first() if wanted else None
    told = {"person": person.pk, "name": person.name} if person else {}
    return {**told, "role": request.GET.get("role", ""), "organ": request.GET.get("organ", "")}


def _post(actor: Actor, holder: User, post: Post) -> dict[str, Any]:
    """A post with what can still be done to it."""
    over = post.until is not None and post.until < clock.today()
    open_to = not over and policies.can_give(actor, holder, post.role)
    acts = [_button(act, [holder.pk, post.pk]) for act in POST_ACTS.values()] if open_to else []
    return {"post": post, "over": over, "acts": acts}


def _offered(chosen: Act, actor: Actor, holder: User) -> bool:
    return ACCOUNT.allows(holder, chosen.verb) and chosen.allowed(actor, holder)


def _button(chosen: Act, args: list[int]) -> dict[str, Any]:
    name = "accounts:act" if len(args) == 1 else "accounts:post_act"
    url = reverse(name, args=[*args, chosen.verb.value])
    return {"label": chosen.label, "url": url, "style": "danger" if chosen.danger else "secondary"}
