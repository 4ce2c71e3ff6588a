"""List, case page, number jump and the files of a case, as each reader sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from files.uploads import store_upload
from suggestions import transitions
from suggestions.models import Evaluation, Rating, Suggestion
from tests.factory import make_mandate
from tests.suggestions.factory import (
    RECEIPT,
    TODAY,
    accepted,
    assigned,
    at_office,
    contact,
    drafted,
    evaluate,
    fresh,
    in_review,
    judged,
    opinion,
    part_of,
    registered,
    release,
    replied,
    sign,
    submitted,
    version_of,
)
from tests.suggestions.web import pdf, signed_in

#: The session and the user, which every page of somebody signed in reads.
SIGNED_IN = 2
LIST = "suggestions:list"


def queries(client, url):
    """How many queries the page takes beyond session and user."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen) - SIGNED_IN


def detail_url(case):
    return reverse("suggestions:detail", args=[case.pk])


def test_a_list_takes_as_many_queries_for_twenty_rows_as_for_ten(county):
    readers = {who: signed_in(getattr(county, who)) for who in ("staff", "office", "host", "deputy", "liaison")}
    counts = []
    for _ten in range(2):
        for _row in range(10):
            assigned(county)
        counts.append({who: queries(client, reverse(LIST)) for who, client in readers.items()})
    assert {client.get(reverse(LIST)).context["page"].count for client in readers.values()} == {20}
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 6


def test_a_case_page_takes_as_many_queries_for_three_rounds_as_for_one(county):
    readers = ("staff", "office", "host", "co_host", "deputy", "liaison")
    clients = {who: signed_in(getattr(county, who)) for who in readers}
    reply = replied(county)
    case = reply.assignment.suggestion
    once = {who: queries(client, detail_url(case)) for who, client in clients.items()}
    for _round in range(2):
        evaluate(county, reply, Rating.DISSATISFIED)
        release(county, case)
        reply = replied(county, case)
    later = {who: queries(client, detail_url(case)) for who, client in clients.items()}
    assert max(*once.values(), *later.values()) <= 12


def test_a_case_page_takes_as_many_queries_for_twenty_co_signers_as_for_ten(county):
    client = signed_in(county.staff)
    few, many = (replied(county, co_signers=[make_mandate() for _ in range(n)]) for n in (10, 20))
    counts = [queries(client, detail_url(reply.assignment.suggestion)) for reply in (few, many)]
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("who", "sees"),
    [("staff", 2), ("office", 1), ("host", 1), ("co_host", 1), ("stranger", 0), ("deputy", 2), ("liaison", 2)],
)
def test_each_lists_what_is_theirs(county, who, sees):
    registered(county)
    assigned(county)
    actor = getattr(county, who)
    page = signed_in(actor).get(reverse(LIST))
    assert page.context["page"].count == sees
    assert {row.pk for row in page.context["rows"]} == set(
        Suggestion.objects.visible_to(actor).values_list("pk", flat=True)
    )


def test_the_newest_come_first(county):
    cases = [registered(county) for _ in range(3)]
    rows = signed_in(county.staff).get(reverse(LIST)).context["rows"]
    assert [row.pk for row in rows] == [case.pk for case in reversed(cases)]


def test_two_characters_find_a_suggestion(county):
    registered(county)
    registered(county, title="关于村卫生室的建议", facts="没有医生。", demand="")
    client = signed_in(county.staff)
    assert [row.title for row in client.get(reverse(LIST), {"q": "卫生"}).context["rows"]] == ["关于村卫生室的建议"]
    assert client.get(reverse(LIST), {"q": "赵大海"}).context["page"].count == 2
    assert client.get(reverse(LIST), {"q": "卫生 赵大海 南门"}).context["page"].count == 0


def test_only_staff_are_offered_to_enter_one(county):
    assert signed_in(county.staff).get(reverse(LIST)).context["may_submit"]
    assert not signed_in(county.host).get(reverse(LIST)).context["may_submit"]


@pytest.mark.parametrize("typed", ["37", "037", "第37号", "第037号", "３７", " 37 "])
def test_a_number_opens_its_suggestion(county, typed):
    case = registered(county, serial=37)
    answer = signed_in(county.staff).get(reverse("suggestions:jump"), {"q": typed})
    assert answer.url == detail_url(case)


def test_a_number_borne_twice_opens_the_list_of_both(county):
    Suggestion.objects.filter(pk=registered(county, serial=37).pk).update(scope="2025")
    registered(county, serial=37)
    answer = signed_in(county.staff).get(reverse("suggestions:jump"), {"q": "37"}, follow=True)
    assert answer.context["page"].count == 2


def test_words_open_the_list(county):
    registered(county)
    answer = signed_in(county.staff).get(reverse("suggestions:jump"), {"q": "南门路 & 桥"})
    assert answer.url == f"{reverse(LIST)}?q=%E5%8D%97%E9%97%A8%E8%B7%AF+%26+%E6%A1%A5"


def test_a_number_one_may_not_see_opens_an_empty_list(county):
    registered(county, serial=37)
    answer = signed_in(county.stranger).get(reverse("suggestions:jump"), {"q": "37"}, follow=True)
    assert answer.context["page"].count == 0


def test_nothing_typed_opens_the_list(county):
    assert signed_in(county.staff).get(reverse("suggestions:jump")).url == reverse(LIST)


def acts(actor, case):
    """The acts that the page offers, the one that stands out first marked."""
    page = signed_in(actor).get(detail_url(case))
    return [(act["url"].rstrip("/").rsplit("/", 1)[1], act["style"]) for act in page.context["acts"]]


def test_the_page_offers_staff_what_comes_next(county):
    registry = [("correct", "secondary"), ("withdraw", "danger")]
    screening = [("return", "secondary"), ("refuse", "danger"), ("refer", "danger")]
    key, council = ("designate_key", "secondary"), ("put_on_agenda", "secondary")
    assert acts(county.staff, submitted(county)) == [("register", "primary"), *screening, *registry]
    assert acts(county.staff, registered(county)) == [
        ("nominate_key", "secondary"),
        key,
        ("merge", "secondary"),
        ("hand_over", "primary"),
        *registry,
        ("new", "secondary"),
    ]
    assert acts(county.staff, at_office(county)) == [key, council, *registry]
    assert acts(county.staff, assigned(county)) == [key, ("waive_opinion", "secondary"), council, *registry]


def test_the_page_offers_organs_their_own_acts(county):
    case = assigned(county)
    assert acts(county.office, at_office(county)) == [("allot", "primary"), ("send_back", "secondary")]
    own = [("sign_receipt", "primary"), ("object", "secondary"), ("give_opinion", "secondary")]
    assert acts(county.host, case) == acts(county.co_host, case) == own
    assert acts(county.office, case) == []
    assert acts(county.host, accepted(county, co_hosts=[])) == [
        ("object", "secondary"),
        ("record_contact", "primary"),
        ("draft_reply", "secondary"),
        ("request_extension", "secondary"),
    ]


def leading(actor, case):
    """The act that stands out."""
    return [verb for verb, style in acts(actor, case) if style == "primary"]


def test_for_the_host_the_next_lacking_act_stands_out(county):
    case = accepted(county)
    contact(county, case)
    assert leading(county.host, case) == ["draft_reply"]
    drafted(county, case)
    # what is missing is named; no button leads to a refusal
    assert leading(county.host, case) == []
    assert f"{county.helper.name}的会办意见还没到" in text(county.host, case)
    assert "会办意见还没到" not in text(county.staff, case)
    opinion(county, case)
    assert "会办意见还没到" not in text(county.host, case)
    assert leading(county.host, case) == ["submit_reply"]
    reply = case.assignments.get(part="HOST").reply
    transitions.submit_reply(reply, actor=county.host, version=version_of(case))
    assert leading(county.host, case) == ["sign_reply"]
    assert "draft_reply" not in dict(acts(county.host, case))


def test_the_co_host_s_opinion_stands_out_for_the_co_host_only(county):
    case = accepted(county)
    part = part_of(case, county.co_host)
    transitions.sign_receipt(part, actor=county.co_host, version=version_of(case), **RECEIPT)
    contact(county, case)
    contact(county, case, assignment=part, actor=county.co_host)
    assert leading(county.co_host, case) == ["give_opinion"]
    assert leading(county.host, case) == ["draft_reply"]


def test_a_verdict_is_offered_for_release_once_there_is_one(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    assert "release_verdict" not in dict(acts(county.staff, case))
    evaluate(county, reply)
    assert acts(county.staff, case)[0] == ("release_verdict", "primary")


def test_nobody_is_asked_twice_for_a_judgement(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    assert acts(county.deputy, case) == [("evaluate", "primary")]
    evaluate(county, reply)
    assert acts(county.deputy, case) == []
    assert acts(county.co_signer, case) == [("evaluate", "primary")]


def test_a_closed_case_offers_nothing_but_corrections_and_copies(county):
    case = judged(county)
    assert acts(county.staff, case) == [("deliver", "secondary"), ("correct", "secondary")]


def text(actor, case):
    return signed_in(actor).get(detail_url(case)).content.decode()


def test_the_organ_reads_a_judgement_only_once_released_and_never_the_private_word(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED, text="路面还是坏的", private_remark="局长没露面")
    case = reply.assignment.suggestion
    assert "路面还是坏的" not in text(county.host, case)
    assert "路面还是坏的" in text(county.staff, case)
    release(county, case)
    for actor in (county.host, county.office):
        assert "路面还是坏的" in text(actor, case)
        assert "局长没露面" not in text(actor, case)
    assert "局长没露面" in text(county.staff, case)


def test_a_draft_is_read_only_where_it_is_written_and_watched(county):
    case = in_review(county).assignment.suggestion
    for actor in (county.host, county.head, county.office, county.staff):
        assert "已列入计划。" in text(actor, case)
    for actor in (county.co_host, county.deputy, county.co_signer, county.liaison):
        assert "已列入计划。" not in text(actor, case)


def test_the_timeline_tells_the_organs_concerned_and_what_was_corrected(county):
    case = assigned(county)
    transitions.correct(
        case, actor=county.staff, version=case.version, title="关于修北门路的建议", publicity="FULL", reason="打错"
    )
    events = signed_in(county.staff).get(detail_url(case)).context["events"]
    assert [event["changes"] for event in events] == [
        ["关于修南门路的建议 → 关于修北门路的建议"],
        ["县交通运输局、县财政局"],
        ["县人民政府办公室"],
        [],
        [],
    ]


def test_a_deputy_reads_four_words_instead_of_the_bar(county):
    case = accepted(county)
    words = signed_in(county.deputy).get(detail_url(case)).context["steps"]
    assert [word["state"] for word in words] == ["done", "done", "current", "todo"]
    bar = signed_in(county.staff).get(detail_url(case)).context["steps"]
    assert [step["state"] for step in bar] == ["done"] * 4 + ["current"] + ["todo"] * 3


def test_a_deputy_is_told_whom_to_call_before_anything_else(county):
    case = accepted(county)
    phone = case.assignments.get(part__in=("SOLE", "HOST")).phone
    page = text(county.deputy, case)
    assert phone
    assert page.index(f"tel:{phone}") < page.index(case.facts)


def test_whoever_reads_a_suggestion_can_look_up_who_signed_it(county):
    case = accepted(county)
    for actor in (county.liaison, county.host, county.deputy):
        client = signed_in(actor)
        url = reverse("stations:deputy", args=[case.lead_id])
        assert url in client.get(detail_url(case)).content.decode()
        assert client.get(url).status_code == 200


def test_the_letter_is_read_by_whoever_may_read_the_reply(county):
    scan = store_upload(pdf(), user=county.host.user)
    reply = sign(county, in_review(county), scan=scan)
    url = reverse("suggestions:letter", args=[reply.assignment.suggestion_id, reply.pk])
    for actor in (county.deputy, county.co_host, county.staff):
        answer = signed_in(actor).get(url)
        assert answer.status_code == 200
        assert b"".join(answer).startswith(b"%PDF")
    assert signed_in(county.stranger).get(url).status_code == 404
    other = reverse("suggestions:letter", args=[registered(county).pk, reply.pk])
    assert signed_in(county.staff).get(other).status_code == 404


def test_a_signed_form_is_read_by_the_committee_and_the_station(county):
    reply = replied(county)
    scan = store_upload(pdf("征询表.pdf"), user=county.liaison.user)
    found = evaluate(county, reply, actor=county.liaison, source=Evaluation.Source.LIAISON_SCAN, scan=scan)
    url = reverse("suggestions:signed_form", args=[reply.assignment.suggestion_id, found.pk])
    for actor, status in ((county.staff, 200), (county.liaison, 200), (county.deputy, 200), (county.co_signer, 404)):
        assert signed_in(actor).get(url).status_code == status
    release(county, reply.assignment.suggestion)
    assert signed_in(county.host).get(url).status_code == 404


def test_a_letter_of_withdrawal_is_read_by_whoever_sees_the_suggestion(county):
    case = accepted(county)
    letter = store_upload(pdf("撤回函.pdf"), user=county.staff.user)
    transitions.withdraw(case, actor=county.staff, version=version_of(case), on=fresh(case).received_on, letter=letter)
    url = reverse("suggestions:withdrawal", args=[case.pk])
    assert signed_in(county.host).get(url).status_code == 200
    assert signed_in(county.stranger).get(url).status_code == 404
    assert url in text(county.host, case)


def test_a_signatory_who_is_suspended_or_has_left_is_shown_as_such(county):
    case = assigned(county)
    assert "暂停" not in text(county.host, case)
    county.second.suspended_from = TODAY
    county.second.save()
    page = text(county.host, case)
    assert "暂停" in page[page.index("钱小河") :][:300]
    assert "暂停" not in page[page.index("赵大海") : page.index("钱小河")]


def test_how_limits_were_counted_is_folded_away_for_a_deputy(county):
    case = accepted(county)
    for actor, is_folded in ((county.deputy, True), (county.staff, False)):
        text = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
        assert ('<details class="folded">' in text) == is_folded
        assert gettext("How it was counted") in text
