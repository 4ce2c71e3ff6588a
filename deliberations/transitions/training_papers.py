"""What belongs to a training beside its sheet: what was taught, photos, the short news (F17)."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.models import Cycle, Training, TrainingFile
from deliberations.policies.training import can_keep_training
from deliberations.transitions.training_machine import TRAINING, TrainingVerb
from files.pictures import store_picture
from files.uploads import store_upload
from workflow.engine import Invalid, lock, permit, record

#: How many files a training may have: a folder is read by people.
MOST = 40


@transaction.atomic
def add_files(training: Training, *, actor: Actor, version: int, kind: str, uploads: Sequence[UploadedFile]) -> Cycle:
    """Keep files of one kind; photos and sheets are drawn anew, without where they were taken.

    Raises NotAllowed, Conflict, Stale, and Invalid for a file that is refused, none, or too many.
    """
    case = _locked(training, TrainingVerb.ADD_FILES, actor, version)
    if not uploads:
        raise Invalid("uploads", "none", _("Choose at least one file."))
    if training.papers.count() + len(uploads) > MOST:
        raise Invalid("uploads", "too_many", _("At most %(most)s files are kept of one activity."), most=MOST)
    store = store_upload if kind == TrainingFile.Kind.CONTENT else store_picture
    for upload in uploads:
        try:
            kept = store(upload, user=actor.user)
        except Invalid as refused:
            raise Invalid("uploads", refused.code, "%(told)s", told=refused.sentence) from refused
        TrainingFile.objects.create(training=training, file=kept, kind=kind)
    told = {"training": training.title, "kind": kind, "count": len(uploads)}
    record(case, TRAINING, TrainingVerb.ADD_FILES, actor=actor, changes=told)
    return case


@transaction.atomic
def remove_file(paper: TrainingFile, *, actor: Actor, version: int, reason: str) -> Cycle:
    """Take away what was added by mistake. Raises NotAllowed, Conflict, Stale, and Invalid without a reason."""
    case = _locked(paper.training, TrainingVerb.REMOVE_FILE, actor, version)
    if not reason.strip():
        raise Invalid("reason", "reason_missing", _("Say why."))
    told = {"training": paper.training.title, "file": paper.file.name}
    paper.delete()
    record(case, TRAINING, TrainingVerb.REMOVE_FILE, actor=actor, reason=reason.strip(), changes=told)
    return case


@transaction.atomic
def write_news(training: Training, *, actor: Actor, version: int, news: str) -> Cycle:
    """The short news of it. Raises NotAllowed, Conflict, Stale, and Invalid when nothing changes."""
    case = _locked(training, TrainingVerb.WRITE_NEWS, actor, version)
    if news.strip() == training.news:
        raise Invalid("news", "nothing_changed", _("Nothing was changed."))
    training.news = news.strip()
    training.save(update_fields=["news"])
    record(case, TRAINING, TrainingVerb.WRITE_NEWS, actor=actor, changes={"training": training.title})
    return case


def _locked(training: Training, verb: TrainingVerb, actor: Actor, version: int) -> Cycle:
    case = lock(training.cycle, version=version)
    training.refresh_from_db()
    permit(can_keep_training(actor, training))
    TRAINING.require(case, verb)
    return case
