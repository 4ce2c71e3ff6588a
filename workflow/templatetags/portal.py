"""Small marks that every page uses: icons, dates, time lights, states, fields."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from workflow import qr as codes
from workflow.text import for_wechat
from workflow.tones import tone

register = template.Library()

SPRITE = "vendor/bootstrap-icons-1.13.2/sprite.svg"
DASH = "—"

#: Marks that stand in every row of a list: made without a template of their own, which costs ten times as much.
BADGE = '<span class="badge badge-{}">{}</span>\n'
LIGHT = '<span class="light light-{}"><span class="shape" aria-hidden="true"></span>{}{}</span>\n'
DAYS = ' <span class="days">{}</span>'

#: The colours of a time light, and the word that says the same.
LIGHTS = {
    "green": gettext_noop("on time"),
    "yellow": gettext_noop("coming up"),
    "orange": gettext_noop("near due"),
    "red": gettext_noop("overdue"),
}

#: Widgets whose choices are separate inputs: a group with a legend instead of a label.
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)

#: Levels of django.contrib.messages that have another name as an alert.
ALERT_TONES = {"debug": "info", "error": "danger"}


@register.simple_tag
def county_name() -> str:
    """The county's name; a setting, so that even the page of a broken portal knows it."""
    return str(settings.COUNTY_NAME)


@register.simple_tag
def help_line() -> str:
    """Whom to ask."""
    return str(settings.HELP_LINE)


@register.simple_tag
def written_once(name: str) -> SafeString:
    """A part of the page that is the same for everybody: written once for each language, not on every page shown."""
    return _written_once(name, get_language() or "", settings.COUNTY_NAME, settings.HELP_LINE)


@lru_cache(maxsize=64)
def _written_once(name: str, _language: str, _county: str, _line: str) -> SafeString:
    return render_to_string(f"components/{name}.html")


@register.simple_tag(takes_context=True)
def repeat_block(context: template.Context, name: str) -> str:
    """A block of the page once more: the title says what the heading says."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return str(block.render(context)) if block else ""


@register.filter
def alert_tone(level: str) -> str:
    """The tone of an alert from a message's level."""
    return ALERT_TONES.get(level, level)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. With a label it is read aloud, without one it is decoration."""
    address = f"{static(SPRITE)}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or a dash for nothing."""
    return DASH if value is None or value == "" else value


@register.filter
def day(value: date | None) -> str:
    """A day as tables show it: 2026-11-23."""
    return _time(value, _local_day(value).isoformat()) if value else DASH


@register.filter
def long_day(value: date | None) -> str:
    """A day as letters show it: 2026年11月23日, in English 23 November 2026."""
    form = "j F Y" if get_language() == "en" else "Y年n月j日"
    return _time(value, formats.date_format(_local_day(value), form)) if value else DASH


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in local time: 2026-11-23 09:05."""
    return _time(value, f"{timezone.localtime(value):%Y-%m-%d %H:%M}") if value else DASH


def _local_day(value: date) -> date:
    """The day of a moment is that of the county, not of Greenwich."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _time(value: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def badge(label: Any, code: Any = "") -> SafeString:
    """A state as a badge; its tone follows from the code."""
    return _badge(str(label), str(code))


@lru_cache(maxsize=4096)
def _badge(label: str, code: str) -> SafeString:
    return format_html(BADGE, tone(code), label)


@register.simple_tag
def light(colour: Any, days: int | None = None) -> SafeString:
    """A time light: shape, word and days. Takes a colour and the days left, or an object that has both."""
    if not isinstance(colour, str):
        colour, days = getattr(colour, "colour", ""), getattr(colour, "days", None)
    return _light(colour, days, get_language() or "")


@lru_cache(maxsize=4096)
def _light(colour: str, days: int | None, _language: str) -> SafeString:
    if colour not in LIGHTS:
        return format_html(LIGHT, "grey", DASH, "")
    left = _days(days)
    return format_html(LIGHT, colour, _(LIGHTS[colour]), format_html(DAYS, left) if left else "")


def _days(days: int | None) -> str:
    """Days in words: how many are left, or how many too late."""
    if days is None:
        return ""
    if days == 0:
        return _("due today")
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.inclusion_tag("components/result_class.html")
def result_class_mark(result_class: Any) -> dict[str, Any]:
    """What a reply came to, as a letter in a square: nothing that could be taken for a time light."""
    return {"result_class": result_class}


@register.inclusion_tag("components/wechat.html")
def wechat(text: Any, path: str = "") -> dict[str, Any]:
    """The button 复制到微信: short words, and the address of a page of the portal, ready to be pasted."""
    return {"text": for_wechat(str(text), f"{settings.SITE_URL}{path}" if path else "")}


@register.simple_tag
def qr(path: str, label: str) -> SafeString:
    """The code of one of our own addresses, to be scanned; ``label`` says where it leads."""
    address = settings.SITE_URL + path
    return format_html('<img class="qr" src="{}" alt="{}">', codes.data_uri(address), label)


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField) -> dict[str, Any]:
    """One field with label, required mark, help and error."""
    return {"field": bound}


@register.filter
def control(bound: forms.BoundField) -> SafeString:
    """The input itself with the class of its kind; Django adds the aria attributes.

    The two inputs of a range have no label of their own, so each says which end it is.
    A widget's own class is kept: ``lines`` sets choices with long labels below each other.
    """
    parts = getattr(bound.field.widget, "widgets", ())
    if len(parts) == 2:
        for part, end in zip(parts, (_("from"), _("to")), strict=True):
            part.attrs.setdefault("aria-label", f"{bound.label}: {end}")
    classes = {
        "select": "form-select",
        "check": "form-check-input",
        "group": "choices",
        "composite": "form-control",
    }
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{classes.get(field_kind(bound), 'form-control')} {own}".strip()})


@register.filter
def field_kind(bound: forms.BoundField) -> str:
    """How a field is laid out: text, select, check (one box), group (several), file or composite (several inputs)."""
    widget = bound.field.widget
    if isinstance(widget, GROUPS):
        return "group"
    kinds = (
        (forms.CheckboxInput, "check"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
        (forms.MultiWidget, "composite"),
    )
    return next((kind for types, kind in kinds if isinstance(widget, types)), "text")


@register.filter
def wrong_fields(form: forms.Form) -> list[forms.BoundField]:
    """The visible fields with errors, for the summary on top of a form."""
    return [bound for bound in form.visible_fields() if bound.errors]


@register.filter
def folded_fields(form: forms.Form) -> list[forms.BoundField]:
    """The filters that a phone folds away: all but the words."""
    return [bound for bound in form.visible_fields() if bound.name != "q"]


@register.filter
def hidden_errors(form: forms.Form) -> list[str]:
    """Errors of hidden fields, which nobody would see otherwise."""
    return [str(error) for bound in form.hidden_fields() for error in bound.errors]


@register.filter
def target_id(bound: forms.BoundField) -> str:
    """Where a link to the field leads: its input, or the first of a group."""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, (*GROUPS, forms.MultiWidget)) else bound.auto_id
