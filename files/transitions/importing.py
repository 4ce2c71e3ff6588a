"""Importing from a page: the workbook is kept for a day, checked as often as wanted, taken over once, then gone.

What was taken over can be taken back, batch by batch, as long as nobody has worked with it.
"""

from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from files import importing, policies, storage, uploads
from files.importing import Outcome
from files.models import Attachment, ImportBatch
from files.refused import write_refused
from files.workbooks import open_workbook
from workflow import clock
from workflow.engine import Conflict, Stale, permit

_CONTENT_TYPE = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def keep_workbook(uploaded: UploadedFile, *, actor: Actor) -> Attachment:
    """Put a workbook down to be checked; nothing owns it, so the sweep takes it away if it is forgotten.

    Raises NotAllowed.
    """
    permit(policies.can_import(actor))
    name = uploads.clean_name(uploaded.name or "")
    path = storage.new_path(PurePath(name).suffix)
    with storage.writing(path) as stream:
        for chunk in uploaded.chunks():
            stream.write(chunk)
    return uploads.attach(path, name, _CONTENT_TYPE, actor.user)


def check_workbook(workbook: Attachment, *, kind: str, session: str = "", actor: Actor) -> Outcome:
    """What would come of it; nothing is written. Raises NotAllowed, and Refused for a file that cannot be used."""
    return _run(workbook, kind, session, actor, dry_run=True)


def take_over(workbook: Attachment, *, kind: str, session: str = "", keep_good: bool, actor: Actor) -> Outcome:
    """Write its rows; with ``keep_good`` also when others are refused. Afterwards the file is gone.

    It holds names of voters, and every row that was taken over tells where it stood. Of refused rows a workbook is
    put down in its stead, ``Outcome.left_out``, which the sweep takes away. Raises like ``check_workbook``.
    """
    outcome = _run(workbook, kind, session, actor, keep_good=keep_good)
    if outcome.written:
        outcome.left_out = keep_refused(workbook, outcome, actor=actor) if outcome.refused else None
        path = storage.local(workbook.path)
        workbook.delete()
        path.unlink(missing_ok=True)
    return outcome


@transaction.atomic
def keep_refused(workbook: Attachment, outcome: Outcome, *, actor: Actor) -> Attachment:
    """Put down the refused rows of a workbook as a workbook of their own. Raises NotAllowed."""
    permit(policies.can_import(actor))
    path = storage.new_path(".xlsx")
    with storage.writing(path) as stream:
        write_refused(stream, open_workbook(storage.local(workbook.path), name=workbook.name), outcome.refused)
    return uploads.attach(path, refused_name(workbook), XLSX, actor.user)


def refused_name(workbook: Attachment) -> str:
    """What the workbook of refused rows is called."""
    return f"{PurePath(workbook.name).stem[:100]}-未通过的行.xlsx"


@transaction.atomic
def take_back(batch: ImportBatch, *, actor: Actor) -> int:
    """Undo what a batch brought, all of it or nothing; returns how many rows are gone or as before.

    Raises NotAllowed, and Conflict when it was taken back already or somebody has worked with it.
    """
    permit(policies.can_import(actor))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    kind = importing.known_imports().get(batch.kind)
    if kind is None or batch.undone_at is not None:
        raise Conflict("not_there", _("This import was taken back already, or is none that can be."))
    gone = kind.take_back(batch, actor=actor.recording(None, How.IMPORT))
    undone: dict[str, Any] = {"undone_at": clock.now(), "undone_by": actor.user, "journal": {}}
    if not ImportBatch.objects.filter(pk=batch.pk, undone_at=None).update(**undone):
        raise Stale
    return gone


def _run(workbook: Attachment, kind: str, session: str, actor: Actor, **switches: bool) -> Outcome:
    permit(policies.can_import(actor))
    reader = partial(importing.known_imports()[kind].read, sha256=workbook.sha256, session=session)
    how = actor.recording(None, How.IMPORT)
    return importing.run(storage.local(workbook.path), reader, kind=kind, actor=how, name=workbook.name, **switches)
