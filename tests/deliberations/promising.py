"""Promises at every point of their life, brought there by the verbs."""

from datetime import timedelta

from deliberations.models import Promise
from deliberations.transitions import promises
from tests.deliberations.meeting_factory import House, attended, closed, opened, promised, said
from workflow import clock

REPORT = "南门村八盏路灯已装好。"


def made(house: House, *, days: int = 15, text: str = "装路灯八盏", is_closed: bool = True, **options) -> Promise:
    """By the bureau to the county deputy; the meeting is closed unless told otherwise."""
    meeting = attended(house, opened(house))
    opinion = said(house, meeting, "南门村夜里没有路灯")
    promise = promised(house, opinion, days=days, text=text, **options)
    if is_closed:
        closed(house, meeting)
    return fresh(promise)


def reported(house: House, promise: Promise | None = None, **options) -> Promise:
    """As done, by the organ's handler."""
    promise = promise or made(house)
    given = {"actor": house.handler, "text": REPORT, "on": clock.today()} | options
    return promises.report_done(promise, version=fresh(promise).version, **given)


def kept(house: House, promise: Promise | None = None, **options) -> Promise:
    """As the deputy finds."""
    promise = promise or reported(house)
    return promises.confirm_kept(promise, version=fresh(promise).version, **{"actor": house.deputy} | options)


def denied(house: House, promise: Promise | None = None, **options) -> Promise:
    """The deputy finds that it is not so."""
    promise = promise or reported(house)
    given = {"actor": house.deputy, "words": "只装了五盏。"} | options
    return promises.deny(promise, version=fresh(promise).version, **given)


def not_kept(house: House, promise: Promise, **options) -> Promise:
    """As staff record once its day is over."""
    given = {"actor": house.staff, "reason": "现场看过，一盏没装。"} | options
    return promises.declare_not_kept(promise, version=fresh(promise).version, **given)


def later(days: int):
    """Look from so many days after the present one."""
    return clock.at(clock.now() + timedelta(days))


def fresh(promise: Promise) -> Promise:
    """As the database has it."""
    return Promise.objects.for_list().get(pk=promise.pk)
