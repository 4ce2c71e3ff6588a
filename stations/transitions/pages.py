"""What the public sees of a deputy, and the codes that lead to stations and deputies; told in the station's record.

A code that was renewed leads nowhere any more: what hangs on a wall or was passed on is void from that moment.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from files.pictures import store_picture
from stations import policies
from stations.models import DeputyPage, Mandate, Station
from stations.models.places import qr_token
from stations.transitions.machines import MANDATE, STATION, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, lock, permit, record

#: Seven digits and more, however they are parted: a number under which somebody is reached.
_NUMBER = re.compile(r"\d(?:[\s\-()（）.]*\d){6,}")
WORDS_MOST = 300


@transaction.atomic
def open_pages(station: Station, *, actor: Actor, version: int) -> int:
    """Give each deputy of the station in office who has none a page and so a code; how many.

    Raises NotAllowed, Stale, and Conflict when everybody has one.
    """
    case = lock(station, version=version)
    permit(policies.can_keep_pages(actor, case))
    STATION.require(case, Verb.OPEN_PAGES)
    lacking = list(without_page(case).select_related("person"))
    if not lacking:
        raise _all_there()
    DeputyPage.objects.bulk_create(DeputyPage(mandate=mandate) for mandate in lacking)
    told = {"deputies": [mandate.person.name for mandate in lacking]}
    record(case, STATION, Verb.OPEN_PAGES, actor=actor, changes=told)
    return len(lacking)


@transaction.atomic
def write_page(
    mandate: Mandate,
    *,
    actor: Actor,
    version: int,
    words: str,
    photo: UploadedFile | None = None,
    drop_photo: bool = False,
) -> DeputyPage:
    """Words and photo of a deputy's page, which is made where there is none; ``version`` is that of the station.

    Raises NotAllowed, Conflict without a station, Stale, and Invalid for words with a telephone number, a picture
    that is none, or when nothing differs.
    """
    case, row = _begin(mandate, Verb.WRITE_PAGE, actor, version)
    words = check_words(words)
    page = DeputyPage.objects.select_related("photo").filter(mandate=row).first() or DeputyPage(mandate=row)
    changed = ["words"] if words != page.words else []
    if photo is not None or (drop_photo and page.photo_id):
        changed.append("photo")
    if page.pk and not changed:
        raise Invalid("words", "nothing_changed", _("Nothing was changed."))
    page.words = words
    if photo is not None:
        page.photo = _drawn(photo, actor)
    elif drop_photo:
        page.photo = None
    page.save()
    told = {**_deputy(row), "page": changed}
    record(case, STATION, Verb.WRITE_PAGE, actor=actor, part=_part(row), changes=told)
    return page


@transaction.atomic
def renew_code(station: Station, *, actor: Actor, version: int, reason: str) -> Station:
    """A new code for a station; the old one leads nowhere from now on. Raises NotAllowed, Stale."""
    case = lock(station, version=version)
    permit(policies.can_keep_pages(actor, case))
    record(case, STATION, Verb.RENEW_CODE, actor=actor, reason=reason.strip(), fields={"qr_token": qr_token()})
    return case


@transaction.atomic
def renew_deputy_code(mandate: Mandate, *, actor: Actor, version: int, reason: str) -> DeputyPage:
    """A new code for a deputy; the old one leads nowhere from now on.

    Raises NotAllowed, Stale, and Conflict without a station or without a page.
    """
    case, row = _begin(mandate, Verb.RENEW_DEPUTY_CODE, actor, version)
    require_page(row)
    page = DeputyPage.objects.get(mandate=row)
    page.qr_token = qr_token()
    page.save(update_fields=["qr_token"])
    record(
        case,
        STATION,
        Verb.RENEW_DEPUTY_CODE,
        actor=actor,
        part=_part(row),
        reason=reason.strip(),
        changes=_deputy(row),
    )
    return page


def without_page(station: Station) -> Any:
    """Deputies of the station in office who have no page."""
    return Mandate.objects.active(clock.today()).filter(station=station, page=None)


def require_lacking(station: Station) -> None:
    """Raise Conflict when every deputy of the station has a page."""
    if not without_page(station).exists():
        raise _all_there()


def require_page(mandate: Mandate) -> None:
    """Raise Conflict for a deputy without a page, and so without a code."""
    if not DeputyPage.objects.filter(mandate=mandate.pk).exists():
        raise Conflict("no_page", _("The deputy has no public page yet."))


def check_words(words: str) -> str:
    """The words without blanks around them. Raises Invalid ``words`` when they hold a telephone number or are too long."""
    words = words.strip()
    if len(words) > WORDS_MOST:
        raise Invalid("words", "too_long", _("At most %(most)s characters."), most=WORDS_MOST)
    if _NUMBER.search(words):
        raise Invalid("words", "number", _("No telephone number stands on a public page: voters write by the code."))
    return words


def _begin(mandate: Mandate, verb: str, actor: Actor, version: int) -> tuple[Station, Mandate]:
    row = Mandate.objects.select_related("person", "term", "station").get(pk=mandate.pk)
    if row.station is None:
        permit(actor.is_staff)
        raise Conflict("no_station", _("Assign the deputy a station first: the act is recorded there."))
    permit(policies.can_keep_pages(actor, row.station))
    case = lock(row.station, version=version)
    MANDATE.require(row, verb)
    return case, row


def _drawn(photo: UploadedFile, actor: Actor) -> Any:
    try:
        return store_picture(photo, user=actor.user)
    except Invalid as refused:
        raise Invalid("photo", refused.code, refused.sentence) from refused


def _all_there() -> Conflict:
    return Conflict("all_there", _("Every deputy of the station has a public page."))


def _part(row: Mandate) -> Moved:
    return Moved(MANDATE.name, row.uuid, row.status, row.status)


def _deputy(row: Mandate) -> Mapping[str, Any]:
    return {"deputy": row.person.name, "certificate_no": row.certificate_no}
