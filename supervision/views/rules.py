"""The county's parameters: what holds, what held, and a new set from a day on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from supervision import policies
from supervision.forms.rules import UNITS, RuleSetForm, bounds, shown
from supervision.transitions.rules import set_rules
from workflow import clock
from workflow.engine import Invalid, permit
from workflow.models import RuleSet
from workflow.rules import RULES, RuleValues, rules_in_force


def overview(request: HttpRequest) -> HttpResponse:
    """Every parameter with the value in force and since when, and all sets there were and will be."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_read_rules(actor))
    history = list(RuleSet.objects.prefetch_related("values"))
    in_force, values = rules_in_force(clock.today())
    context = {
        "parameters": [_row(key, values[key], _since(key, history)) for key in RULES],
        "sets": [_set(rule_set, before, in_force) for rule_set, before in _pairs(history)],
        "may_set": policies.can_set_rules(actor),
    }
    return render(request, "supervision/rules.html", context)


def new_set(request: HttpRequest) -> HttpResponse:
    """Enter a set that holds from a day on."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_set_rules(actor))
    _in_force, values = rules_in_force(clock.today())
    form = RuleSetForm(request.POST if request.method == "POST" else None, in_force=values)
    if form.is_valid() and _performed(form, actor):
        messages.success(request, _("The rules are set. Limits that run already keep the rules they began under."))
        return redirect("supervision:rules")
    context = {"form": form, "cancel_url": reverse("supervision:rules")}
    return render(request, "supervision/rules_form.html", context, status=422 if form.is_bound else 200)


def _performed(form: RuleSetForm, actor: Any) -> bool:
    told = {name: form.cleaned_data[name] for name in ("valid_from", "note")}
    try:
        set_rules(actor=actor, values=form.values(), **told)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def _row(key: str, value: Any, since: Any) -> dict[str, Any]:
    rule = RULES[key]
    return {
        "label": rule.label,
        "value": shown(value),
        "unit": UNITS[rule.unit] if not rule.is_list else UNITS["days"],
        "default": shown(rule.default),
        "bounds": bounds(rule),
        "is_fixed": rule.is_fixed,
        "source": rule.source,
        "since": since,
    }


def _values(rule_set: RuleSet) -> RuleValues:
    return RuleValues({row.key: row.value for row in rule_set.values.all()})


def _pairs(history: list[RuleSet]) -> list[tuple[RuleSet, RuleSet | None]]:
    """Each set with the one before it, the newest first."""
    return list(zip(history, [None, *history], strict=False))[::-1]


def _since(key: str, history: list[RuleSet]) -> Any:
    """The day from which the value in force holds; None for one that always held."""
    since, value = None, RULES[key].default
    for rule_set in history:
        if rule_set.valid_from <= clock.today() and _values(rule_set)[key] != value:
            since, value = rule_set.valid_from, _values(rule_set)[key]
    return since


def _set(rule_set: RuleSet, before: RuleSet | None, in_force: RuleSet | None) -> dict[str, Any]:
    old, new = _values(before) if before else RuleValues(), _values(rule_set)
    changes = [f"{RULES[key].label}：{shown(old[key])} → {shown(new[key])}" for key in RULES if old[key] != new[key]]
    state = "current" if rule_set == in_force else "later" if rule_set.valid_from > clock.today() else "past"
    return {"valid_from": rule_set.valid_from, "note": rule_set.note, "changes": changes, "state": state}
