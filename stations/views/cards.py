"""The desk's side of binding: cards printed, phones that wait confirmed or refused, phones revoked."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actor import Actor
from accounts.models import TrustedDevice
from stations import policies
from stations.forms.phones import CardForm, CardsForm
from stations.models import Mandate, Station, StationStaff
from stations.querysets.phones import phones_to_confirm, phones_visible_to
from stations.transitions import cards
from stations.transitions.cards import Printed
from workflow import clock
from workflow.engine import Invalid, permit
from workflow.paging import listing

_NEWEST = (("asked_at", "desc"), ("pk", "desc"))


@never_cache
def print_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One deputy's card, shown in the answer and kept nowhere."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Mandate.objects.visible_to(actor).select_related("person__user", "term", "station__township")
    mandate = get_object_or_404(rows, pk=pk)
    permit(policies.can_print_card(actor, mandate))
    form = CardForm(request.POST if request.method == "POST" else None)
    back = reverse("stations:deputy", args=[pk])
    if form.is_valid():
        made = _made(form, lambda: [cards.print_card(mandate, actor=actor, lost=form.cleaned_data["lost"])])
        if made:
            return _sheet(request, made, back)
    context = {"mandate": mandate, "form": form, "cancel_url": back, "submit_label": _("Print the card")}
    return render(request, "stations/card.html", context, status=422 if form.is_bound else 200)


@never_cache
def print_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Cards for the deputies of a station, four to a page; those without a phone are ticked."""
    actor = request.actor  # type: ignore[attr-defined]
    station = get_object_or_404(Station.objects.visible_to(actor), pk=pk)
    permit(policies.can_print_cards(actor, station))
    form = CardsForm(request.POST if request.method == "POST" else None, station=station)
    back = reverse("stations:detail", args=[pk])
    if form.is_valid():
        chosen = list(form.cleaned_data["deputies"])
        made = _made(form, lambda: cards.print_cards(chosen, actor=actor))
        if made:
            return _sheet(request, made, back)
    context = {"station": station, "form": form, "cancel_url": back, "submit_label": _("Print the cards")}
    return render(request, "stations/cards.html", context, status=422 if form.is_bound else 200)


def phone_list(request: HttpRequest) -> HttpResponse:
    """The phones that wait to be confirmed, then those that are trusted."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_phones(actor))
    rows = _seen(actor).select_related("user__person", "confirmed_by__person")
    context = listing(request, rows.live(clock.now()), None, _NEWEST, counted=_("%(count)s trusted phones"))
    waiting = phones_to_confirm(actor, TrustedDevice.objects.all(), Mandate.objects.all(), clock.now())
    context["waiting"] = waiting.select_related("user__person").order_by("asked_at", "pk")
    return render(request, "stations/phones.html", context)


@require_POST
def phone_act(request: HttpRequest, uuid: Any, verb: str) -> HttpResponse:
    """Confirm, refuse or revoke: one tap."""
    actor = request.actor  # type: ignore[attr-defined]
    phone = get_object_or_404(_seen(actor).select_related("user__person"), uuid=uuid)
    act, done = ACTS[verb]
    act(phone, actor=actor)
    messages.success(request, str(done) % {"name": phone.user.person.name})
    return redirect("stations:phones" if policies.can_see_phones(actor) else "stations:my_phones")


#: What is done to a phone, and the sentence after it.
ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "confirm": (cards.confirm, gettext_lazy("Confirmed: the phone of %(name)s is trusted from now on.")),
    "refuse": (cards.refuse, gettext_lazy("Refused: this phone gets no way in for %(name)s.")),
    "revoke": (cards.revoke, gettext_lazy("Done: this phone of %(name)s is trusted no longer.")),
}


def _seen(actor: Actor) -> Any:
    return phones_visible_to(actor, TrustedDevice.objects.all(), Mandate.objects.all(), clock.today())


def _made(form: Any, make: Callable[[], list[Printed]]) -> list[Printed]:
    """The cards, or none and the reason on the form."""
    try:
        return make()
    except Invalid as refused:
        form.add_error(None, refused.sentence)
        return []


def _row(card: Printed, liaison: StationStaff | None) -> dict[str, Any]:
    path = reverse("binding:card", args=[card.code])
    return {"card": card, "liaison": liaison, "path": path, "address": settings.SITE_URL + path}


def _sheet(request: HttpRequest, printed: list[Printed], back: str) -> HttpResponse:
    stations = {card.mandate.station_id for card in printed}
    duties = StationStaff.objects.on_duty(clock.today()).filter(station__in=stations, duty=StationStaff.Duty.LIAISON)
    liaisons = {duty.station_id: duty for duty in duties.select_related("person").order_by("-pk")}
    rows = [_row(card, liaisons.get(card.mandate.station_id or 0)) for card in printed]
    pages = [rows[start : start + 4] for start in range(0, len(rows), 4)]
    return render(request, "stations/card_sheet.html", {"pages": pages, "many": len(rows) > 1, "back": back})
