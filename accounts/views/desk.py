"""The accounts desk: who has an account, which posts, and the acts on them."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
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
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Invalid, permit
from workflow.paging import listing
from workflow.text import number


def _give(user: User, *, actor: Actor, version: int, **post: Any) -> None:
    accounts.give_post(user, actor=actor, version=version, facts=accounts.PostFacts(**post))


def _may_give(actor: Actor, post: Post) -> bool:
    return policies.can_give(actor, post.user, post.role)


def _require_of_post(post: Post, verb: str) -> None:
    ACCOUNT.require(post.user, verb)


def _link_page(request: HttpRequest, holder: User, token: str) -> HttpResponse:
    """The one-time link, shown in the answer and kept nowhere."""
    context = {
        "holder": holder,
        "address": links.address_of(token),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    return render(request, "accounts/link.html", context)


_RESET_NOTE = _(
    "The present password and all sessions of the account end. You get a link to print or read out; with it a new "
    "password is chosen."
)
_LOCK_NOTE = _("Nobody signs in with the account any more; whoever is signed in with it is signed out at once.")
_HAND_ON_NOTE = _(
    "The new holder inherits the desk: everything that waits for this post. Lock the old account if its holder leaves."
)

_on_account = partial(Act, subject=User, require=ACCOUNT.require)
_on_post = partial(Act, allowed=_may_give, subject=Post, require=_require_of_post)

ACTS = catalogue(
    _on_account(Verb.GIVE_POST, _("Give a post"), _give, policies.can_manage, forms.PostForm),
    _on_account(
        Verb.RESET_PASSWORD,
        _("Reset password"),
        accounts.reset_password,
        policies.can_reset_password,
        note=_RESET_NOTE,
        answer=_link_page,
    ),
    _on_account(
        Verb.LOCK,
        _("Lock"),
        accounts.lock_account,
        policies.can_manage,
        forms.LockForm,
        note=_LOCK_NOTE,
        style="danger",
    ),
    _on_account(Verb.UNLOCK, _("Unlock"), accounts.unlock_account, policies.can_manage),
)
POST_ACTS = catalogue(
    _on_post(Verb.END_POST, _("End the post"), accounts.end_post, form=forms.EndPostForm),
    _on_post(
        Verb.HAND_ON_POST, _("Hand on the post"), accounts.hand_on_post, form=forms.HandOnForm, note=_HAND_ON_NOTE
    ),
)


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
        "posts": [_post(actor, post) for post in posts],
        "acts": offered(ACTS.values(), actor, holder, lambda act: reverse("accounts:act", args=[pk, act.verb.value])),
        "events": timeline(holder),
        "version": holder.version,
        "is_own": policies.is_own(actor, holder),
    }
    return render(request, "accounts/detail.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Open an account; the page after it shows the one-time link, this once."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_open_account(actor))
    form = forms.OpenAccountForm(_posted(request), actor=actor, subject=None, initial=_proposed(request))
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
    return _page(request, ACTS[verb], holder, holder)


def post_act(request: HttpRequest, pk: int, post: int, verb: str) -> HttpResponse:
    """An act on one of an account's posts."""
    holder = get_object_or_404(_accounts(request.actor), pk=pk)  # type: ignore[attr-defined]
    row = get_object_or_404(holder.posts.select_related("organ"), pk=post)
    row.user = holder
    return _page(request, POST_ACTS[verb], holder, row)


def _page(request: HttpRequest, chosen: Act, holder: User, subject: User | Post) -> HttpResponse:
    context = {"holder": holder, "post": subject if isinstance(subject, Post) else None}
    back = reverse("accounts:account", args=[holder.pk])
    return act_page(request, chosen, holder, subject, back=back, template="accounts/act.html", **context)


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


def _post(actor: Actor, post: Post) -> dict[str, Any]:
    """A post with what can still be done to it."""
    over = post.until is not None and post.until < clock.today()
    acts = [] if over else offered(POST_ACTS.values(), actor, post, lambda act: _url_of(act, post))
    return {"post": post, "over": over, "acts": acts}


def _url_of(act: Act, post: Post) -> str:
    return reverse("accounts:post_act", args=[post.user_id, post.pk, act.verb.value])
