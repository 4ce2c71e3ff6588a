"""Topics of a round carried along on a visit (R41)."""

import pytest
from django.urls import reverse

from deliberations.models import Opinion, Topic
from deliberations.transitions import correcting
from deliberations.transitions.visit_facts import OpinionFacts
from tests.deliberations.cycle_factory import make_round, mobilised
from tests.deliberations.visiting import Village, completed, events, facts, fresh, logged, opinion_of, recorded
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, signed_in
from workflow.engine import Invalid


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


@pytest.fixture
def topic(village):
    """Selected, in a round in which the station takes part."""
    round_ = mobilised()
    round_.cycle.stations.create(station=village.station)
    return Topic.objects.get(status="SELECTED")


def test_a_visit_that_carries_a_topic_belongs_to_its_round(village, topic):
    case = completed(village, topics=[topic], opinion={"topic": topic})
    assert (fresh(case).cycle_id, list(case.topics.all())) == (topic.cycle_id, [topic])
    assert opinion_of(case).topic == topic


def test_what_was_not_selected_or_is_another_stations_is_not_carried(village, topic):
    other = village.other_liaison
    with pytest.raises(Invalid) as refused:
        recorded(village, actor=other, deputies=[village.stranger], topics=[topic])
    assert (refused.value.field, refused.value.code) == ("topics", "not_the_stations")
    pooled = make_round(title="校车议政活动").cycle.topics.create(
        title="未选", source="OTHER", reasons="-", proposing_body="-"
    )
    with pytest.raises(Invalid):
        recorded(village, topics=[pooled])
    with pytest.raises(Invalid) as refused:
        recorded(village, topics=[topic, pooled])
    assert refused.value.code == "several_cycles"


def test_an_opinion_is_about_a_topic_that_was_carried(village, topic):
    with pytest.raises(Invalid) as refused:
        recorded(village, opinion={"topic": topic})
    assert (refused.value.field, refused.value.code) == ("topic", "not_carried")


def test_a_topic_of_an_opinion_cannot_be_left_out_under_it(village, topic):
    case = completed(village, topics=[topic], opinion={"topic": topic})
    given = facts(village, voter={"phone": ""})
    second = Opinion.objects.create(visit=case, words="路灯不亮。", **OpinionFacts("VILLAGE").columns())
    with pytest.raises(Invalid) as refused:
        correcting.correct(second, actor=village.liaison, version=case.version, words="路灯坏了。", **given)
    assert refused.value.code == "topic_used"


def test_the_form_offers_the_stations_topics_and_no_others(village, topic):
    case = logged(village)
    url = reverse("deliberations:visit_act", args=[case.pk, "complete"])
    client = signed_in(village.liaison)
    page = client.get(url)
    assert list(page.context["form"].fields["topics"].queryset) == [topic]
    typed = {
        "kind": "VISIT", "on": "2026-03-16", "place": "南门村", "route": "TO_MEETING", "tell_wish": "yes",
        "field": village.field.pk, "topics": [topic.pk], "topic": topic.pk,
    }  # fmt: skip
    assert client.post(url, hidden(page) | typed).status_code == 302
    assert opinion_of(case).topic == topic
    Topic.objects.filter(pk=topic.pk).update(status="POOL", resolution=None)
    other = logged(village)
    url = reverse("deliberations:visit_act", args=[other.pk, "complete"])
    assert not client.get(url).context["form"].fields["topics"].queryset


def test_a_correction_of_the_topics_stands_in_the_record(village, topic):
    case = completed(village)
    given = facts(village, topics=[topic], voter={"phone": "", "village": "南门村", "category": "ELDER", "sex": "F"})
    words = opinion_of(case).words
    correcting.correct(opinion_of(case), actor=village.liaison, version=case.version, words=words, **given)
    assert events(case)[-1].detail.changes == {"topics": [[], [str(topic.uuid)]]}
    assert fresh(case).cycle_id == topic.cycle_id
