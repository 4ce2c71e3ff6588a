"""A voter behind a suggestion is told what came of it, from the page of the suggestion (D18)."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from deliberations.models import Telling
from notifications.models import Notification
from notifications.texts import sentence
from suggestions.models import Reply, Suggestion
from suggestions.sources import sources_of, to_tell
from tests.deliberations.visiting import NAME, PHONE, told
from tests.factory import make_actor
from tests.suggestions.behind import comes_from, met, promised, said, visited
from tests.suggestions.factory import accepted, evaluate, fresh, judged, release, replied, submitted
from tests.suggestions.web import send, signed_in
from workflow.text import MOST_IN_WECHAT, for_wechat


@pytest.fixture
def visit(county):
    return visited(county)


def voice_of(visit):
    return visit.opinions.get()


def collected(county, case, visit):
    comes_from(case, meeting_opinion=said(county, met(county), visit))
    return fresh(case)


def tell_url(case, visit):
    return reverse("suggestions:tell", args=[case.pk, voice_of(visit).pk])


def page(actor, case, visit):
    return signed_in(actor).get(tell_url(case, visit))


def initial(answer, name):
    return answer.context["form"].initial.get(name)


def waiting_for(actor, case):
    return to_tell(fresh(case), sources_of(case, actor))


def list_of(actor):
    return signed_in(actor).get(reverse("suggestions:list"), {"waits": "telling"}).context["page"].count


def test_the_words_are_proposed_from_the_released_reply(county, visit):
    case = collected(county, replied(county).assignment.suggestion, visit)
    proposed = initial(page(county.deputy, case, visit), "text")
    for part in (case.title, county.bureau.name, "已列入计划。", county.lead.person.name):
        assert part in proposed
    assert initial(page(county.deputy, case, visit), "final") == "no"


def test_the_deputy_forwards_the_result_in_a_message_that_keeps_the_name_and_leads_nowhere(county, visit):
    case = collected(county, replied(county).assignment.suggestion, visit)
    Reply.objects.filter(assignment__suggestion=case).update(body="已列入计划。" * 60)
    message = page(county.deputy, case, visit).context["message"]
    words = for_wechat(message)
    assert len(words) <= MOST_IN_WECHAT
    for part in (case.title, county.bureau.name, county.lead.person.name):
        assert part in words
    assert "http" not in words
    assert NAME not in words


def test_once_it_has_ended_those_who_tell_the_voter_are_told(county, visit):
    reply = replied(county)
    case = collected(county, reply.assignment.suggestion, visit)
    evaluate(county, reply)
    release(county, case)
    rows = Notification.objects.filter(kind="visit.to_tell")
    assert {row.url for row in rows} == {reverse("deliberations:visit", args=[visit.pk])}
    assert {row.recipient for row in rows} == {county.liaison.user, county.deputy.user}
    assert NAME not in sentence(rows[0]) and case.title in sentence(rows[0])


def test_whose_voter_had_the_last_word_is_not_asked_again(county, visit):
    reply = replied(county)
    case = collected(county, reply.assignment.suggestion, visit)
    told(county, visit)
    evaluate(county, reply)
    release(county, case)
    assert not Notification.objects.filter(kind="visit.to_tell").exists()


def test_a_closed_suggestion_proposes_the_last_word(county, visit):
    case = collected(county, judged(county), visit)
    assert initial(page(county.deputy, case, visit), "final") == "yes"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ({"status": "REFUSED", "refusal": "IN_COURT"}, "matter before a court or in arbitration"),
        ({"status": "REFERRED", "referred_to": "县信访局"}, "县信访局"),
    ],
)
def test_what_is_no_suggestion_is_told_with_reason_or_place(county, visit, state, word):
    case = collected(county, submitted(county), visit)
    Suggestion.objects.filter(pk=case.pk).update(**state)
    answer = page(county.liaison, case, visit)
    assert str(_(word)) in initial(answer, "text")
    assert initial(answer, "final") == "yes"


def test_nothing_is_proposed_while_nothing_has_come_of_it(county, visit):
    case = collected(county, accepted(county), visit)
    assert initial(page(county.deputy, case, visit), "text") == ""


def test_told_from_the_suggestion_it_stands_with_the_visit(county, visit):
    case = collected(county, judged(county), visit)
    answer = send(
        county.deputy,
        tell_url(case, visit),
        on="2026-03-16",
        how="PHONE",
        reached="yes",
        text="路要修了。",
        final="yes",
    )
    assert answer.url == reverse("suggestions:detail", args=[case.pk])
    telling = Telling.objects.get(opinion=voice_of(visit))
    assert (telling.text, telling.final, telling.by) == ("路要修了。", True, county.deputy.user)
    assert visit.events.order_by("seq").last().verb == "tell"
    again = page(county.deputy, case, visit)
    assert again.status_code == 409
    assert str(_("The voter has had the last word on this already.")) in again.content.decode()


def test_words_are_asked_for_and_kept_when_it_is_refused(county, visit):
    case = collected(county, judged(county), visit)
    answer = send(
        county.deputy, tell_url(case, visit), on="2026-03-16", how="PHONE", reached="yes", text="", final="yes"
    )
    assert answer.status_code == 422
    assert str(_("Write down what the voter was told.")) in answer.content.decode()
    assert not Telling.objects.exists()


def test_what_was_typed_on_an_old_page_is_shown_again(county, visit):
    case = collected(county, judged(county), visit)
    client = signed_in(county.deputy)
    stale = {"version": visit.version - 1, "on": "2026-03-16", "how": "PHONE", "reached": "yes", "text": "快了。"}
    answer = client.post(tell_url(case, visit), {**stale, "final": "no"})
    assert answer.status_code == 409
    assert "快了。" in answer.content.decode()


def test_who_may_tell_is_decided_by_the_visit(county, visit):
    case = collected(county, judged(county), visit)
    answers = {who: page(getattr(county, who), case, visit).status_code for who in ("staff", "liaison", "deputy")}
    assert answers == {"staff": 200, "liaison": 200, "deputy": 200}
    assert page(make_actor(Role.CHAIRPERSON), case, visit).status_code == 403
    others = {who: page(getattr(county, who), case, visit).status_code for who in ("co_signer", "host", "stranger")}
    assert others == {"co_signer": 404, "host": 404, "stranger": 404}


def test_an_opinion_that_is_not_behind_it_is_not_told_from_it(county, visit):
    case = judged(county)
    assert page(county.staff, case, visit).status_code == 404


def test_the_page_shows_the_words_and_never_the_voter(county, visit):
    case = collected(county, judged(county), visit)
    text = page(county.liaison, case, visit).content.decode()
    assert voice_of(visit).words in text
    assert NAME not in text
    assert PHONE not in text
    assert reverse("deliberations:voter", args=[visit.pk, voice_of(visit).pk]) in text


def test_behind_a_promise_too_a_voter_waits(county, visit):
    case = judged(county)
    comes_from(case, promise=promised(county, met(county), visit))
    assert waiting_for(county.liaison, case) == [voice_of(visit)]


def test_whose_voice_was_collected_at_once_waits_too(county, visit):
    case = judged(county)
    comes_from(case, opinion=voice_of(visit))
    assert waiting_for(county.deputy, case) == [voice_of(visit)]
    assert waiting_for(county.co_signer, case) == []
    assert waiting_for(county.host, case) == []


def test_until_told_the_closed_suggestion_stands_on_the_lists_of_those_who_tell(county, visit):
    case = collected(county, judged(county), visit)
    readers = ("staff", "liaison", "deputy", "co_signer", "host")
    assert {who: list_of(getattr(county, who)) for who in readers} == {
        "staff": 1,
        "liaison": 1,
        "deputy": 1,
        "co_signer": 0,
        "host": 0,
    }
    told = {"on": "2026-03-16", "how": "PHONE", "reached": "yes", "text": "路要修了。"}
    send(county.liaison, tell_url(case, visit), final="no", **told)
    assert list_of(county.staff) == 1
    send(county.liaison, tell_url(case, visit), final="yes", **told)
    assert list_of(county.staff) == 0


def test_while_it_is_in_hand_nobody_is_pressed_to_tell(county, visit):
    case = collected(county, accepted(county), visit)
    assert list_of(county.staff) == 0
    assert waiting_for(county.liaison, case) == []


def test_who_does_not_want_an_answer_is_not_told(county):
    silent = visited(county)
    silent.opinions.update(tell_wish=False)
    case = collected(county, judged(county), silent)
    assert waiting_for(county.liaison, case) == []
