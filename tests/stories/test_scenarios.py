"""Acceptance scenarios that no other test shows whole; where each of them is shown stands in docs/acceptance.md."""

from datetime import date

import pytest
from django.urls import reverse

from notifications.models import Notification
from notifications.texts import sentence
from stations.models import Level
from suggestions.models import Evaluation, Suggestion, Verdict
from supervision import reminders
from tests.factory import make_mandate, make_person
from tests.stories.walking import press, read, refused, text
from tests.suggestions.checks import clock_of
from tests.suggestions.factory import TODAY, accepted, make_county, noon, part_of, replied
from tests.suggestions.web import act_url, pdf

pytestmark = pytest.mark.django_db


def test_a_township_deputy_signs_along_with_no_county_suggestion():
    """Scenario 33: neither as lead nor as co-signer of what staff enter; the three lawful ways are named."""
    with noon(TODAY):
        county = make_county()
        make_mandate(make_person("张镇代"), Level.TOWNSHIP, county.station)
        page, typed = reverse("suggestions:submit"), {"title": "关于修路的建议", "facts": "路窄。"}
        assert refused(county.staff, page, lead="张镇代", **typed) == 422
        assert refused(county.staff, page, lead="赵大海", co_signers="张镇代", **typed) == 422
    assert not Suggestion.objects.exists()


def test_of_the_units_form_and_the_call_back_both_are_shown_and_the_call_back_counts():
    """Scenario 36: the form that the unit handed in says satisfied, the call-back basically satisfied."""
    with noon(TODAY):
        county = make_county()
        case = replied(county).assignment.suggestion
        page = act_url(case, "evaluate", part_of(case, county.host))
        typed = {"mandate": county.lead.pk, "attitude": "SATISFIED"}
        press(county.staff, page, source="ORGAN_FORM", result="SATISFIED", scan=pdf("征询表.pdf"), **typed)
        press(county.staff, page, source="CALL_BACK", result="BASICALLY", number_called="0310-5219999", **typed)
        kept = {row.source: (row.result, row.counts) for row in Evaluation.objects.all()}
        assert kept == {"ORGAN_FORM": ("SATISFIED", False), "CALL_BACK": ("BASICALLY", True)}
        assert Verdict.objects.get().value == "BASICALLY"
        chain = read(county.staff, reverse("supervision:chain", args=[case.pk])).context["parts"]
        judged = [link.code for part in chain for link in part.links if link.code in ("SATISFIED", "BASICALLY")]
        assert {"SATISFIED", "BASICALLY"} <= set(judged)


def test_a_statutory_date_on_the_national_day_stays_and_the_reminder_tells_the_day_before():
    """Scenario 39: due on 1 October; the page says to finish before the holiday, the reminder by when."""
    with noon(date(2026, 7, 1)):
        county = make_county()
        case = accepted(county, co_hosts=[])
    with noon(date(2026, 9, 20)):
        reminders.run()
        term = clock_of(case, "REPLY")
        assert (term.due_on, term.act_by) == (date(2026, 10, 1), date(2026, 9, 30))
        note = Notification.objects.filter(kind="reminder.reply_due", recipient=county.host.user).latest("pk")
        assert "2026年9月30日" in sentence(note)
        assert "请于节前2026-09-30完成" in text(county.host, reverse("suggestions:detail", args=[case.pk]))
