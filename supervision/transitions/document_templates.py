"""The county's own Word templates: put in use after a trial, taken back to the portal's; former ones stay.

A template has no record of its own: each act is an event on the account of whoever did it.
"""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import ACCOUNT, Verb
from files.documents.writing import Form, check
from files.models import DocumentTemplate
from files.uploads import clean_name, read, store_upload
from supervision import policies
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record
from workflow.taken import unless_taken

_TAKEN = _("Somebody else has put in another template at this moment. Look at it first.")


@transaction.atomic
def use_template(form: Form, *, actor: Actor, file: UploadedFile) -> DocumentTemplate:
    """From now on the form is written from this file, which is filled with samples first.

    Raises NotAllowed, Invalid ``file`` that says what is wrong with it, or that another was faster.
    """
    permit(policies.can_keep_templates(actor))
    assert actor.user is not None  # whoever holds a post has an account
    check(form, clean_name(file.name or ""), read(file, (".docx",))[1])
    account, now = lock(actor.user), clock.now()
    _in_use(form).update(until=now)
    stored = store_upload(file, user=actor.user)
    with unless_taken(Invalid("file", "taken", _TAKEN)):
        template = DocumentTemplate.objects.create(name=form.name, file=stored, by=actor.user, since=now)
    told = {"form": form.title, "file": stored.name, "sha256": stored.sha256}
    record(account, ACCOUNT, Verb.USE_TEMPLATE, actor=actor, changes=told)
    return template


@transaction.atomic
def drop_template(form: Form, *, actor: Actor) -> None:
    """From now on the form is written from the portal's template. Raises NotAllowed, or Conflict when it is already."""
    permit(policies.can_keep_templates(actor))
    assert actor.user is not None  # whoever holds a post has an account
    account = lock(actor.user)
    own = _in_use(form).select_related("file").first()
    if own is None or not _in_use(form).filter(pk=own.pk).update(until=clock.now()):
        raise Conflict("shipped", _("The portal's own template is in use already."))
    told = {"form": form.title, "file": own.file.name, "sha256": own.file.sha256}
    record(account, ACCOUNT, Verb.DROP_TEMPLATE, actor=actor, changes=told)


def _in_use(form: Form) -> QuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.filter(name=form.name, until=None)
