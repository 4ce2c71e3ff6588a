"""What every refusal and every act on an account is held against."""

import pytest

from accounts.models import AccountEvent, Post, User
from workflow import chain


def refused(kind, code, act, /, *args, **kwargs):
    """The act is refused so, and nothing is written."""
    before = (AccountEvent.objects.count(), Post.objects.count(), User.objects.count())
    with pytest.raises(kind) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code
    assert (AccountEvent.objects.count(), Post.objects.count(), User.objects.count()) == before
    return caught.value


def faults_of(user):
    user.refresh_from_db()
    events = user.events.select_related("detail", *AccountEvent.WHO).order_by("seq")
    return chain.faults(user, events)
