"""Notifications for tests."""

from accounts.actor import Actor
from accounts.models import Role, User
from notifications.models import Dispatch, Notification
from notifications.transitions import notify
from tests.factory import make_actor

PARAMS = {"number": "第007号", "title": "关于修路的建议", "act_by": "2026-11-30", "organ": "县水利局"}


def make_reader(email: str = "") -> Actor:
    """Staff of the committee, with or without an address for letters."""
    actor = make_actor(Role.COMMITTEE_STAFF)
    User.objects.filter(pk=actor.user.pk).update(email=email)
    actor.user.refresh_from_db()
    actor.post.user = actor.user
    return actor


def make_notification(
    actor: Actor, fact: str = "assigned:suggestion:1:1", *, kind: str = "suggestion.assigned", url: str = "/"
) -> Notification:
    """One unread notification of this actor."""
    notify([actor.post], fact=fact, kind=kind, params=PARAMS, url=url)
    return Notification.objects.get(recipient=actor.user, fact=fact)


def make_dispatch(email: str = "li@example.cn", fact: str = "assigned:suggestion:1:1") -> Dispatch:
    """A letter that is due now."""
    return make_notification(make_reader(email), fact).dispatches.get()
