"""The fifty rows of the list of suggestions, which everybody opens every day.

Written here and not in the template: of a page's time the template's nodes took more than its queries.
"""

from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.actor import Actor
from suggestions.models import Assignment
from workflow.templatetags.portal import DASH, badge, day, icon, light

register = template.Library()

#: The words over the columns stand in each row for a phone; they are filled in once, the row's own fifty times.
ROW = """
    <tr{{late}}>
      <td class="key nowrap"><a href="{{address}}">{{number}}</a></td>
      <td class="key wide"><a href="{{address}}">{{title}}</a>{{marks}}</td>
      <td data-label="{lead}" class="nowrap">{{lead}}</td>
      <td data-label="{host}"{{host_class}}>{{host}}{{part}}</td>
      <td data-label="{state}">{{state}}</td>
      <td data-label="{time}" class="nowrap{{time_class}}">{{time}}</td>
    </tr>"""
LATE, ON_A_DESK = format_html(' class="{}"', "is-late"), format_html(' class="{}"', "desk-only")
#: What stands in an address for the key of a row.
_ANY = 10**9


@register.simple_tag
def case_rows(rows: list[Any], actor: Actor) -> SafeString:
    """Number, title with its marks, lead, host, state and time of each row of ``for_page``."""
    row_of = format_html(ROW, lead=_("Lead deputy"), host=_("Host"), state=_("State"), time=_("Reply by"))
    unnumbered, address = _("no number yet"), reverse("suggestions:detail", args=[_ANY])
    helping = format_html(" {}", badge(_("co-host"), "CO_HOST")) if actor.is_organ else ""
    marks = _marks()
    told = (
        _row(
            row_of,
            address.replace(str(_ANY), str(row.pk)),
            row.number or unnumbered,
            row.title,
            marks[bool(row.is_key), row.merge_group_id is not None],
            row.lead_name or "",
            row.host_name or "",
            helping if row.part == Assignment.Part.CO_HOST else "",
            badge(row.stage, row.status),
            row.act_by,
            light(row.light) if row.act_by else "",
            row.light is not None and row.light.colour == "red",
        )
        for row in rows
    )
    return SafeString("".join(told))


@lru_cache(maxsize=4096)
def _row(
    row_of: SafeString,
    address: str,
    number: str,
    title: str,
    marks: SafeString,
    lead: str,
    host: str,
    part: SafeString | str,
    state: SafeString,
    act_by: date | None,
    time: SafeString | str,
    is_late: bool,
) -> SafeString:
    """A row of nothing but what it prints, so the newest rows, which everybody looks at, are written once."""
    return format_html(
        row_of,
        late=LATE if is_late else "",
        address=address,
        number=number,
        title=title,
        marks=marks,
        lead=lead,
        host=host or DASH,
        host_class="" if host else ON_A_DESK,
        part=part,
        state=state,
        time=format_html("{} {}", day(act_by), time) if act_by else DASH,
        time_class="" if act_by else " desk-only",
    )


def _marks() -> dict[tuple[bool, bool], SafeString]:
    """What stands behind a title: whether it is key, whether it is handled together with others."""
    star, together = icon("star-fill", _("key suggestion")), badge(_("handled together"), "TOGETHER")
    return {
        (is_key, is_merged): format_html_join(
            "", " {}", [(mark,) for mark in (star,) * is_key + (together,) * is_merged]
        )
        for is_key, is_merged in product((False, True), repeat=2)
    }
