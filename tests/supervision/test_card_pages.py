"""The pages of supervision cards: list, card, sheet to sign, acts, and the card on the suggestion's page."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Officer, Role
from suggestions.models import Rating, Suggestion
from suggestions.transitions import withdraw
from supervision.models import Card
from tests.factory import make_actor, make_person
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    evaluate,
    fresh,
    make_county,
    make_scan,
    noon,
    registered,
    release,
    replied,
    version_of,
)
from tests.suggestions.web import hidden, pdf, send, signed_in
from tests.supervision.card_factory import (
    DUE,
    amended,
    concluded,
    current,
    filled,
    issued,
    key_case,
    last,
    make_body,
    make_key,
    make_leader,
    reported,
    words,
)

pytestmark = pytest.mark.django_db

LIST = "supervision:cards"


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


@pytest.fixture
def leader(county):
    return make_leader()


def page(actor, name, *args, **query):
    return signed_in(actor).get(reverse(f"supervision:{name}", args=args), query)


def text(answer):
    return answer.content.decode()


def act_url(card, verb):
    return reverse("supervision:card_act", args=[card.pk, verb])


def typed(county, **options):
    """The form of a card, filled in."""
    told = {
        "why_key": "事关民生", "requirements": "按期完工", "organ": county.bureau.pk, "organ_leader": "李副局长",
        "due_on": str(DUE),
    }  # fmt: skip
    return told | options


# the list


def test_the_key_suggestions_without_a_card_stand_on_top(county, leader):
    case = key_case(county, leader)
    other = key_case(county, make_leader())
    filled(county, key_case(county, leader))
    answer = page(county.staff, "cards")
    assert {row.pk for row in answer.context["lacking"]} == {case.pk, other.pk}
    assert reverse("supervision:fill_card", args=[case.pk]) in text(answer)
    own = page(leader, "cards")
    assert reverse("supervision:fill_card", args=[case.pk]) in text(own)
    assert reverse("supervision:fill_card", args=[other.pk]) not in text(own)
    assert page(county.host, "cards").context["lacking"] == []


def test_the_deputy_chairperson_reads_his_own_first_and_the_pressing_before_the_others(county, leader):
    other = make_leader()
    theirs = issued(county, other, due_on=TODAY + timedelta(3))
    late = issued(county, leader, due_on=TODAY + timedelta(20))
    near = issued(county, leader, due_on=TODAY + timedelta(5))
    assert [row.pk for row in page(leader, "cards").context["rows"]] == [near.pk, late.pk, theirs.pk]
    assert [row.pk for row in page(county.staff, "cards").context["rows"]] == [theirs.pk, near.pk, late.pk]


def test_organs_and_deputies_see_signed_cards_of_their_suggestions_only(county, leader):
    draft, card = filled(county, key_case(county, leader)), issued(county, leader)
    for who in ("host", "co_host", "office", "deputy", "liaison"):
        actor = getattr(county, who)
        assert [row.pk for row in page(actor, "cards").context["rows"]] == [card.pk], who
        assert page(actor, "card", card.pk).status_code == 200
        assert page(actor, "card", draft.pk).status_code == 404
        assert page(actor, "card_sheet", draft.pk).status_code == 404
    for actor in (county.stranger, make_actor(Role.SYSTEM_ADMIN), make_actor(Role.TOWNSHIP)):
        assert page(actor, "cards").context["rows"] == []
        assert page(actor, "card", card.pk).status_code == 404


def test_the_light_of_a_card_is_red_when_its_day_has_passed(county, leader):
    card = issued(county, leader, due_on=TODAY + timedelta(2))
    with noon(TODAY + timedelta(5)):
        answer = page(county.staff, "cards", light="overdue")
        assert [(row.pk, row.light.colour, row.light.days) for row in answer.context["rows"]] == [(card.pk, "red", -3)]
        assert "is-late" in text(answer)
        assert page(county.staff, "cards", light="within_10").context["rows"] == []


def test_the_list_is_narrowed_by_words_state_and_who_supervises(county, leader):
    first, second = issued(county, leader), filled(county, key_case(county, make_leader(), title="关于校车的建议"))
    for query, found in (
        ({"q": "校车"}, second),
        ({"q": first.number}, first),
        ({"status": "DRAFT"}, second),
        ({"leader": leader.person_id}, first),
    ):
        assert [row.pk for row in page(county.staff, "cards", **query).context["rows"]] == [found.pk], query
    assert _("No card fits these filters.") in text(page(county.staff, "cards", q="没有"))


def test_an_empty_list_says_why(county):
    assert _("There is no supervision card yet. A suggestion gets one once it is designated as key.") in text(
        page(county.staff, "cards")
    )
    assert _("No supervision card concerns you.") in text(page(county.host, "cards"))


# filling in


def test_the_card_is_prefilled_from_the_case(county, leader):
    case = key_case(county, leader)
    form = page(county.staff, "fill_card", case.pk).context["form"]
    told = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    assert _("livelihood matter of the whole county") in told["why_key"]
    assert "县人大主任会议纪要〔2026〕3号" in told["why_key"]
    assert told["requirements"] == case.demand
    assert (told["organ"], told["co_organs"]) == (county.bureau.pk, [county.helper.pk])
    assert (told["organ_leader"], told["handler"], told["phone"]) == ("李副局长", "周科员", "0310-5212345")
    assert told["due_on"] == case.clocks.get(kind="REPLY").act_by
    assert list(form.fields["organ"].queryset) == [county.bureau]


def test_before_the_receipt_the_officers_of_the_organ_are_proposed(county, leader):
    for duty, name in (("HEAD", "郑局长"), ("LIAISON", "吴联络")):
        Officer.objects.create(
            organ=county.bureau, person=make_person(name), duty=duty, phone="5000001", since=date(2025, 1, 1)
        )
    case = make_key(county, assigned(county), leader)
    form = page(county.staff, "fill_card", case.pk).context["form"]
    assert (form.initial["organ_leader"], form.initial["handler"]) == ("郑局长", "吴联络")


def test_before_the_hand_over_the_organ_is_chosen(county, leader):
    case = make_key(county, registered(county), leader)
    form = page(county.staff, "fill_card", case.pk).context["form"]
    assert "organ" not in form.initial
    assert county.helper in form.fields["organ"].queryset


def test_staff_fill_in_and_come_to_the_card(county, leader):
    case = key_case(county, leader)
    answer = send(county.staff, reverse("supervision:fill_card", args=[case.pk]), **typed(county))
    card = Card.objects.get(suggestion=case)
    assert answer.url == reverse("supervision:card", args=[card.pk])
    again = page(county.staff, "fill_card", case.pk)
    assert again.status_code == 409
    assert page(county.host, "fill_card", case.pk).status_code == 403
    assert page(county.stranger, "fill_card", case.pk).status_code == 404


def test_a_form_that_lacks_something_says_so_at_the_field(county, leader):
    case = key_case(county, leader)
    url = reverse("supervision:fill_card", args=[case.pk])
    answer = send(county.staff, url, **typed(county, due_on="2026-12-31"))
    assert answer.status_code == 422
    assert "2026-06-16" in answer.context["form"].errors["due_on"][0]
    assert send(county.staff, url, **typed(county, organ_leader="")).context["form"].errors["organ_leader"]
    assert not Card.objects.exists()


# the life of a card, by its pages


def test_the_whole_life_by_its_pages(county, leader):
    case = key_case(county, leader)
    send(county.staff, reverse("supervision:fill_card", args=[case.pk]), **typed(county))
    card = Card.objects.get()
    assert [act["verb"] for act in page(county.staff, "card", card.pk).context["acts"]] == ["sign_card", "write_card"]
    send(county.staff, act_url(card, "write_card"), **typed(county, handler="新人"))
    assert send(county.staff, act_url(card, "sign_card"), signed_on=str(TODAY)).status_code == 422
    send(county.staff, act_url(card, "sign_card"), signed_on=str(TODAY), sheet=pdf("督办卡.pdf"))
    assert (current(card).status, last(card).handler) == ("ISSUED", "新人")
    change = typed(county, requirements="分段", reason="分段施工", signed_on=str(TODAY), sheet=pdf("二.pdf"))
    assert send(county.staff, act_url(card, "amend_card"), **change).status_code == 302
    assert page(county.host, "card", card.pk).context["acts"] == []
    reply = replied(county, fresh(case))
    evaluate(county, reply)
    assert [act["verb"] for act in page(county.host, "card", card.pk).context["acts"]] == ["report_completion"]
    send(county.host, act_url(card, "report_completion"), report="已通车", on=str(TODAY), signed_by="李副局长")
    about = signed_in(county.staff).get(act_url(card, "conclude"))
    assert all(word in text(about) for word in ("已通车", str(Rating.SATISFIED.label)))
    told = {"accepted": "yes", "conclusion": "同意", "on": str(TODAY), "how": "PAPER"}
    assert send(county.staff, act_url(card, "conclude"), **told).status_code == 302
    assert current(card).status == "STRUCK_OFF"
    answer = page(county.staff, "card", card.pk)
    assert answer.context["acts"] == []
    assert answer.context["events"][0]["label"] == _("concluded by the deputy chairperson")
    assert all(word in text(answer) for word in ("已通车", "同意", "督办卡.pdf", "二.pdf"))


def test_the_deputy_chairperson_signs_with_one_click(county, leader):
    card = filled(county, key_case(county, leader))
    form = page(leader, "card_act", card.pk, "sign_card").context["form"]
    assert list(form.fields) == []
    assert send(leader, act_url(card, "sign_card")).status_code == 302
    assert current(card).status == "ISSUED"
    assert "how" not in page(leader, "card", card.pk).context


def test_striking_off_against_the_deputy_is_refused_at_the_field(county, leader):
    card = issued(county, leader)
    evaluate(county, replied(county, fresh(card.suggestion)), Rating.DISSATISFIED)
    reported(county, card)
    told = {"accepted": "yes", "conclusion": "同意", "on": str(TODAY)}
    answer = send(leader, act_url(card, "conclude"), **told)
    assert answer.status_code == 422
    assert answer.context["form"].errors["accepted"] == [
        _("The deputy is not satisfied, so the card cannot be struck off.")
    ]


def test_an_old_page_is_answered_with_what_was_typed(county, leader):
    card = filled(county, key_case(county, leader))
    client = signed_in(county.staff)
    opened = hidden(client.get(act_url(card, "write_card")))
    send(leader, act_url(card, "write_card"), **typed(county, handler="甲"))
    answer = client.post(act_url(card, "write_card"), opened | typed(county, handler="乙"))
    assert answer.status_code == 409
    assert 'value="乙"' in text(answer)
    assert last(card).handler == "甲"


def test_acts_are_refused_as_everywhere(county, leader):
    card = issued(county, leader)
    assert page(county.host, "card_act", card.pk, "amend_card").status_code == 403
    assert page(county.stranger, "card_act", card.pk, "amend_card").status_code == 404
    assert page(county.staff, "card_act", card.pk, "sign_card").status_code == 409
    assert page(county.host, "card_act", card.pk, "report_completion").status_code == 409
    assert signed_in(county.staff).get(f"/cards/{card.pk}/fill_card/").status_code == 404


# what the card says


def test_the_card_says_who_what_and_by_when(county, leader):
    body = make_body()
    card = issued(county, leader, body, milestones="四月底完成路基")
    said = text(page(county.deputy, "card", card.pk))
    for word in (
        card.number, card.suggestion.title, "赵大海", "钱小河", county.station.name, "事关全县民生", "两个月内完工",
        county.bureau.name, "李副局长", "tel:0310-5212345", county.helper.name, str(DUE), "四月底完成路基",
        leader.user.person.name, body.post.organ.name, "冯主任", "县人大主任会议纪要〔2026〕3号",
    ):  # fmt: skip
        assert word in said, word
    assert _("The organ has not reported completion yet.") in said


def test_former_versions_stay_readable_with_their_sheets(county, leader):
    card = issued(county, leader)
    amended(county, card)
    answer = page(county.host, "card", card.pk)
    assert [version.version for version in answer.context["former"]] == [1]
    assert "两个月内完工" in text(answer)
    assert "分两段施工" in text(answer)
    for number in (1, 2):
        sheet = card.versions.get(version=number).signed_sheet
        default_storage.save(sheet.path, ContentFile(b"%PDF-1.4"))
        assert page(county.host, "signed_sheet", card.pk, number).status_code == 200
        assert page(county.stranger, "signed_sheet", card.pk, number).status_code == 404
    assert page(county.staff, "signed_sheet", card.pk, 3).status_code == 404


def test_the_organ_reads_the_deputys_opinion_once_it_is_released(county, leader):
    card = issued(county, leader)
    evaluate(county, replied(county, fresh(card.suggestion)), text="路灯真亮")
    reported(county, card)
    assert "路灯真亮" in text(page(county.staff, "card", card.pk))
    assert "路灯真亮" in text(page(county.deputy, "card", card.pk))
    assert "路灯真亮" not in text(page(county.host, "card", card.pk))
    assert "路灯真亮" not in text(page(county.host, "card_sheet", card.pk))
    release(county, fresh(card.suggestion))
    assert "路灯真亮" in text(page(county.host, "card", card.pk))


def test_a_card_that_names_another_organ_than_the_host_says_so(county, leader):
    case = make_key(county, registered(county), leader)
    card = filled(county, case, organ=county.helper, co_organs=())
    assert page(county.staff, "card", card.pk).context["other_host"] is None
    hosted = issued(county, leader)
    hosted.versions.update(organ=county.helper)
    answer = page(county.staff, "card", hosted.pk)
    assert answer.context["other_host"] == county.bureau
    assert county.bureau.name in text(answer)


def test_the_card_of_a_withdrawn_suggestion_presses_nobody(county, leader):
    card = issued(county, leader)
    case = fresh(card.suggestion)
    withdraw(case, actor=county.staff, version=version_of(case), letter=make_scan(), on=TODAY)
    with noon(DUE + timedelta(1)):
        answer = page(county.staff, "card", card.pk)
        assert answer.context["light"] is None
        assert _("The suggestion has ended otherwise: nobody is pressed by this card any more.") in text(answer)
        assert answer.context["acts"] == []
        assert page(county.staff, "cards", light="overdue").context["rows"] == []


def test_the_sheet_has_every_part_of_the_form_and_places_to_sign(county, leader):
    card = filled(county, key_case(county, leader))
    said = text(page(county.staff, "card_sheet", card.pk))
    for heading in (
        "重点建议督办卡", "督办卡号", "建议编号", "列为重点的理由", "督办领导", "责任单位", "责任领导", "承办人",
        "配合单位", "督办要求", "完成时限", "督办领导签字", "办结反馈", "代表意见", "销号",
    ):  # fmt: skip
        assert heading in said, heading
    assert said.count("年　　月　　日") == 4
    evaluate(county, replied(county, fresh(card.suggestion)))
    signed_in_person = send(leader, act_url(card, "sign_card"))
    assert signed_in_person.status_code == 302
    reported(county, card)
    concluded(county, card)
    said = text(page(county.staff, "card_sheet", card.pk))
    assert "年　　月　　日" not in said
    assert "道路已拓宽并通车。" in said


# the suggestion's page


def on_the_case(actor, case):
    """What the inclusion tag says to this reader."""
    template = Template("{% load cards %}{% card_of suggestion %}")
    return template.render(Context({"actor": actor, "suggestion": fresh(case)}))


def test_the_case_page_shows_the_card_and_that_it_is_lacking(county, leader):
    case = key_case(county, leader)
    assert _("This key suggestion has no supervision card yet.") in on_the_case(county.staff, case)
    assert reverse("supervision:fill_card", args=[case.pk]) in on_the_case(leader, case)
    assert reverse("supervision:fill_card", args=[case.pk]) not in on_the_case(make_leader(), case)
    assert on_the_case(county.host, case).strip() == ""
    card = filled(county, case)
    assert card.number in on_the_case(county.staff, case)
    assert on_the_case(county.host, case).strip() == ""
    send(leader, act_url(card, "sign_card"))
    for who in ("staff", "host", "office", "deputy"):
        said = on_the_case(getattr(county, who), case)
        assert card.number in said
        assert str(DUE) in said
        assert "light-" in said


def test_an_ordinary_suggestion_has_no_card_and_costs_no_query(county, django_assert_num_queries):
    case = fresh(accepted(county))
    template = Template("{% load cards %}{% card_of suggestion %}")
    with django_assert_num_queries(0):
        assert template.render(Context({"actor": county.staff, "suggestion": case})).strip() == ""
    Suggestion.objects.filter(pk=case.pk).update(is_key=True, imported_from="旧台账")
    assert on_the_case(county.staff, case).strip() == ""


# how much the pages cost


def test_the_list_costs_the_same_for_many(county, leader, django_assert_max_num_queries):
    for _number in range(4):
        issued(county, leader)
        key_case(county, leader)
    client = signed_in(county.staff)
    with django_assert_max_num_queries(14):
        answer = client.get(reverse("supervision:cards"))
    assert len(answer.context["rows"]) == len(answer.context["lacking"]) == 4


def test_the_card_costs_the_same_for_many_versions_and_reports(county, leader, django_assert_max_num_queries):
    card = issued(county, leader)
    for number in range(4):
        amended(county, card, words=words(county, requirements=f"第{number}段"))
    replied(county, fresh(card.suggestion))
    for _number in range(3):
        reported(county, card)
        concluded(county, card, accepted=False)
    for actor in (county.staff, county.host):
        client = signed_in(actor)
        with django_assert_max_num_queries(30):
            answer = client.get(reverse("supervision:card", args=[card.pk]))
        assert len(answer.context["former"]) == 4
        assert len(answer.context["feedback"]) == 3


def test_the_tag_costs_one_query(county, leader, django_assert_num_queries):
    case = fresh(issued(county, leader).suggestion)
    template = Template("{% load cards %}{% card_of suggestion %}")
    with django_assert_num_queries(1):
        assert "card-heading" in template.render(Context({"actor": county.host, "suggestion": case}))


def test_no_page_speaks_of_a_person_by_anything_but_a_name(county, leader):
    said = text(page(county.staff, "card", issued(county, leader).pk))
    assert not re.search(r"Person object|&lt;|None", said)
