"""Visits through their pages, without JavaScript: the deputy's three questions, the liaison's forms, the lists."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from accounts.models import Role
from deliberations.models import Opinion, Telling, Visit
from stations.models import Mandate
from tests.deliberations.visiting import (
    NAME,
    PHONE,
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    fresh,
    logged,
    opinion_of,
    recorded,
    told,
)
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, signed_in

LIST, LOG, RECORD = (reverse(f"deliberations:{name}") for name in ("visits", "log_visit", "record_visit"))
COMPLETE = {
    "kind": "VISIT", "on": "2026-03-15", "place": "南门村", "route": "VILLAGE", "tell_wish": "yes",
    "phone": PHONE, "village": "南门村", "category": "ELDER",
}  # fmt: skip


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def page_of(case):
    return reverse("deliberations:visit", args=[case.pk])


def act_of(case, verb):
    return reverse("deliberations:visit_act", args=[case.pk, verb])


def opinion_act(case, verb):
    return reverse("deliberations:opinion_act", args=[case.pk, opinion_of(case).pk, verb])


def voter_page(case):
    return reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk])


def send(actor, url, **typed):
    """Open the page and send its form."""
    client = signed_in(actor)
    opened = client.get(url)
    assert opened.status_code == 200, (url, opened.status_code)
    return client.post(url, hidden(opened) | typed)


def test_three_answers_are_a_visit(village):
    home = signed_in(village.deputy).get("/").content.decode()
    assert f'href="{LOG}"' in home
    answer = send(village.deputy, LOG, words=WORDS, who=NAME, tell_wish="yes")
    assert (answer.status_code, answer.url) == (302, LIST)
    case = Visit.objects.get()
    assert (case.status, opinion_of(case).words) == ("INCOMPLETE", WORDS)
    after = signed_in(village.deputy).get(LIST).content.decode()
    assert f'href="{page_of(case)}"' in after


def test_only_deputies_have_the_button(village):
    for actor in (village.liaison, village.staff):
        assert LOG not in signed_in(actor).get("/").content.decode()


def test_the_form_sent_twice_is_one_visit_and_looks_the_same(village):
    client = signed_in(village.deputy)
    form = hidden(client.get(LOG)) | {"words": WORDS, "tell_wish": "no"}
    answers = [client.post(LOG, form) for _time in range(2)]
    assert [answer.url for answer in answers] == [LIST, LIST]
    assert Visit.objects.count() == 1


def test_a_page_gone_back_to_keeps_the_new_words_and_sends_them_at_the_second_press(village):
    client = signed_in(village.deputy)
    form = hidden(client.get(LOG)) | {"words": WORDS, "tell_wish": "no"}
    client.post(LOG, form)
    again = client.post(LOG, form | {"words": "路灯也不亮。"})
    assert again.status_code == 409
    assert "路灯也不亮。" in again.content.decode()
    assert client.post(LOG, form | hidden(again) | {"words": "路灯也不亮。"}).status_code == 302
    assert Visit.objects.count() == 2


@pytest.mark.parametrize("typed", [{"words": " ", "tell_wish": "yes"}, {"words": WORDS}, {"client_id": "x"}])
def test_what_is_missing_is_said_on_the_page(village, typed):
    answer = send(village.deputy, LOG, **typed)
    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_a_suspended_deputy_is_told_in_a_sentence(village):
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=TODAY)
    for send_it in (signed_in(village.deputy).get, signed_in(village.deputy).post):
        assert send_it(LOG).status_code == 403


def test_a_deputy_of_two_stations_is_asked_which(village):
    Mandate.objects.filter(pk=village.second.pk).update(person=village.lead.person)
    typed = {"words": WORDS, "tell_wish": "yes"}
    assert send(village.deputy, LOG, **typed).status_code == 422
    send(village.deputy, LOG, mandate=village.second.pk, **typed)
    assert list(Visit.objects.get().deputies.all()) == [village.second]


def test_the_liaison_completes_the_note(village):
    case = logged(village)
    answer = send(village.liaison, act_of(case, "complete"), field=village.field.pk, **COMPLETE)
    assert (answer.status_code, answer.url) == (302, page_of(case))
    row = opinion_of(case)
    assert (fresh(case).status, str(fresh(case).on), row.route) == ("RECORDED", "2026-03-15", "VILLAGE")
    assert row.voter.unseal() == (NAME, PHONE)


def test_an_incomplete_form_keeps_what_was_typed(village):
    case = logged(village)
    typed = COMPLETE | {"on": "2026-03-17", "route": ""}
    answer = send(village.liaison, act_of(case, "complete"), field=village.field.pk, **typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"route"}
    answer = send(village.liaison, act_of(case, "complete"), field=village.field.pk, **(typed | {"route": "VILLAGE"}))
    assert set(answer.context["form"].errors) == {"on"}
    assert 'value="南门村"' in answer.content.decode()


def test_a_page_opened_before_a_change_is_refused_with_all_that_was_typed(village):
    case = logged(village)
    client = signed_in(village.liaison)
    form = hidden(client.get(act_of(case, "complete"))) | COMPLETE | {"field": village.field.pk}
    signed_in(village.deputy).post(voter_page(case))
    answer = client.post(act_of(case, "complete"), form)
    assert answer.status_code == 409
    assert 'value="南门村"' in answer.content.decode()
    assert client.post(act_of(case, "complete"), form | hidden(answer)).status_code == 302


def test_a_visit_from_paper(village):
    typed = COMPLETE | {"deputies": "周大爷 王秀兰", "how": "PAPER", "words": WORDS, "name": NAME}
    answer = send(village.liaison, RECORD, field=village.field.pk, **typed)
    case = Visit.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(case))
    assert (case.status, case.station, case.deputies.count()) == ("RECORDED", village.station, 2)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"deputies": "孙远山"}, "deputies"),
        ({"deputies": "查无此人"}, "deputies"),
        ({"on": "2026-03-17"}, "on"),
        ({"on": "昨天"}, "on"),
        ({"phone": "没有"}, "phone"),
        ({"route": "REFUSED"}, "route_reason"),
        ({"words": ""}, "words"),
    ],
)
def test_a_wrong_paper_is_refused_at_its_field(village, typed, wrong):
    whole = COMPLETE | {"deputies": "周大爷", "how": "PAPER", "words": WORDS, "field": village.field.pk} | typed
    answer = send(village.liaison, RECORD, **whole)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {wrong}
    assert not Visit.objects.exists()


def test_the_deputy_reads_it_large_and_confirms_or_puts_it_right(village):
    case = recorded(village)
    page = signed_in(village.deputy).get(act_of(case, "confirm"))
    assert 'class="large' in page.content.decode()
    assert WORDS in page.content.decode()
    assert opinion_act(case, "correct") in page.content.decode()
    assert page.context["submit_label"] == gettext("Yes, that is what was meant")
    send(village.deputy, opinion_act(case, "correct"), words="不是积水，是断了。", wish="")
    send(village.deputy, act_of(case, "confirm"))
    assert fresh(case).confirmed_at is not None
    assert_chain_holds(case)


def test_the_liaison_corrects_and_an_untouched_name_stays(village):
    case = recorded(village)
    page = signed_in(village.liaison).get(opinion_act(case, "correct"))
    assert NAME not in page.content.decode()
    typed = COMPLETE | {"words": WORDS, "field": village.field.pk, "place": "北门村"}
    assert send(village.liaison, opinion_act(case, "correct"), **typed).status_code == 302
    assert (fresh(case).place, opinion_of(case).voter.unseal()) == ("北门村", (NAME, PHONE))


def test_adding_telling_and_settling(village):
    case = recorded(village)
    typed = {"words": "路灯不亮。", "route": "TOWNSHIP", "tell_wish": "no", "field": village.field.pk}
    assert send(village.liaison, act_of(case, "add_opinion"), **typed).status_code == 302
    assert signed_in(village.liaison).get(act_of(case, "close")).status_code == 409
    said = {"on": "2026-03-16", "how": "PHONE", "reached": "yes", "final": "yes"}
    assert send(village.deputy, opinion_act(case, "tell"), **said).status_code == 422
    assert send(village.deputy, opinion_act(case, "tell"), text="下月就修。", **said).status_code == 302
    assert signed_in(village.deputy).get(opinion_act(case, "tell")).status_code == 409
    assert send(village.liaison, act_of(case, "close")).status_code == 302
    assert (fresh(case).status, Telling.objects.count()) == ("CLOSED", 1)
    page = signed_in(village.liaison).get(page_of(case))
    assert (page.context["acts"], [row.acts for row in page.context["opinions"]]) == ([], [[], []])


def test_each_button_of_a_page_opens_and_nothing_else_is_offered(village):
    people = [village.deputy, village.liaison, village.staff, village.chair, village.body]
    for case in (logged(village), completed(village), closed(village)):
        for actor in people:
            client = signed_in(actor)
            page = client.get(page_of(case))
            offered = [*page.context["acts"], *(act for row in page.context["opinions"] for act in row.acts)]
            assert [client.get(act["url"]).status_code for act in offered] == [200] * len(offered)
            assert not (actor in people[3:] and offered)


def test_whose_visit_it_is_not_finds_nothing(village):
    case = completed(village)
    urls = [page_of(case), act_of(case, "close"), opinion_act(case, "tell"), voter_page(case)]
    for actor in [village.companion, *village.strangers()]:
        client = signed_in(actor)
        for url in urls:
            assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
        listed = client.get(LIST)
        assert listed.status_code == 403 or not listed.context["rows"]


def test_acts_and_opinions_are_only_where_they_belong(village):
    case, other = completed(village), completed(village)
    client = signed_in(village.liaison)
    strange = reverse("deliberations:opinion_act", args=[case.pk, opinion_of(other).pk, "tell"])
    wrong = [strange, act_of(case, "tell"), opinion_act(case, "close"), f"{page_of(case)}erase/"]
    assert [client.get(url).status_code for url in wrong] == [404] * 4


def test_the_list_by_what_waits(village):
    cases = {"completion": logged(village), "telling": completed(village)}
    cases["closing"] = completed(village, opinion={"tell_wish": False})
    closed(village)
    client = signed_in(village.liaison)
    for wait, case in cases.items():
        assert client.get(LIST, {"waits": wait}).context["rows"] == [case]
    assert [tab["count"] for tab in client.get(LIST).context["tabs"]] == [1, 1, 4, 2, 0]
    assert client.get(LIST, {"route": "VILLAGE"}).context["rows"] == []
    assert len(client.get(LIST, {"field": village.field.pk}).context["rows"]) == 3
    assert client.get(LIST, {"waits": "x"}).context["rows"] == []


def test_the_committee_reads_and_counts_and_writes_nothing(village):
    completed(village)
    for actor in (village.chair, village.vice, village.body):
        client = signed_in(actor)
        page = client.get(LIST)
        assert [tab["count"] for tab in page.context["tabs"]] == [0, 1, 1, 0]
        assert RECORD not in page.content.decode()
        assert client.get(RECORD).status_code == 403


def test_what_waits_stands_on_the_workbench(village):
    logged(village)
    completed(village)
    waits = {tile["url"]: tile["number"] for tile in signed_in(village.liaison).get("/").context["tiles"]}
    assert (waits[f"{LIST}?waits=completion"], waits[f"{LIST}?waits=telling"]) == (1, 1)
    waits = {tile["url"]: tile["number"] for tile in signed_in(village.deputy).get("/").context["tiles"]}
    assert waits[f"{LIST}?waits=confirmation"] == 1


def test_the_entry_stands_in_the_navigation_of_whom_it_concerns(village):
    for actor in (village.deputy, village.liaison, village.staff, village.chair):
        assert f'href="{LIST}"' in signed_in(actor).get("/inbox/").content.decode()
    assert f'href="{LIST}"' not in signed_in(make_actor(Role.ORGAN_HANDLER)).get("/inbox/").content.decode()


def test_longer_lists_cost_no_more_queries(village, django_assert_max_num_queries):
    client = signed_in(village.staff)
    completed(village)
    with django_assert_max_num_queries(40) as few:
        client.get(LIST)
    for _more in range(6):
        recorded(village, deputies=[village.lead, village.second])
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(LIST).context["rows"]) == 7


def test_a_longer_record_costs_the_page_no_more_queries(village, django_assert_max_num_queries):
    case = completed(village)
    client = signed_in(village.liaison)
    told(village, case, final=False)
    with django_assert_max_num_queries(60) as few:
        client.get(page_of(case))
    for number in range(5):
        told(village, case, final=False, text=f"第{number}次")
    recorded_acts = len(events(case))
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(page_of(case)).context["events"]) == recorded_acts


def test_words_are_shown_as_words(village):
    case = logged(village, words="<script>alert(1)</script> & “路”")
    page = signed_in(village.liaison).get(page_of(case)).content.decode()
    assert "<script>alert(1)" not in page
    assert escape("<script>alert(1)</script> &") in page


def test_a_foreign_form_id_is_no_way_to_anothers_visit(village):
    case = logged(village, client_id=uuid4())
    typed = {"client_id": str(case.client_id), "words": WORDS, "tell_wish": "yes"}
    assert signed_in(village.companion).post(LOG, typed).status_code == 409
    assert Opinion.objects.count() == 1


def test_a_deputy_reads_in_plain_words_how_a_note_stands(village):
    visit = logged(village)
    for url in (LIST, page_of(visit)):
        assert gettext("the station puts it in order") in signed_in(village.deputy).get(url).content.decode()
        assert gettext("the station puts it in order") not in signed_in(village.liaison).get(url).content.decode()
    completed(village, visit)
    for url in (LIST, page_of(visit)):
        assert gettext("please confirm") in signed_in(village.deputy).get(url).content.decode()
        assert gettext("please confirm") not in signed_in(village.liaison).get(url).content.decode()


def test_what_a_deputy_puts_right_is_saved(village):
    visit = completed(village, logged(village))
    page = signed_in(village.deputy).get(opinion_act(visit, "correct"))
    assert page.context["submit_label"] == gettext("Save")
