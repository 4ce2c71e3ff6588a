"""How often somebody without a sign-in may do something."""

from datetime import timedelta

import pytest

from workflow import clock
from workflow.models import Allowance
from workflow.throttling import take

pytestmark = pytest.mark.django_db


def _often(times: int, whose: str = "192.0.2.1") -> list[bool]:
    return [take("message", whose, most=3, seconds=60) for _ in range(times)]


def test_as_often_as_is_allowed_and_not_once_more():
    assert _often(5) == [True, True, True, False, False]


def test_one_address_takes_nothing_from_another():
    _often(4)
    assert _often(1, "192.0.2.2") == [True]


def test_it_fills_up_again_with_time_and_never_beyond():
    start = clock.now()
    with clock.at(start):
        _often(4)
    with clock.at(start + timedelta(seconds=21)):
        assert _often(2) == [True, False]
    with clock.at(start + timedelta(days=9)):
        assert _often(4) == [True, True, True, False]


def test_no_address_lies_in_the_database():
    _often(1)
    assert "192.0.2.1" not in Allowance.objects.get().key
