"""Photos and papers that whoever keeps the record adds to a visit; the deputy's own come with the note."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Visit, VisitFile
from deliberations.policies import visits as policies
from deliberations.transitions.visit_machine import VISIT, VisitVerb
from files.models import Attachment
from files.pictures import ENDINGS, store_picture
from files.uploads import clean_name, store_upload
from workflow.engine import Invalid, lock, permit, record

_KINDS = frozenset({VisitFile.Kind.PHOTO, VisitFile.Kind.SHEET, VisitFile.Kind.SIGN_IN})


@transaction.atomic
def add_papers(
    case: Visit, *, actor: Actor, version: int, kind: str, uploads: Sequence[UploadedFile]
) -> list[VisitFile]:
    """Keep photos drawn anew, sheets as they are; all of them or none.

    Raises NotAllowed, Conflict, Stale, and Invalid ``uploads`` for what is no picture, damaged or too large.
    """
    case = lock(case, version=version)
    permit(policies.can_keep(actor, case))
    VISIT.require(case, VisitVerb.ADD_PAPERS)
    if kind not in _KINDS:
        raise Invalid("kind", "unknown", _("Say what it is."))
    if not uploads:
        raise Invalid("uploads", "missing", _("Choose at least one file."))
    rows = [VisitFile(visit=case, kind=kind, file=_kept(upload, actor, kind)) for upload in uploads]
    VisitFile.objects.bulk_create(rows)
    record(case, VISIT, VisitVerb.ADD_PAPERS, actor=actor, changes={"kind": kind, "count": len(rows)})
    return rows


def _kept(upload: UploadedFile, actor: Actor, kind: str) -> Attachment:
    """Whatever is a picture loses its place and camera; a sheet may be a PDF."""
    picture = clean_name(upload.name or "").endswith(ENDINGS)
    try:
        if picture or kind == VisitFile.Kind.PHOTO:
            return store_picture(upload, user=actor.user)
        return store_upload(upload, user=actor.user)
    except Invalid as refused:
        raise Invalid("uploads", refused.code, refused.sentence) from refused
