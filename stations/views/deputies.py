"""The list of deputies and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import TrustedDevice
from stations import policies
from stations.filters import MandateFilter
from stations.models import Mandate
from stations.views import acts, timeline
from stations.views.my_phones import record_of
from workflow import clock
from workflow.paging import listing

_ORDER = (("certificate_no", "asc"), ("pk", "asc"))


def deputy_list(request: HttpRequest) -> HttpResponse:
    """Deputies of all five levels in the order of their certificates; no private number stands here."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Mandate.objects.visible_to(actor).select_related("person", "term", "delegation", "station")
    context = listing(request, rows, MandateFilter, _ORDER, counted=_("%(count)s deputies"))
    context["may_add"] = policies.can_keep_mandates(actor)
    return render(request, "stations/deputies.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One deputy: the mandate, the person's other mandates, and what happened to it."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Mandate.objects.visible_to(actor).select_related(
        "person__user", "term", "delegation", "district", "station__township"
    )
    mandate = get_object_or_404(rows, pk=pk)
    context = {
        "mandate": mandate,
        "others": _others(actor, mandate),
        "sees_phone": policies.can_see_phone(actor, mandate),
        "phones": _phones(actor, mandate),
        "may_keep_page": mandate.station is not None and policies.can_keep_pages(actor, mandate.station),
        "acts": acts.mandate_buttons(actor, mandate),
        "events": timeline.of_mandate(mandate, actor) if _sees_record(actor, mandate) else [],
    }
    return render(request, "stations/deputy.html", context)


def _phones(actor: Actor, mandate: Mandate) -> dict[str, Any] | None:
    """The deputy's trusted phones and what happened to cards and phones, for whoever prints the card."""
    if not policies.can_print_card(actor, mandate):
        return None
    rows = TrustedDevice.objects.live(clock.now()).filter(user__person=mandate.person_id)
    user = getattr(mandate.person, "user", None)
    return {"rows": rows.order_by("-bound_at", "-pk"), "events": record_of(user.pk if user else None)}


def _others(actor: Actor, mandate: Mandate) -> Any:
    """The same person's mandates to other congresses or of other terms."""
    rows = Mandate.objects.visible_to(actor).filter(person=mandate.person_id).exclude(pk=mandate.pk)
    return rows.select_related("term__township", "delegation", "station").order_by("pk")


def _sees_record(actor: Actor, mandate: Mandate) -> bool:
    return actor.is_committee or (mandate.station is not None and policies.can_see_record(actor, mandate.station))
