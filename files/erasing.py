"""Emptying a stored file of its content while its row stays, since a record points at it."""

from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction

from files.models import Attachment


def erase(attachment: Attachment, name: str) -> None:
    """Give up the content; the row keeps ``name`` instead of the one a person gave.

    The file goes when the transaction has held; should the machine stop in between, the sweep finds a file without a
    row. It must run in a transaction.
    """
    path = attachment.path
    columns = {"name": name, "size": 0, "sha256": "", "path": f"erased/{uuid4().hex}"}
    Attachment.objects.filter(pk=attachment.pk).update(**columns)
    transaction.on_commit(lambda: default_storage.delete(path))
