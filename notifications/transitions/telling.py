"""Telling a fact once, and dropping what is no longer true."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from accounts.models import Post
from notifications.models import Dispatch, Notification
from workflow import clock

T = TypeVar("T")


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


def void(facts: Collection[str], reason: str) -> int:
    """These facts are no longer true: unread rows leave the inbox, dispatches not yet sent are dropped.

    Returns how many rows left; facts already void, or read, are left alone.
    """
    rows = Notification.objects.filter(fact__in=facts, void_reason="", read_at=None)
    Dispatch.objects.filter(notification__in=rows, state=Dispatch.State.DUE).update(state=Dispatch.State.DROPPED)
    return rows.update(void_reason=reason)


@dataclass(frozen=True)
class Telling:
    """A fact that someone should know by now."""

    post: Post
    fact: str
    kind: str
    params: dict[str, Any]
    url: str
    due_on: date | None = None


def notify_many(tellings: Iterable[Telling]) -> int:
    """Write many facts, each once per recipient whatever was told before; return how many are new.

    A sweep that runs twice, late, or beside another one changes nothing: what another worker wrote in
    between is found by the unique constraint and the chunk is looked at again.
    """
    return sum(_write_chunk(chunk) for chunk in batched(tellings, 500))


def _write_chunk(chunk: list[Telling]) -> int:
    try:
        with transaction.atomic():
            return _write_missing(chunk)
    except IntegrityError:
        # another worker told some of these at the same moment; now they can be seen
        with transaction.atomic():
            return _write_missing(chunk)


def _write_missing(chunk: list[Telling]) -> int:
    facts = {telling.fact for telling in chunk}
    told = set(Notification.objects.filter(fact__in=facts).values_list("recipient_id", "fact"))
    missing = {(t.post.user_id, t.fact): t for t in chunk if (t.post.user_id, t.fact) not in told}
    now = clock.now()
    rows = Notification.objects.bulk_create(
        Notification(
            recipient_id=t.post.user_id, post=t.post, fact=t.fact, kind=t.kind, params=t.params, url=t.url,
            due_on=t.due_on, created_at=now,
        )
        for t in missing.values()
    )  # fmt: skip
    by_mail = [row for row, telling in zip(rows, missing.values(), strict=True) if telling.post.user.email]
    Dispatch.objects.bulk_create(
        Dispatch(notification=row, channel=Dispatch.Channel.EMAIL, not_before=now) for row in by_mail
    )
    return len(rows)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
