"""Scenario 34: the liaison types a deputy's handwritten page; author and typist both stand in the record."""

import pytest
from django.urls import reverse

from notifications.models import Notification
from tests.deliberations.visiting import Village, assert_chain_holds, events, fresh, recorded
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, signed_in


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def test_the_page_is_typed_by_the_liaison_read_large_by_the_deputy_and_confirmed(village):
    words = "村口那段路下雨就积水，娃上学要绕道。"
    case = recorded(village, words=words)
    asked = Notification.objects.get(kind="visit.to_confirm", recipient=village.deputy.user)
    page = reverse("deliberations:visit_act", args=[case.pk, "confirm"])
    client = signed_in(village.deputy)
    assert page in client.get(asked.url).content.decode()
    shown = client.get(page)
    assert words in shown.content.decode()
    assert "large" in shown.content.decode().split("<head", 1)[0]
    assert client.post(page, hidden(shown)).status_code == 302
    assert fresh(case).confirmed_at is not None

    typed, confirmed = events(case)
    assert (typed.actor, typed.on_behalf_of, typed.how) == (village.liaison.user, village.lead.person, "PAPER")
    assert (confirmed.actor, confirmed.on_behalf_of, confirmed.how) == (village.deputy.user, None, "IN_SYSTEM")
    record = signed_in(village.chair).get(asked.url).content.decode()
    assert "邱小燕" in record
    assert "周大爷" in record
    assert_chain_holds(case)
