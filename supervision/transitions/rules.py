"""A new set of the county's parameters, from a day on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import ACCOUNT, Verb
from supervision import policies
from workflow import clock
from workflow.engine import Invalid, lock, permit, record
from workflow.models import RuleSet, RuleValue
from workflow.rules import RULES, rules_in_force


@transaction.atomic
def set_rules(*, actor: Actor, valid_from: date, values: Mapping[str, Any], note: str) -> RuleSet:
    """Let the values hold from a day on; limits that started before keep the set they were born under.

    A set that has not begun may be set again. Raises NotAllowed, or Invalid for a day in the past, a value out of
    bounds, no note, or values that change nothing.
    """
    permit(policies.can_set_rules(actor))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    _check_day(valid_from)
    if not note.strip():
        raise Invalid("note", "required", _("Say which decision this rests on."))
    before, checked = rules_in_force(valid_from)[1], _checked(values)
    changes = {key: [before[key], checked[key]] for key in RULES if checked[key] != before[key]}
    if not changes:
        raise Invalid("valid_from", "nothing_changed", _("These are the rules that hold on that day already."))
    rule_set = _replace(valid_from, checked, note.strip())
    told = {"valid_from": valid_from, "values": changes}
    record(account, ACCOUNT, Verb.SET_RULES, actor=actor, reason=note.strip(), changes=told)
    return rule_set


def _check_day(valid_from: date) -> None:
    today = clock.today()
    if valid_from < today:
        raise Invalid("valid_from", "past", _("Rules cannot change what has been counted: choose today or later."))
    if valid_from == today and RuleSet.objects.filter(valid_from=today).exists():
        raise Invalid("valid_from", "taken", _("A set has begun on that day already: choose tomorrow or later."))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = {}
    for key, rule in RULES.items():
        try:
            checked[key] = rule.check(values.get(key, rule.default))
        except ValidationError as error:
            raise Invalid(key, "out_of_bounds", error.messages[0]) from error
    return checked


def _replace(valid_from: date, values: Mapping[str, Any], note: str) -> RuleSet:
    rule_set, _created = RuleSet.objects.update_or_create(valid_from=valid_from, defaults={"note": note})
    rule_set.values.all().delete()
    own = [RuleValue(rule_set=rule_set, key=key, value=value) for key, value in values.items()]
    RuleValue.objects.bulk_create(row for row in own if row.value != RULES[row.key].default)
    return rule_set
