"""Telling a fact once, reading it, and dropping what is no longer true."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Post, User
from notifications.models import Dispatch, Notification
from workflow import clock


def notify(
    posts: Iterable[Post], *, fact: str, kind: str, params: dict[str, Any], url: str, due_on: date | None = None
) -> int:
    """Write the fact into the inbox of each post's holder, in the caller's transaction; return how many are new.

    A fact is unique per recipient: writing it again changes nothing (D19).
    """
    wanted = {post.user_id: post for post in posts}
    known = Notification.objects.filter(fact=fact, recipient__in=wanted).values_list("recipient_id", flat=True)
    for user_id in known:
        del wanted[user_id]
    return sum(_write(post, fact, kind, params, url, due_on) for post in wanted.values())


def _write(post: Post, fact: str, kind: str, params: dict[str, Any], url: str, due_on: date | None) -> bool:
    now = clock.now()
    row, created = Notification.objects.get_or_create(
        recipient_id=post.user_id,
        fact=fact,
        defaults={"post": post, "kind": kind, "params": params, "url": url, "due_on": due_on, "created_at": now},
    )
    if created and post.user.email:
        Dispatch.objects.create(notification=row, channel=Dispatch.Channel.EMAIL, not_before=now)
    return created


def void(fact: str, reason: str) -> int:
    """The fact is no longer true: unread rows leave the inbox, dispatches not yet sent are dropped."""
    rows = Notification.objects.filter(fact=fact, void_reason="", read_at=None)
    Dispatch.objects.filter(notification__in=rows, state=Dispatch.State.DUE).update(state=Dispatch.State.DROPPED)
    return rows.update(void_reason=reason)


def mark_read(notification: Notification, *, user: User) -> None:
    """The recipient has opened it."""
    Notification.objects.filter(pk=notification.pk, recipient=user, read_at=None).update(read_at=clock.now())
