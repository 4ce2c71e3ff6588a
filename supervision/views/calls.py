"""The call list with its three ticks, the sheet of it to be printed, and the calls that were made."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from supervision import policies
from supervision.forms.pressing import CallForm
from supervision.models import Call
from supervision.pressing.calls import KINDS, Party, call_list
from supervision.transitions import calls
from supervision.transitions.pressing_machines import CALL, CallVerb
from supervision.views.pressing import tabs
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import permit
from workflow.forms import ReasonForm
from workflow.paging import listing

NEWEST = (("on", "desc"), ("pk", "desc"))


def _as_looked_up(_party: Party, _verb: str) -> None:
    """The page was given a party that owes something; the verb asks once more."""


def _record(party: Party, **told: Any) -> Call:
    return calls.record_call(party.row, **told)


def _to_list(request: HttpRequest, party: Party, call: Call) -> HttpResponse:
    """Back to where the finger was; whoever is last on a list of many stays in sight."""
    done = _("Written down: %(who)s, %(outcome)s.")
    messages.success(request, done % {"who": party.name, "outcome": call.get_outcome_display()})
    return redirect(f"{reverse('supervision:calls')}?who={party.kind}")


RECORD = Act(
    CallVerb.RECORD,
    gettext_lazy("Record a call"),
    _record,
    policies.can_call,
    CallForm,
    subject=Party,
    require=_as_looked_up,
    submit=gettext_lazy("Save"),
    style="primary",
    versioned=False,
    answer=_to_list,
)

ACTS = catalogue(
    partial(Act, subject=Call, require=CALL.require)(
        CallVerb.TAKE_BACK,
        gettext_lazy("Ticked by mistake"),
        calls.take_back_call,
        policies.can_call,
        ReasonForm,
        note=gettext_lazy("The call stays in the record, struck through, and counts no more."),
    ),
)


def lists(request: HttpRequest) -> HttpResponse:
    """Whom to ring up: organs, deputies or stations, the broken words first, whoever answered last."""
    parties, who = _parties(request)
    context: dict[str, Any] = {"tabs": tabs(request.actor, "calls"), "kinds": _kinds(parties, who), "who": who}  # type: ignore[attr-defined]
    context |= {"parties": [party for party in parties if party.kind == who], "today": clock.today()}
    return render(request, "supervision/calls.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """The same on paper, in large type, with boxes for a pen."""
    parties, who = _parties(request)
    chosen = [party for party in parties if party.kind == who]
    return render(request, "supervision/call_sheet.html", {"parties": chosen, "who": who, "today": clock.today()})


def record_call(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One call: the ticks of the list arrive here, and the page of it says more."""
    permit(policies.can_call(request.actor))  # type: ignore[attr-defined]
    named = get_object_or_404(KINDS[kind], pk=pk)
    party = calls.require_owing(named)
    back = f"{reverse('supervision:calls')}?who={kind}"
    return act_page(request, RECORD, None, party, back=back, template="supervision/call_act.html", party=party)


def made(request: HttpRequest) -> HttpResponse:
    """The calls that were made, the newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_call(actor))
    context = listing(request, _calls(actor), None, NEWEST, counted=_("%(count)s calls"))
    return render(request, "supervision/calls_made.html", context | {"tabs": tabs(actor, "calls_made")})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: whom, what about, what came of it."""
    call = _call(request, pk)
    events = call.events.select_related(*READ_ALONG).order_by("-seq")
    verbs, states = dict(CallVerb.choices), dict(Call.Status.choices)
    context = {
        "call": call,
        "items": call.items.all(),
        "acts": offered(ACTS.values(), request.actor, call, lambda act: _act_url(call, act)),  # type: ignore[attr-defined]
        "events": [row(event, verbs, states) for event in events],
    }
    return render(request, "supervision/call.html", context)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One act on a call."""
    call = _call(request, pk)
    return act_page(request, ACTS[verb], call, call, back=reverse("supervision:call", args=[call.pk]))


def _parties(request: HttpRequest) -> tuple[list[Party], str]:
    permit(policies.can_call(request.actor))  # type: ignore[attr-defined]
    who = request.GET.get("who", "organ")
    if who not in KINDS:
        raise Http404
    return call_list(clock.today()), who


def _kinds(parties: list[Party], who: str) -> list[dict[str, Any]]:
    labels = {"organ": _("Organs"), "mandate": _("Deputies"), "station": _("Stations")}
    url = reverse("supervision:calls")
    return [
        {
            "label": label,
            "url": f"{url}?who={kind}",
            "current": kind == who,
            "count": sum(party.kind == kind and not party.rests for party in parties),
        }
        for kind, label in labels.items()
    ]


def _call(request: HttpRequest, pk: int) -> Call:
    """A call that one may see; the numbers on it are for staff."""
    call = get_object_or_404(_calls(request.actor), pk=pk)  # type: ignore[attr-defined]
    permit(policies.can_call(request.actor))  # type: ignore[attr-defined]
    return call


def _calls(actor: Actor) -> Any:
    rows = Call.objects.visible_to(actor).select_related("organ", "mandate__person", "station", "by__person")
    return rows.prefetch_related(
        "items__suggestion", "items__promise", "items__commitment", "items__receipt__notice", "items__receipt__station"
    )


def _act_url(call: Call, act: Act) -> str:
    return reverse("supervision:call_act", args=[call.pk, act.verb.value])
