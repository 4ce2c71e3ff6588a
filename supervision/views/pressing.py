"""Steps that press a head or a leader: what the portal proposes, one of them, and what became of the former ones."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.timeline import READ_ALONG, row
from supervision import policies
from supervision.forms.pressing import ReleaseForm
from supervision.models import Proposal
from supervision.pressing import recipients, words
from supervision.transitions import proposals
from supervision.transitions.pressing_machines import PROPOSAL, ProposalVerb
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import permit
from workflow.forms import ReasonForm
from workflow.paging import listing

NEWEST = (("pk", "desc"),)

_on_proposal = partial(Act, subject=Proposal, require=PROPOSAL.require)

ACTS = catalogue(
    _on_proposal(
        ProposalVerb.RELEASE,
        gettext_lazy("Release"),
        proposals.release,
        policies.can_release,
        ReleaseForm,
        ready=proposals.require_true,
        then=gettext_lazy("Whoever has no account is told by telephone or WeChat: the words stand here."),
        style="primary",
    ),
    _on_proposal(
        ProposalVerb.DISMISS,
        gettext_lazy("Not wanted"),
        proposals.dismiss,
        policies.can_release,
        ReasonForm,
        note=gettext_lazy("It is not proposed again for this day."),
    ),
)


def proposal_list(request: HttpRequest) -> HttpResponse:
    """What is proposed now, by organ; below, what became of the former steps."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_see_proposals(actor))
    visible = _proposals(actor)
    context = listing(request, visible.exclude(status=Proposal.Status.OPEN), None, NEWEST, counted=_("%(count)s steps"))
    waiting = sorted(visible.open(), key=lambda step: (step.organ.pinyin, step.organ_id, step.act_by, step.pk))
    for step in [*waiting, *context["rows"]]:
        _describe(step)
    organs = [(steps[0].organ, steps) for steps in (list(rows) for _key, rows in groupby(waiting, _organ_key))]
    context |= {"organs": organs, "waiting": len(waiting), "may_release": policies.can_release(actor)}
    return render(request, "supervision/pressing.html", context | {"tabs": tabs(actor, "pressing")})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: what it rests on, to whom it went in which words, and who decided so."""
    actor = request.actor  # type: ignore[attr-defined]
    step: Any = get_object_or_404(_proposals(actor), pk=pk)
    _describe(step)
    late = proposals.late_of(step) if step.status == Proposal.Status.OPEN else None
    context = {
        "step": step,
        "acts": offered(ACTS.values(), actor, step, _url(step)),
        "proposed": words.pressing(step, late, clock.today()) if late else "",
        "events": timeline(step),
    }
    return render(request, "supervision/proposal.html", context)


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One act on a proposed step."""
    actor = request.actor  # type: ignore[attr-defined]
    step: Any = get_object_or_404(_proposals(actor), pk=pk)
    _describe(step)
    about = {"step": step, "told": _accounts(step)} if verb == ProposalVerb.RELEASE else {"step": step}
    back = reverse("supervision:proposal", args=[step.pk])
    return act_page(request, ACTS[verb], step, step, back=back, template="supervision/proposal_act.html", **about)


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """From the proposed steps to the telephone and back, for whoever rings up."""
    if not policies.can_call(actor):
        return []
    labels = {"pressing": _("Proposed steps"), "calls": _("Call list"), "calls_made": _("Calls made")}
    return [
        {"label": label, "url": reverse(f"supervision:{name}"), "current": name == current}
        for name, label in labels.items()
    ]


def timeline(step: Proposal) -> list[dict[str, Any]]:
    """The record of a step, newest first."""
    events = step.events.select_related(*READ_ALONG).order_by("-seq")
    verbs, states = dict(ProposalVerb.choices), dict(Proposal.Status.choices)
    return [row(event, verbs, states, _told(event.detail.changes)) for event in events]


def _told(changes: dict[str, Any]) -> list[str]:
    told = []
    if changes.get("to"):
        told.append(_("to: %(who)s") % {"who": changes["to"]})
    if "told" in changes:
        names = "、".join(changes["told"])
        told.append(_("told in the portal: %(who)s") % {"who": names} if names else _("nobody told in the portal"))
    return told


def _proposals(actor: Actor) -> Any:
    return Proposal.objects.visible_to(actor).select_related(
        "suggestion", "promise", "commitment__reply__assignment__suggestion", "organ__successor"
    )


def _organ_key(step: Proposal) -> int:
    return step.organ_id


def _describe(step: Any) -> None:
    """What it is about, in a line that leads there, and how late it is."""
    step.left = (step.act_by - clock.today()).days
    if step.commitment is not None:
        case = step.commitment.reply.assignment.suggestion
        step.about, step.of = _("commitment in a reply"), f"{case.number} {step.commitment.text}".strip()
        step.page = reverse("suggestions:detail", args=[case.pk])
    elif step.promise is not None:
        step.about, step.of = _("promise on the spot"), step.promise.text
        step.page = reverse("deliberations:promise", args=[step.promise_id])
    else:
        step.about, step.of = _("reply"), f"{step.suggestion.number} {step.suggestion.title}".strip()
        step.page = reverse("suggestions:detail", args=[step.suggestion_id])


def _accounts(step: Proposal) -> list[dict[str, Any]]:
    """Who could be told in the portal, and whether a letter goes out too."""
    heads = step.kind == Proposal.Kind.PRESS_HEAD
    posts = recipients.heads(step.organ) if heads else recipients.leaders()
    return [{"name": post.user.person.name, "mail": bool(post.user.email)} for post in posts]


def _url(step: Proposal) -> Callable[[Act], str]:
    return lambda act: reverse("supervision:proposal_act", args=[step.pk, act.verb.value])
