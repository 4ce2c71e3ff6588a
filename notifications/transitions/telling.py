"""Telling a fact once, and dropping what is no longer true."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import Post
from notifications.models import Dispatch, Notification
from workflow import clock

T = TypeVar("T")


@dataclass(frozen=True)
class Telling:
    """A fact that someone should know by now."""

    post: Post
    fact: str
    kind: str
    params: dict[str, Any]
    url: str
    due_on: date | None = None


def notify(
    posts: Iterable[Post], *, fact: str, kind: str, params: dict[str, Any], url: str, due_on: date | None = None
) -> int:
    """Write the fact into the inbox of each post's holder, in the caller's transaction; return how many are new.

    A fact is unique per recipient: writing it again changes nothing (D19).
    """
    return notify_many(Telling(post, fact, kind, params, url, due_on) for post in posts)


def void(facts: Collection[str], reason: str) -> int:
    """These facts are no longer true: unread rows leave the inbox, dispatches not yet sent are dropped.

    Returns how many rows left; facts already void, or read, are left alone.
    """
    return _take_back(Notification.objects.filter(fact__in=facts), reason)


def void_rows(keys: Collection[int], reason: str) -> int:
    """As ``void``, for some of those who were told a fact."""
    return _take_back(Notification.objects.filter(pk__in=keys), reason)


@transaction.atomic
def _take_back(rows: QuerySet[Notification], reason: str) -> int:
    rows = rows.unread()  # type: ignore[attr-defined]
    Dispatch.objects.filter(notification__in=rows, state=Dispatch.State.DUE).update(state=Dispatch.State.DROPPED)
    return rows.update(void_reason=reason)


@transaction.atomic
def restore(keys: Collection[int]) -> int:
    """What was taken back unread is true again: it returns to the inbox as new, its letter to what is due.

    Returns how many came back.
    """
    now = clock.now()
    rows = Notification.objects.filter(pk__in=keys, read_at=None).exclude(void_reason="")
    dropped = Dispatch.objects.filter(notification__in=rows, state=Dispatch.State.DROPPED)
    dropped.update(state=Dispatch.State.DUE, not_before=now)
    return rows.update(void_reason="", created_at=now)


def told(facts: Collection[str]) -> dict[tuple[int, str], int]:
    """Who was told which of these facts, by recipient and fact: 0, or the key of a row that was taken back unread."""
    rows = Notification.objects.filter(fact__in=facts).values_list(
        "recipient_id", "fact", "pk", "void_reason", "read_at"
    )
    return {(who, fact): pk if void and not read else 0 for who, fact, pk, void, read in rows}


def notify_many(tellings: Iterable[Telling]) -> int:
    """Write many facts, each once per recipient whatever was told before; return how many are new.

    A sweep that runs twice, late, or beside another one changes nothing: what another worker wrote in
    between is found by the unique constraint, and the chunk is then written one by one.
    """
    return sum(_write_chunk(chunk) for chunk in batched(tellings, 500))


def _write_chunk(chunk: list[Telling]) -> int:
    missing = _missing(chunk)
    if not missing:
        return 0
    try:
        with transaction.atomic():
            return _write(missing)
    except IntegrityError:
        # another worker told some of these at the same moment: each by itself, since more may follow
        return sum(_write_alone(telling) for telling in missing)


def _missing(chunk: list[Telling]) -> list[Telling]:
    """What was not told yet, each fact once per recipient."""
    wanted = {(telling.post.user_id, telling.fact): telling for telling in chunk}
    known = told({telling.fact for telling in chunk})
    return [telling for pair, telling in wanted.items() if pair not in known]


def _write(missing: list[Telling]) -> int:
    rows = Notification.objects.bulk_create(
        Notification(recipient_id=telling.post.user_id, fact=telling.fact, **_words(telling)) for telling in missing
    )
    by_mail = [row for row, telling in zip(rows, missing, strict=True) if telling.post.user.email]
    Dispatch.objects.bulk_create(_letter(row) for row in by_mail)
    return len(rows)


@transaction.atomic
def _write_alone(telling: Telling) -> bool:
    row, created = Notification.objects.get_or_create(
        recipient_id=telling.post.user_id, fact=telling.fact, defaults=_words(telling)
    )
    if created and telling.post.user.email:
        _letter(row).save()
    return created


def _words(telling: Telling) -> dict[str, Any]:
    names = ("post", "kind", "params", "url", "due_on")
    return {name: getattr(telling, name) for name in names} | {"created_at": clock.now()}


def _letter(row: Notification) -> Dispatch:
    return Dispatch(notification=row, channel=Dispatch.Channel.EMAIL, not_before=row.created_at)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
