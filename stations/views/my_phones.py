"""A deputy's own phones: which are trusted, how one is taken away, what happened, and the PIN."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import AccountEvent, TrustedDevice
from accounts.timeline import READ_ALONG
from accounts.transitions import cards as phones
from accounts.transitions.accounts import Verb
from accounts.views.record import told
from stations.forms.phones import PinForm
from stations.transitions.cards import require_pin
from workflow import clock
from workflow.engine import Invalid
from workflow.text import number

#: What concerns cards and phones in the record of an account.
OF_PHONES = (
    Verb.PRINT_CARD,
    Verb.SPOIL_CARD,
    Verb.ASK_PHONE,
    Verb.BIND_PHONE,
    Verb.REFUSE_PHONE,
    Verb.REVOKE_PHONE,
    Verb.CHOOSE_PIN,
)
_MOST_EVENTS = 20


def my_phones(request: HttpRequest) -> HttpResponse:
    """One's own trusted phones, each with the button for one that is lost."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = TrustedDevice.objects.live(clock.now()).filter(user=actor.user).order_by("-bound_at", "-pk")
    context = {"phones": rows, "events": record_of(actor.user.pk)}
    return render(request, "stations/my_phones.html", context)


@sensitive_post_parameters("old", "pin", "again")
def choose_pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the phone in hand."""
    actor = request.actor  # type: ignore[attr-defined]
    phones_in_hand = TrustedDevice.objects.select_related("user__person")
    phone = get_object_or_404(phones_in_hand, pk=actor.device_id or 0, user=actor.user)
    form = PinForm(request.POST if request.method == "POST" else None, has_one=bool(phone.pin))
    if form.is_valid() and _chosen(form, actor, phone):
        messages.success(request, _("Your PIN is set. It is asked when you say what you think of an answer."))
        return redirect(_onward(request))
    first = not phone.pin
    context = {
        "form": form,
        "first": first,
        "submit_label": _("Set the PIN"),
        "cancel_url": "" if first else reverse("stations:my_phones"),
    }
    return render(request, "stations/pin.html", context, status=422 if form.is_bound else 200)


def record_of(user: int | None) -> list[dict[str, Any]]:
    """What happened to the cards and phones of an account, newest first."""
    rows = AccountEvent.objects.filter(user=user, verb__in=OF_PHONES).select_related(*READ_ALONG)
    return [told(event) for event in rows.order_by("-seq")[:_MOST_EVENTS]]


def _chosen(form: PinForm, actor: Any, phone: TrustedDevice) -> bool:
    try:
        phones.check_new_pin(phone.user, form.cleaned_data["pin"])
        if phone.pin:
            require_pin(actor, form.cleaned_data["old"])
        phones.choose_pin(phone, actor=actor, pin=form.cleaned_data["pin"])
    except Invalid as refused:
        # the present PIN is called by its field here
        form.add_error("old" if refused.code == "wrong_pin" else "pin", refused.sentence)
        return False
    return True


def _onward(request: HttpRequest) -> str:
    """Back to the answer that asks for the PIN, else to the first page."""
    reply = number(request.GET.get("of", ""))
    return reverse("suggestions:detail", args=[reply]) if reply else reverse("supervision:workbench")
