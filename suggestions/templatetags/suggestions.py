"""How a time limit is told on a page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from suggestions.models import SuggestionClock
from workflow import clock
from workflow.periods import Deadline, describe

register = template.Library()


@register.simple_tag
def clock_state(row: SuggestionClock) -> str:
    """Met, voided, late or running, in one or two words."""
    if row.met_on:
        late = row.met_on > row.due_on
        sentence = _("met late on %(day)s") if late else _("met on %(day)s")
        return sentence % {"day": row.met_on.isoformat()}
    if row.voided_on:
        return _("no longer needed")
    return _("overdue") if row.act_by < clock.today() else _("running")


@register.simple_tag
def clock_trace(row: SuggestionClock) -> str:
    """Each step of the counting, with its clause; once, that the calendar is only assumed."""
    steps = Deadline.steps_from_json(row.trace)
    told = "；".join(describe(step) for step in steps)
    assumed = row.provisional and all(step.code != "provisional" for step in steps)
    return format_html("{} {}", told, _("(calendar not announced yet)")) if assumed else told
