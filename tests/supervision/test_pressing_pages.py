"""The pages of proposed steps and of the call list: what stands on them, three ticks, refusals, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.models import Organ, Person, Role
from suggestions import transitions
from supervision.models import Call, Proposal
from supervision.transitions import calls, proposals
from tests.factory import make_actor
from tests.suggestions.checks import clock_of
from tests.suggestions.factory import RECEIPT, TODAY, accepted, assigned, fresh, make_county, noon, replied, version_of
from tests.suggestions.web import send, signed_in
from tests.supervision.pressing_factory import called, current, late_by, letters, proposed, released
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


@pytest.fixture
def late(county):
    """The host is four days late with one reply, the co-host with its opinion; looked at on that day."""
    case = accepted(county)
    with late_by(case, 4):
        yield case


def page(actor, name, *args, **query):
    return signed_in(actor).get(reverse(f"supervision:{name}", args=args), query)


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def tick(actor, party, **typed):
    """One of the three buttons of the list, pressed without a script."""
    client = signed_in(actor)
    listed = client.get(reverse("supervision:calls"), {"who": typed.pop("who", "organ")}).content.decode()
    form = re.search(rf'<form[^>]*action="([^"]*/{party.pk}/)" class="calling">(.*?)</form>', listed, re.DOTALL)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[2]))
    fields["items"] = re.findall(r'name="items" value="([^"]*)"', form[2])
    return client.post(form[1], fields | typed)


# steps that press


def test_what_is_proposed_stands_by_organ_and_what_was_decided_below(county, late):
    proposals.sweep(clock.today())
    answer = page(county.staff, "pressing")
    assert [(organ, len(steps)) for organ, steps in answer.context["organs"]] == [(county.bureau, 1)]
    assert late.title in text(answer)
    step = Proposal.objects.get()
    released(county, step)
    answer = page(county.staff, "pressing")
    assert (answer.context["organs"], answer.context["rows"]) == ([], [step])


def test_staff_release_with_the_words_that_are_proposed(county, late):
    proposals.sweep(clock.today())
    step = Proposal.objects.get()
    url = reverse("supervision:proposal_act", args=[step.pk, "release"])
    form = signed_in(county.staff).get(url).context["form"]
    assert form.initial["to"].startswith(county.bureau.name)
    assert late.number in form.initial["text"]
    assert send(county.staff, url, **form.initial).status_code == 302
    assert (current(step).status, current(step).text) == ("RELEASED", form.initial["text"])
    assert len(letters("pressing.head")) == 1
    shown = text(page(county.staff, "proposal", step.pk))
    assert "data-copy" in shown
    assert form.initial["to"] in shown


def test_where_no_head_has_an_account_the_page_says_so_before(county, late):
    county.head.post.__class__.objects.filter(pk=county.head.post.pk).update(until=TODAY)
    proposals.sweep(clock.today())
    answer = page(county.staff, "proposal_act", Proposal.objects.get().pk, "release")
    assert answer.context["told"] == []
    assert _("No head of this organ has an account: send the words on, or read them out on the telephone. The release is recorded all the same.") in text(answer)  # fmt: skip


def test_what_is_no_longer_true_has_no_page_to_release_it(county, late):
    proposals.sweep(clock.today())
    replied(county, fresh(late))
    step = Proposal.objects.get()
    assert page(county.staff, "proposal_act", step.pk, "release").status_code == 409
    assert [act["verb"] for act in page(county.staff, "proposal", step.pk).context["acts"]] == ["dismiss"]


def test_an_empty_reason_is_refused_and_a_stale_page_too(county, late):
    proposals.sweep(clock.today())
    step = Proposal.objects.get()
    url = reverse("supervision:proposal_act", args=[step.pk, "dismiss"])
    assert send(county.staff, url, reason=" ").status_code == 422
    assert send(county.staff, url, reason="已答应", version="7").status_code == 409
    assert send(county.staff, url, reason="已答应").status_code == 302


@pytest.mark.parametrize(("role", "acts"), [(Role.DEPUTY_CHAIRPERSON, 2), (Role.WORKING_BODY, 0)])
def test_chairpersons_decide_and_a_working_body_reads(county, late, role, acts):
    proposals.sweep(clock.today())
    answer = page(make_actor(role), "proposal", Proposal.objects.get().pk)
    assert len(answer.context["acts"]) == acts


def test_the_workbench_of_staff_and_the_day_of_a_chairperson_tell_of_it(county, late):
    url = reverse("supervision:pressing")
    assert url not in [heap["url"] for heap in page(county.staff, "workbench").context["heaps"]]
    proposals.sweep(clock.today())
    assert (url, 1) in [(heap["url"], heap["number"]) for heap in page(county.staff, "workbench").context["heaps"]]
    day = page(make_actor(Role.CHAIRPERSON), "workbench").context["sections"]
    assert url in [line.url for line in day[0].lines]


def test_many_steps_cost_as_many_queries_as_few(county, django_assert_max_num_queries):
    def cost():
        client = signed_in(county.staff)
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("supervision:pressing"))
        return len(asked)

    proposed(county)
    few = cost()
    for _number in range(4):
        proposed(county)
    assert cost() == few


# the call list


def test_the_list_says_whom_to_ring_up_about_what_with_which_words(county, late):
    said = text(page(county.staff, "calls"))
    assert f"tel:{RECEIPT['phone']}" in said
    assert late.title in said
    for sentence in page(county.staff, "calls").context["parties"][0].script:
        assert escape(sentence) in said


def test_a_tick_on_the_list_is_one_press(county, late):
    assert tick(county.staff, county.bureau, outcome="NO_ANSWER", words="占线").status_code == 302
    call = Call.objects.get()
    assert (call.organ, call.outcome, call.words, call.number) == (county.bureau, "NO_ANSWER", "占线", "0310-5212345")
    assert call.by == county.staff.user
    assert [item.suggestion for item in call.items.all()] == [late]


def test_a_promise_without_its_day_shows_what_is_missing_and_keeps_what_was_typed(county, late):
    answer = tick(county.staff, county.bureau, outcome="PROMISED", words="李局答应")
    assert answer.status_code == 422
    assert "promised_on" in answer.context["form"].errors
    assert "李局答应" in answer.content.decode()
    day = clock.today() + timedelta(2)
    assert tick(county.staff, county.bureau, outcome="PROMISED", promised_on=day.isoformat()).status_code == 302
    assert Call.objects.get().promised_on == day


def test_a_day_left_in_its_box_under_another_tick_says_nothing(county, late):
    tick(county.staff, county.bureau, outcome="TOLD", promised_on="2026-06-30")
    assert Call.objects.get().promised_on is None


def test_only_some_of_it_on_an_earlier_day_is_entered_on_a_page_of_its_own(county, late):
    url = reverse("supervision:record_call", args=["organ", county.bureau.pk])
    yesterday = clock.today() - timedelta(1)
    form = {"items": [f"suggestion:{late.pk}"], "outcome": "TOLD", "on": yesterday.isoformat()}
    assert send(county.staff, url, **form).status_code == 302
    assert Call.objects.get().on == yesterday
    assert send(county.staff, url, items=["suggestion:999"], outcome="TOLD").status_code == 422


def test_where_nothing_is_owed_the_page_refuses_with_a_sentence(county):
    url = reverse("supervision:record_call", args=["organ", county.bureau.pk])
    assert signed_in(county.staff).get(url).status_code == 409
    missing = reverse("supervision:record_call", args=["organ", 99999])
    assert signed_in(county.staff).get(missing).status_code == 404
    assert signed_in(county.staff).get(reverse("supervision:calls"), {"who": "all"}).status_code == 404


def test_whoever_kept_no_word_is_marked_in_red_on_top(county, late):
    called(county, county.helper, late, outcome="PROMISED", promised_on=clock.today())
    with clock.at(clock.now() + timedelta(1)):
        said = text(page(county.staff, "calls"))
    assert said.index("is-broken") < said.index(county.helper.name) < said.index(county.bureau.name)


def test_what_was_ticked_by_mistake_is_taken_back_from_its_page(county, late):
    call = called(county, None, late)
    url = reverse("supervision:call_act", args=[call.pk, "take_back_call"])
    assert send(county.staff, url, reason="点错了").status_code == 302
    assert text(page(county.staff, "calls_made")).count("badge") >= 1
    assert page(county.staff, "call", call.pk).context["acts"] == []
    assert signed_in(county.staff).get(url).status_code == 409


def test_the_sheet_on_paper_has_number_matter_and_boxes(county, late):
    said = text(page(county.staff, "call_sheet"))
    assert county.bureau.name in said
    assert "0310-5212345" in said
    assert "□ 已通知" in said


def test_numbers_are_read_by_staff_alone(county, late):
    Organ.objects.filter(pk=county.bureau.pk).update(phone="0310-9")
    call = called(county, None, late, number="0310-5212345")
    for role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.WORKING_BODY):
        reader = make_actor(role)
        assert page(reader, "calls").status_code == page(reader, "call_sheet").status_code == 403
        assert page(reader, "call", call.pk).status_code == page(reader, "calls_made").status_code == 403
    assert page(county.host, "call", call.pk).status_code == 404
    assert Client().get(reverse("supervision:calls")).status_code == 302


def test_deputies_are_rung_up_under_their_own_number(county):
    Person.objects.filter(pk=county.lead.person_id).update(phone="13900000001")
    reply = replied(county)
    transitions.deliver(
        reply, actor=county.host, version=version_of(reply), mandate=county.lead, way="HAND", on=clock.today()
    )
    with noon(clock_of(reply.assignment.suggestion, "FEEDBACK").act_by + timedelta(1)):
        said = text(page(county.staff, "calls", who="mandate"))
        assert "tel:13900000001" in said
        assert tick(county.staff, county.lead, who="mandate", outcome="TOLD").status_code == 302
    assert Call.objects.get().mandate == county.lead


def test_the_page_costs_the_same_for_two_and_for_six_organs(county, django_assert_max_num_queries):
    def organs(number):
        with noon(TODAY):
            for _number in range(number):
                case = assigned(county, co_hosts=[make_actor(Role.ORGAN_HANDLER).post.organ])
        return case

    def cost(case):
        client = signed_in(county.staff)
        with late_by(case, 2), django_assert_max_num_queries(40) as asked:
            shown = len(client.get(reverse("supervision:calls")).context["parties"])
        return shown, len(asked)

    few, many = cost(organs(1)), cost(organs(4))
    assert (few[0], many[0]) == (2, 6)
    assert few[1] == many[1]


# on the page of the suggestion


def test_the_committee_reads_on_the_case_who_was_rung_up_and_what_was_answered(county, late):
    called(county, None, late, words="李局答应周一报")
    url = reverse("suggestions:detail", args=[late.pk])
    seen = {
        who: "李局答应周一报" in signed_in(getattr(county, who)).get(url).content.decode()
        for who in ("staff", "host", "office", "deputy")
    }
    assert seen == {"staff": True, "host": False, "office": False, "deputy": False}
    assert "李局答应周一报" in signed_in(make_actor(Role.WORKING_BODY)).get(url).content.decode()


def test_the_calls_cost_one_query_for_the_committee_and_none_for_others(county, late, django_assert_num_queries):
    first = called(county, None, late)
    called(county, county.helper, late, outcome="NO_ANSWER")
    calls.take_back_call(first, actor=county.staff, version=1, reason="点错了")
    template = Template("{% load calls %}{% calls_about suggestion %}")
    with django_assert_num_queries(1):
        said = template.render(Context({"actor": county.staff, "suggestion": late}))
    assert county.helper.name in said
    assert county.bureau.name not in said
    with django_assert_num_queries(0):
        assert template.render(Context({"actor": county.host, "suggestion": late})).strip() == ""
