"""The deputy's note: three answers, written down at once or kept by a phone until there is a network; then its files."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Opinion, Visit, VisitFile
from deliberations.policies import visits as policies
from deliberations.transitions.visit_facts import VoterFacts, check_active, check_words, save_voter
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from deliberations.transitions.visit_opening import deputies_told, opened, sent_before, sent_otherwise
from deliberations.transitions.visit_telling import keepers, tell
from files.pictures import store_picture
from files.recordings import store_recording
from stations.models import Mandate
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, NotAllowed, birth, lock, permit, record
from workflow.sealing import Broken

#: Photos and recordings of one note; more is a report, which goes another way.
MOST_FILES = 12
#: How each kind is kept: a photo is drawn anew, a recording stays as it is.
_KEEP = {VisitFile.Kind.PHOTO: store_picture, VisitFile.Kind.RECORDING: store_recording}


@transaction.atomic
def log_visit(
    *,
    actor: Actor,
    client_id: UUID,
    mandate: Mandate,
    words: str,
    who: str,
    tell_wish: bool,
    on: datetime.date | None = None,
    follows: bool = False,
) -> Visit:
    """A deputy notes what was said, by whom (may stay empty), whether an answer is wanted; the liaison completes it.

    ``on`` is the day it was said, which is not today for what a phone kept; the words may be empty where a photo or a
    recording ``follows``, which the liaison types. The same ``client_id`` twice is one visit. Raises NotAllowed for a
    mandate that is not one's own or not active, Invalid without words or for a day that cannot be, Conflict when the
    id came with something else before.
    """
    permit(policies.can_log(actor))
    if not policies.own_mandates(actor).filter(pk=mandate.pk).exists():
        raise NotAllowed
    words = words.strip() if follows else check_words(words)
    visit = Visit(client_id=client_id, station=mandate.station, on=_day(on, mandate))
    if not opened(visit, actor, [mandate]):
        before = sent_before(client_id, actor, words)
        if not _is_the_same_note(before, mandate, who, tell_wish):
            raise sent_otherwise()
        return before
    opinion = Opinion(visit=visit, words=words, tell_wish=tell_wish, to_be_typed=not words)
    save_voter(opinion, VoterFacts(name=who))
    opinion.save(force_insert=True)
    birth(visit, VisitVerb.LOG, actor=actor, changes=deputies_told([mandate]))
    tell(visit, "visit.logged", keepers(visit))
    return visit


@transaction.atomic
def log_whole(
    *, actor: Actor, files: Sequence[tuple[UUID, str, UploadedFile]], client_id: UUID, words: str, **told: object
) -> Visit:
    """A note with its photos and recordings in one go, as a page without scripts sends it: all or nothing.

    ``files`` are id, kind and what was chosen. Raises what ``log_visit`` and ``attach`` raise.
    """
    visit = log_visit(actor=actor, client_id=client_id, words=words, follows=bool(files), **told)  # type: ignore[arg-type]
    for key, kind, upload in files:
        attach(visit, actor=actor, client_id=key, kind=kind, upload=upload)
    return visit


@transaction.atomic
def attach(case: Visit, *, actor: Actor, client_id: UUID, kind: str, upload: UploadedFile) -> VisitFile:
    """Add a photo or recording to what one noted; the same ``client_id`` twice is one file.

    It asks for no version: what a phone sends arrives when it arrives, also while the liaison is writing. Raises
    NotAllowed for another's note, Conflict for a settled one and for an id that came with another note, Invalid
    ``file`` for what is no photo or recording, or too large.
    """
    case = lock(case)
    permit(policies.can_attach(actor, case))
    before = VisitFile.objects.filter(client_id=client_id).first()
    if before is not None:
        return _the_same_file(before, case)
    VISIT.require(case, VisitVerb.ADD_PAPERS)
    if case.papers.count() >= MOST_FILES:
        raise Conflict(
            "too_many_files", _("This note has %(most)d photos and recordings; it takes no more."), most=MOST_FILES
        )
    if kind not in _KEEP:
        raise Invalid("kind", "unknown", _("This is neither a photo nor a recording."))
    row = VisitFile(visit=case, client_id=client_id, kind=kind)
    row.file = _KEEP[VisitFile.Kind(kind)](upload, user=actor.user)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same file came with another note at this very moment
        return _the_same_file(VisitFile.objects.get(client_id=client_id), case)
    part = Moved("file", client_id, "", "")
    record(case, VISIT, VisitVerb.ADD_PAPERS, actor=actor, part=part, changes={"kind": kind})
    return row


def _the_same_file(row: VisitFile, case: Visit) -> VisitFile:
    if row.visit_id != case.pk:
        raise Conflict("file_elsewhere", _("This file belongs to another note already."))
    return row


def _day(on: datetime.date | None, mandate: Mandate) -> datetime.date:
    """The day it was said. Raises Invalid for one still to come, or on which the deputy was not in office."""
    today = clock.today()
    if on is None:
        return today
    if on > today:
        raise Invalid("on", "in_future", _("This day is still to come."))
    check_active(mandate, on)
    return on


def _is_the_same_note(visit: Visit, mandate: Mandate, who: str, tell_wish: bool) -> bool:
    """Whether the note says the same beside its words; once somebody wrote on, the words are what is left."""
    if visit.status != Visit.Status.INCOMPLETE:
        return True
    row = visit.opinions.select_related("voter").get()
    try:
        name = row.voter.unseal()[0] if row.voter else ""
    except Broken:
        return False
    return (name, row.tell_wish, visit.station_id) == (who.strip(), tell_wish, mandate.station_id)
