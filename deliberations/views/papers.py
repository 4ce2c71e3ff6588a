"""From the minutes as they were typed to the paper that a verb takes."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from deliberations.transitions.resolutions import Paper
from files.uploads import store_upload


def on_paper(perform: Callable[..., Any]) -> Callable[..., Any]:
    """The verb that takes ``paper``, for a form of ``PaperFields``; the scan is kept in the verb's transaction."""

    @transaction.atomic
    def performed(subject: Any, *, actor: Actor, number: str, on: Any, scan: Any, **data: Any) -> Any:
        stored = store_upload(scan, user=actor.user) if scan else None
        return perform(subject, actor=actor, paper=Paper(number, on, scan=stored), **data)

    return performed
