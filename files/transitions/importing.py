"""Importing from a page: the workbook is kept for a day, checked as often as wanted, taken over once, then gone."""

from functools import partial
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actor import Actor
from accounts.models import How
from files import importing, policies, storage, uploads
from files.importing import Outcome
from files.models import Attachment
from workflow.engine import permit

_CONTENT_TYPE = "application/vnd.ms-excel"


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

    It holds names of voters, and every row that was taken over tells where it stood. Raises like ``check_workbook``.
    """
    outcome = _run(workbook, kind, session, actor, keep_good=keep_good)
    if outcome.written:
        path = storage.local(workbook.path)
        workbook.delete()
        path.unlink(missing_ok=True)
    return outcome


def _run(workbook: Attachment, kind: str, session: str, actor: Actor, **switches: bool) -> Outcome:
    permit(policies.can_import(actor))
    reader = partial(importing.known_imports()[kind].read, sha256=workbook.sha256, session=session)
    how = actor.recording(None, How.IMPORT)
    return importing.run(storage.local(workbook.path), reader, kind=kind, actor=how, name=workbook.name, **switches)
