"""What the left side of every page offers, by the post one acts under."""

from functools import lru_cache
from itertools import pairwise
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actor import COMMITTEE
from accounts.models import Role
from deliberations.querysets.cycles import READERS as READERS_OF_CYCLES
from deliberations.querysets.training import PREPARING

register = template.Library()

ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
READERS = frozenset(
    {
        Role.CHAIRPERSON,
        Role.DEPUTY_CHAIRPERSON,
        Role.COMMITTEE_STAFF,
        Role.WORKING_BODY,
        Role.STATION,
        Role.DEPUTY,
        Role.GOVERNMENT_OFFICE,
        Role.ORGAN_HANDLER,
        Role.ORGAN_HEAD,
    }
)
REPORTING = READERS | {Role.TOWNSHIP}
EVERYONE = frozenset(Role)
#: Who has so much to choose from that it stands under headings.
HEADED = COMMITTEE | {Role.STATION, Role.GOVERNMENT_OFFICE, Role.ORGAN_HANDLER, Role.ORGAN_HEAD}
#: The committee, stations and deputies.
VISITING = COMMITTEE | {Role.STATION, Role.DEPUTY}
OWNERS = frozenset({Role.DEPUTY})
STAFF = frozenset({Role.COMMITTEE_STAFF})
ORGANS = frozenset({Role.GOVERNMENT_OFFICE, Role.ORGAN_HANDLER, Role.ORGAN_HEAD})
#: Whoever made a promise on the spot, received one, or watches over it.
PROMISING = VISITING | ORGANS
#: Whoever deliberates, or is asked to come.
MEETING = PROMISING | {Role.TOWNSHIP}
TAKING_TO_TOWNSHIPS = COMMITTEE | {Role.STATION, Role.TOWNSHIP}
HANDING_OVER = COMMITTEE | ORGANS
#: Whoever supervises by a card, or is made responsible by one; deputies read theirs on the suggestion's page.
OF_CARDS = READERS - {Role.DEPUTY, Role.STATION}

#: label, address, icon, whose; a heading has neither address nor icon, and stands where an entry follows.
#: On a deputy's phone the first three stand in the bar, the others in the menu.
ENTRIES = (
    (_("Workbench"), "supervision:workbench", "house", EVERYONE),
    (_("My suggestions"), "suggestions:list", "list-check", OWNERS),
    (_("Inbox"), "notifications:inbox", "inbox", EVERYONE),
    (_("My duty"), "stations:my_duties", "calendar3", OWNERS),
    (_("This month"), "supervision:month", "calendar3", frozenset({Role.STATION})),
    (_("Suggestions and handling"), "", "", HEADED),
    (_("Suggestions"), "suggestions:list", "list-check", READERS - OWNERS),
    (_("Intake"), "suggestions:intake", "box-arrow-in-right", STAFF),
    (_("Drafts"), "suggestions:drafts", "pencil", STAFF | {Role.STATION}),
    (_("Key suggestions"), "suggestions:key_list", "star-fill", COMMITTEE),
    (_("Council of chairpersons"), "suggestions:agenda", "clipboard-check", COMMITTEE),
    (_("Commitments in replies"), "suggestions:commitments", "clipboard-check", PROMISING),
    (_("Hand-over meetings"), "deliberations:hand_over_meetings", "send", HANDING_OVER),
    (_("Supervision cards"), "supervision:cards", "eye", OF_CARDS),
    (_("Steps that press"), "supervision:pressing", "send", COMMITTEE - STAFF),
    (_("Call list"), "supervision:calls", "telephone", STAFF),
    (_("Deliberation"), "", "", HEADED),
    (_("Cycles"), "deliberations:cycles", "arrow-repeat", READERS_OF_CYCLES),
    (_("Trainings"), "deliberations:trainings", "people", PREPARING | COMMITTEE),
    (_("Visits"), "deliberations:visits", "house-door", VISITING),
    (_("Meetings"), "deliberations:meetings", "people", MEETING),
    (_("Promises"), "deliberations:promises", "check-circle", PROMISING),
    (_("Township tasks"), "deliberations:township_tasks", "list", TAKING_TO_TOWNSHIPS),
    (_("Materials"), "deliberations:materials", "file-earmark-text", MEETING),
    (_("Resolutions"), "deliberations:resolutions", "file-earmark-text", COMMITTEE),
    (_("Ledgers"), "supervision:activity_ledger", "folder2-open", COMMITTEE | {Role.STATION}),
    (_("Monthly returns"), "deliberations:returns", "clipboard-check", COMMITTEE | {Role.STATION}),
    (_("Rosters"), "", "", HEADED),
    (_("Deputies"), "stations:deputies", "person", EVERYONE - ADMINS - {Role.AUDIT_ADMIN}),
    (_("Stations"), "stations:list", "geo-alt", EVERYONE - ADMINS - {Role.AUDIT_ADMIN}),
    (_("Electoral districts"), "stations:districts", "globe2", COMMITTEE),
    (_("Performance files"), "supervision:performance_files", "file-earmark-text", COMMITTEE | {Role.STATION}),
    (_("Phones of deputies"), "stations:phones", "telephone", STAFF | {Role.STATION}),
    (_("My year"), "supervision:own_performance", "calendar3", OWNERS),
    (_("My phones"), "stations:my_phones", "telephone", OWNERS),
    (_("Organs"), "accounts:organs", "building", EVERYONE - OWNERS - {Role.AUDIT_ADMIN}),
    (_("Reports and settings"), "", "", HEADED),
    (_("Reports"), "supervision:reports", "file-earmark-excel", REPORTING),
    (_("My jobs"), "files:jobs", "hourglass-split", REPORTING),
    (_("Accounts"), "accounts:accounts", "person-badge", ADMINS | STAFF),
    (_("Document templates"), "supervision:document_templates", "file-earmark-word", STAFF),
    (_("Rules"), "supervision:rules", "gear", STAFF | {Role.SYSTEM_ADMIN}),
    (_("Calendar"), "supervision:calendar", "calendar3", STAFF | {Role.SYSTEM_ADMIN}),
    (_("Record of accounts"), "accounts:events", "clock-history", frozenset({Role.AUDIT_ADMIN, Role.SECURITY_ADMIN})),
)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """The entries of this post, the present one marked."""
    actor, request = context.get("actor"), context.get("request")
    role = actor.role if actor else ""
    return _written(role, get_language() or "", _current(role, request.path if request else ""))


def _current(role: str, path: str) -> str:
    """The address among the entries of the post that the page lies under; the workbench is the root of all."""
    above = [url for _label, url, _icon in _entries(role) if url and _lies_under(path, url)]
    return max(above, key=len, default="")


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


@lru_cache(maxsize=64)
def _entries(role: str) -> tuple[tuple[Any, str, str], ...]:
    """The entries of a role with their addresses."""
    return tuple((label, name and reverse(name), icon) for label, name, icon, roles in ENTRIES if role in roles)


@lru_cache(maxsize=1024)
def _written(role: str, _language: str, current: str) -> SafeString:
    """The same for everybody of a role on the same page of the list: written once, not on every page that is shown."""
    items: list[dict[str, Any]] = [
        {"label": label, "url": url, "icon": icon, "current": bool(url) and url == current}
        for label, url, icon in _entries(role)
    ]
    # a heading stands only over entries of its own
    followed = pairwise([*items, {"url": ""}])
    shown = [item for item, after in followed if item["url"] or after["url"]]
    return render_to_string("components/navigation.html", {"items": shown})
