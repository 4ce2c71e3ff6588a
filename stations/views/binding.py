"""The deputy's side of binding: the card scanned, four digits, and waiting for the liaison; nobody is signed in yet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import cards as secrets
from accounts.doors import address_of
from accounts.models import BindingCard, TrustedDevice
from stations.forms.phones import DigitsForm
from stations.models import Mandate, StationStaff
from stations.transitions import cards
from workflow import clock
from workflow.engine import Conflict, Invalid, Refused

#: Seconds after which a waiting phone looks again, without any script.
LOOKS_AGAIN = 5


@sensitive_post_parameters("digits")
@login_not_required
@never_cache
def card(request: HttpRequest, code: str) -> HttpResponse:
    """What the code on a card opens. Looking uses nothing up: messengers look at links too."""
    try:
        found = cards.open_card(code, address=address_of(request) or "")
        phone = _phone_in_hand(request, found)
    except Conflict as refused:
        return _over(request, refused)
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = _asked(request, code, form, phone)
        except Conflict as refused:
            return _over(request, refused)
        if asked:
            return asked
    known = bool(found.user.person.phone.strip())
    context = {
        "card": found,
        "form": form,
        "known": known,
        "again": phone,
        "large": True,
        "liaison": _liaison(found.user.person_id),
    }
    return render(request, "stations/bind.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
def wait(request: HttpRequest) -> HttpResponse:
    """The phone waits for the liaison, and looks again by itself; once confirmed it goes on to the PIN."""
    phone = secrets.phone_of(request)
    if phone is None:
        return _over(request, Conflict("no_phone", _("This phone has not asked to be bound. Scan your card.")))
    if phone.bound_at and not phone.ended_at:
        return _arrived(request, phone)
    if not TrustedDevice.objects.waiting(clock.now()).filter(pk=phone.pk).exists():
        return _over(request, cards.Gone("refused", _("This phone was not confirmed. Call your liaison officer.")))
    context = {"phone": phone, "large": True, "liaison": _liaison(phone.user.person_id)}
    response = render(request, "stations/bind_wait.html", context)
    response["Refresh"] = str(LOOKS_AGAIN)
    return response


def _phone_in_hand(request: HttpRequest, card: BindingCard) -> TrustedDevice | None:
    """The phone as it is bound to the same deputy already. Raises Conflict for anybody else's."""
    actor = request.actor  # type: ignore[attr-defined]
    phone = secrets.phone_of(request)
    bound = phone is not None and phone.bound_at and not phone.ended_at and phone.trusted_until > clock.now()  # type: ignore[operator]
    if bound and phone is not None and phone.user_id != card.user_id:
        raise Conflict("other_phone", _("This phone is bound to another deputy. Take it away there first."))
    if actor.user is not None and (actor.user.pk != card.user_id or actor.device_id is None):
        sentence = _("You are signed in as %(name)s. The card is for the deputy's own phone; sign out first.")
        raise Conflict("signed_in", sentence, name=actor.user.person.name)
    return phone if bound else None


def _asked(request: HttpRequest, code: str, form: DigitsForm, phone: TrustedDevice | None) -> HttpResponse | None:
    """The way on to waiting; None when the form says why not. Raises Conflict."""
    agent, address = request.META.get("HTTP_USER_AGENT", ""), address_of(request) or ""
    try:
        digits = form.cleaned_data["digits"]
        _made, secret = cards.ask(code, digits=digits, agent=agent, address=address, instead_of=phone)
    except Invalid as refused:
        form.add_error(refused.field, refused.sentence)
        return None
    response = redirect("binding:wait")
    secrets.remember(response, secret)
    response.delete_cookie(secrets.RESTING)
    return response


def _arrived(request: HttpRequest, phone: TrustedDevice) -> HttpResponse:
    """Signed in by now, since the phone is trusted: the PIN comes first, then the deputy's first page."""
    if request.actor.device_id != phone.pk:  # type: ignore[attr-defined]
        return redirect("accounts:sign_in")
    if phone.pin:
        return redirect("supervision:workbench")
    messages.success(request, _("This phone is yours now: you need not sign in again on it."))
    return redirect("stations:pin")


def _liaison(person: int) -> StationStaff | None:
    """Whom the deputy calls."""
    stations = Mandate.objects.in_office(clock.today()).filter(person=person, station__isnull=False).values("station")
    duties = StationStaff.objects.on_duty(clock.today()).filter(station__in=stations, duty=StationStaff.Duty.LIAISON)
    return duties.select_related("person").order_by("pk").first()


def _over(request: HttpRequest, refused: Refused) -> HttpResponse:
    status = 404 if refused.code == "unknown_card" else refused.status
    context: dict[str, Any] = {"sentence": refused.sentence, "large": True}
    return render(request, "stations/card_over.html", context, status=status)
