"""The main job from the paper to the deputy's content, each act by its own page under its own role."""

from datetime import date

from django.urls import reverse

from notifications.models import Notification
from suggestions.models import Assignment, Reply, ResultClass, Suggestion
from tests.suggestions.checks import assert_chain_holds, clock_of, events, running
from tests.suggestions.factory import make_county, noon
from tests.suggestions.web import act, pdf, send, signed_in

MARCH, APRIL, MAY, JUNE, JULY = (date(2026, month, 11) for month in (3, 4, 5, 6, 7))


def enter(county):
    answer = send(
        county.staff, reverse("suggestions:submit"), title="关于解决学生乘车安全问题的建议", lead="赵大海",
        co_signers="qxh", facts="校车少，孩子站着坐。", demand="增加两辆。", origin="BETWEEN", publicity="FULL",
        received_on="2026-03-11",
    )  # fmt: skip
    case = Suggestion.objects.get()
    assert answer.url == reverse("suggestions:act", args=[case.pk, "register"])
    return case


def part_of(case, actor):
    case.refresh_from_db()
    return Assignment.objects.get(suggestion=case, round=case.round, organ=actor.organ_id)


def register_and_hand_over(county, case):
    act(county.staff, case, "register", serial=37, field=county.field.pk, reply_term="NORMAL")
    act(county.staff, case, "hand_over", to=county.office.organ_id, on="2026-03-11", requirements="请三个月内答复。")


def allot_and_sign(county, case):
    act(county.office, case, "allot", host=county.bureau.pk, co_hosts=[county.helper.pk])
    for actor in (county.host, county.co_host):
        act(
            actor, case, "sign_receipt", part_of(case, actor), received_by="孙一", leader="李副局长", handler="周科员",
            phone="0310-5212345",
        )  # fmt: skip


def answer_deputy(county, case, *, on, code):
    """Contact, the co-host's opinion, the draft and the sealed letter."""
    host, co_host = part_of(case, county.host), part_of(case, county.co_host)
    act(
        county.host, case, "record_contact", host, stage="DURING", on=on, manner="PHONE", people="周科员",
        no_personal_reason="代表在外务工", points="说明了线路。",
    )  # fmt: skip
    act(county.co_host, case, "give_opinion", co_host, text="资金可以安排。", on=on, signed_by="吴局长")
    chosen = ResultClass.objects.get(code=code)
    line = {"text_0": "增加两辆校车", "due_on_0": "2026-09-01", "person_0": "周科员"} if code == "B" else {}
    act(county.host, case, "draft_reply", host, result_class=chosen.pk, body="九月前增加两辆校车。", **line)
    act(county.host, case, "submit_reply", host)
    act(
        county.host, case, "sign_reply", host, doc_no="望交函〔2026〕12号", letter_on=on, signed_by="郑局长", scan=pdf()
    )
    act(county.host, case, "deliver", host, mandate=county.lead.pk, way="HAND", on=on, receiver="赵大海")


def judge(county, case, result, text=""):
    part = part_of(case, county.host)
    act(county.deputy, case, "evaluate", part, attitude="SATISFIED", result=result, text=text)


def numbers(actor):
    """The tiles of the workbench, each with the count of the list behind it."""
    client = signed_in(actor)
    tiles = client.get(reverse("supervision:workbench")).context["tiles"]
    return {tile["url"]: (tile["number"], client.get(tile["url"]).context["page"].count) for tile in tiles}


def assert_numbers_agree(county):
    for actor in (county.staff, county.office, county.host, county.co_host, county.deputy, county.liaison):
        for url, (told, behind) in numbers(actor).items():
            assert told == behind, (actor.role, url)


def waits(actor, **wish):
    """What the actor's list says of the suggestions that wait for something."""
    return signed_in(actor).get(reverse("suggestions:list"), wish).context["page"].count


def test_a_suggestion_goes_round_until_its_deputy_is_satisfied(db):
    with noon(MARCH):
        county = make_county()
        case = enter(county)
        assert waits(county.staff, status="SUBMITTED") == 1
        register_and_hand_over(county, case)
        assert waits(county.office, status="AT_FORWARDER") == 1
        assert_numbers_agree(county)
        allot_and_sign(county, case)
        assert waits(county.host, waits="reply") == waits(county.co_host, waits="opinion") == 1
    with noon(APRIL):
        answer_deputy(county, case, on="2026-04-10", code="B")
        assert waits(county.deputy, waits="evaluation") == 1
        assert_numbers_agree(county)
    with noon(MAY):
        judge(county, case, "DISSATISFIED", "只多了一辆。")
        assert waits(county.staff, waits="verdict") == 1
        act(county.staff, case, "release_verdict")
    case.refresh_from_db()
    assert (case.status, case.round, clock_of(case, "REPLY", round=2).due_on) == ("HANDLING", 2, JUNE)
    with noon(JUNE):
        answer_deputy(county, case, on="2026-06-11", code="A")
        judge(county, case, "SATISFIED")
    with noon(JULY):
        act(county.staff, case, "release_verdict")
        assert_numbers_agree(county)
    assert_ended_well(case)
    assert_page_tells_it(county, case)


def assert_ended_well(case):
    case.refresh_from_db()
    assert (case.status, case.closing_basis, case.closed_on, case.number) == (
        "CLOSED",
        "SATISFIED",
        JULY,
        "闭会第037号",
    )
    assert running(case) == []
    assert_chain_holds(case)
    assert [event.verb for event in events(case)] == [
        "submit", "register", "hand_over", "allot", "sign_receipt", "sign_receipt",
        *_ANSWERED, "evaluate", "release_verdict",
        *_ANSWERED, "evaluate", "release_verdict",
    ]  # fmt: skip
    assert Reply.objects.filter(status="RELEASED").count() == 2


_ANSWERED = (
    "record_contact", "give_opinion", "draft_reply", "submit_reply", "sign_reply", "release_reply", "deliver",
)  # fmt: skip


def assert_page_tells_it(county, case):
    for actor in (county.staff, county.office, county.host, county.co_host, county.deputy, county.co_signer):
        page = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk]))
        assert page.status_code == 200
        assert len(page.context["events"]) == case.version
        assert [row.round for row in page.context["rounds"]] == [2, 2, 1, 1]
    assert signed_in(county.stranger).get(reverse("suggestions:detail", args=[case.pk])).status_code == 404
    assert Notification.objects.filter(recipient=county.deputy.user, kind="suggestion.closed").count() == 1
