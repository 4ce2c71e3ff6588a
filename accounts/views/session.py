"""Coming in and going out: sign-in, one-time link, password, as whom one acts, language."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import cards, links
from accounts.doors import is_pressed
from accounts.entering import begin
from accounts.forms.sign_in import ChangePasswordForm, NewPasswordForm, SignInForm
from accounts.middleware import POST_KEY
from accounts.models import User
from accounts.transitions import accounts
from workflow import clock
from workflow.text import number

#: Characters of an address to go on to.
LONGEST_NEXT = 1000


@sensitive_post_parameters("password")
@login_not_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; wrong ones are answered alike whether or not the account exists."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if request.method == "POST" and is_pressed(request):
        return render(request, "accounts/locked_out.html", {"by_address": True}, status=429)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            begin(request, user)
            return redirect(_next(request))
        form.add_error(None, _("User name or password is wrong."))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    context["rests"] = request.COOKIES.get(cards.COOKIE) and request.COOKIES.get(cards.RESTING)
    return render(request, "accounts/sign_in.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and let the browser forget what it kept of it; a trusted phone rests until it is woken."""
    logout(request)
    response = redirect("accounts:sign_in")
    if request.COOKIES.get(cards.COOKIE):
        age, secure = settings.TRUSTED_PHONE_DAYS * 24 * 3600, settings.SESSION_COOKIE_SECURE
        response.set_cookie(cards.RESTING, "1", max_age=age, secure=secure, httponly=True, samesite="Lax")
        response["Clear-Site-Data"] = '"cache"'
    else:
        response["Clear-Site-Data"] = '"cache", "cookies"'
    return response


@login_not_required
@require_POST
def wake(request: HttpRequest) -> HttpResponse:
    """Go on with the trusted phone that was signed out on: the next page knows it again."""
    response = redirect(_next(request))
    response.delete_cookie(cards.RESTING)
    return response


@sensitive_post_parameters("password", "again")
@login_not_required
@never_cache
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by a one-time link. Opening the page uses nothing up: messengers look at links too."""
    holder = links.holder_of(token)
    if holder is None:
        return render(request, "accounts/link_over.html", {"sentence": accounts.LINK_OVER}, status=404)
    form = NewPasswordForm(request.POST or None, user=holder)
    if request.method == "POST" and form.is_valid():
        user = accounts.set_password(token, password=form.cleaned_data["password"])
        begin(request, user)
        messages.success(request, _("Your password is set, and you are signed in."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "holder": holder}
    return render(request, "accounts/set_password.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("old", "password", "again")
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password; all other sessions of the account end."""
    user = _user(request)
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        changed = accounts.change_own_password(user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, changed)
        messages.success(request, _("Your password is changed. Other computers you were signed in on are signed out."))
        return redirect(settings.LOGIN_REDIRECT_URL if user.must_change_password else "accounts:me")
    cancel = "" if user.must_change_password else reverse("accounts:me")
    context = {"form": form, "submit_label": _("Change password"), "cancel_url": cancel}
    return render(request, "accounts/change_password.html", context, status=422 if form.is_bound else 200)


@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Act under another of one's own present posts; anything else is not found."""
    user = _user(request)
    held = user.posts.current(clock.today()).filter(pk__in=[post.pk for post in request.actor.posts])  # type: ignore[attr-defined]
    post = get_object_or_404(held, pk=number(request.POST.get("post", "")))
    request.session[POST_KEY] = post.pk
    accounts.choose_post(user, post)
    return redirect(_next(request))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the pages, kept with the account or, before sign-in, by the browser."""
    response, wished = redirect(_next(request, "accounts:sign_in")), request.POST.get("language", "")
    if wished not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        accounts.choose_language(request.user, wished)
    else:
        year = timedelta(days=365)
        secure = getattr(settings, "LANGUAGE_COOKIE_SECURE", False)
        name = settings.LANGUAGE_COOKIE_NAME
        response.set_cookie(name, wished, max_age=year, secure=secure, httponly=True, samesite="Lax")
    return response


def me(request: HttpRequest) -> HttpResponse:
    """One's own account: name, posts past and present, password."""
    user = _user(request)
    posts = user.posts.select_related("organ").order_by("-since", "-id")
    return render(request, "accounts/me.html", {"holder": user, "posts": posts})


def _user(request: HttpRequest) -> User:
    """The signed-in account with its person; only pages that ask to sign in call this."""
    assert isinstance(request.user, User)
    return User.objects.select_related("person").get(pk=request.user.pk)


def _next(request: HttpRequest, otherwise: Any = settings.LOGIN_REDIRECT_URL) -> str:
    """The page asked for before, when it is one of ours."""
    wished = request.POST.get("next") or request.GET.get("next", "")
    # a word without a slash would be taken for the name of a view, and a browser follows no longer address
    local = wished.startswith("/") and len(wished) <= LONGEST_NEXT
    safe = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
    return wished if local and safe else resolve_url(otherwise)
