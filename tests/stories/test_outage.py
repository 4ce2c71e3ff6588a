"""A year of outages: each reminder is told once, whatever runs late, twice, at once or dies; no letter is untrue."""

import pytest

from notifications.models import Notification
from tests.stories.outage import Year
from workflow.ladder import Ladder

BOX = "tests.stories.outage.Mailbox"


@pytest.mark.django_db(transaction=True)
def test_over_a_year_of_outages_each_reminder_is_told_once_and_no_letter_is_untrue(settings):
    settings.EMAIL_BACKEND = BOX
    year = Year(seed=20260316, days=365, threads=True).pass_by()
    assert year.missed() == set()
    assert year.invented() == set()
    assert year.stale() == set()
    assert year.lost() == set()
    assert year.wrong_letters == []
    assert year.unsent == set()
    pairs = list(Notification.objects.values_list("recipient", "fact"))
    assert len(pairs) == len(set(pairs))
    # a letter goes twice only where its sender died between sending and writing that down
    assert sum(count - 1 for count in year.letters.values()) <= year.happened["sender died"]
    # it was a bad year
    assert all(year.happened[what] > 8 for what in ("beside", "threads", "died", "sender died")), year.happened
    assert (len(year.told()), len(year.letters)) > (300, 100)


@pytest.mark.django_db
@pytest.mark.exhaustive
def test_control_a_sweep_that_looks_only_at_what_is_due_today_misses_what_fell_on_a_missed_day(settings, monkeypatch):
    def due_today(self, left):
        exact = left in self.days if left >= 0 else (-left - 1) % self.repeat == 0
        return whole(self, left) if exact else ""

    whole = Ladder.rung
    monkeypatch.setattr(Ladder, "rung", due_today)
    settings.EMAIL_BACKEND = BOX
    assert Year(seed=1, days=90, threads=False).pass_by().missed()


@pytest.mark.django_db
@pytest.mark.exhaustive
def test_control_where_nobody_asks_whether_it_is_still_true_untrue_letters_go_out_and_inboxes_keep_them(
    settings, monkeypatch
):
    settings.EMAIL_BACKEND, settings.FACTS_NO_LONGER_TRUE = BOX, []
    monkeypatch.setattr("notifications.reminders.untrue", lambda *_told: {})
    year = Year(seed=2, days=90, threads=False).pass_by()
    assert year.wrong_letters
    assert year.stale()
