"""What a voter said goes to the village or the township: on the board with a day, settled there, then told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import How, Role
from deliberations.models import TownshipTask
from deliberations.transitions import board, correcting
from notifications.models import Notification
from stations.models import Level
from supervision import reminders
from supervision.reports import station_ledger
from tests.deliberations.in_full import settled, task_of
from tests.deliberations.visiting import (
    PHONE,
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    facts,
    fresh,
    opinion_of,
    recorded,
    told,
)
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.models import RuleSet

BOARD, SHEET = reverse("deliberations:township_tasks"), reverse("deliberations:township_task_sheet")


@pytest.fixture
def village(db):
    with noon(TODAY):
        found = Village()
        presiding = make_person("吴主席")
        make_mandate(presiding, Level.TOWNSHIP, found.station)
        found.presidium = make_actor(Role.TOWNSHIP, person=presiding)
        yield found


def routed(village, route="VILLAGE", **options):
    """A visit whose opinion goes there."""
    return completed(village, opinion={"route": route, **options})


def url(task, verb):
    name = "finish_task" if verb == "finish" else "task_act"
    return reverse(f"deliberations:{name}", args=[task.pk] if verb == "finish" else [task.pk, verb])


@pytest.mark.parametrize("route", ["VILLAGE", "TOWNSHIP"])
def test_the_route_puts_it_on_the_board_with_a_day_by_the_rule(village, route):
    case = routed(village, route)
    task = task_of(case)
    assert (task.due_on, task.township, task.meeting_opinion) == (TODAY + timedelta(30), village.station.township, None)
    told_of = Notification.objects.get(kind="visit.task")
    assert (told_of.recipient, told_of.url) == (village.presidium.user, BOARD)
    assert WORDS not in str(told_of.params)


def test_the_countys_own_rule_counts(village):
    rules = RuleSet.objects.create(valid_from=TODAY)
    rules.values.create(key="township_task_days", value=10)
    assert task_of(recorded(village, opinion={"route": "TOWNSHIP"})).due_on == TODAY + timedelta(10)


def test_another_route_takes_it_off_and_back_again(village):
    case = routed(village)
    correct(village, case, "ANSWERED", on_the_spot_answer="当场答复了")
    assert not TownshipTask.objects.exists()
    correct(village, case, "TOWNSHIP")
    first = task_of(case)
    correct(village, case, "VILLAGE")
    assert task_of(case) == first
    assert_chain_holds(case)


def correct(village, case, route, **options):
    given = {"actor": village.liaison, "version": fresh(case).version, "words": WORDS, "voter": {"phone": PHONE}}
    return correcting.correct(opinion_of(case), **facts(village, **given, opinion={"route": route, **options}))


def test_what_is_settled_there_takes_no_other_route(village):
    case = routed(village)
    settled(village, task_of(case))
    with pytest.raises(Invalid) as refused:
        correct(village, case, "TO_MEETING")
    assert (refused.value.field, refused.value.code) == ("route", "settled")
    assert opinion_of(case).route == "VILLAGE"


def test_it_is_given_on_postponed_and_settled_and_the_record_tells_it(village):
    case = routed(village)
    task = task_of(case)
    later = TODAY + timedelta(60)
    board.assign_task(
        task,
        actor=village.presidium,
        version=case.version,
        assignee="镇水利站",
        on=TODAY,
        due_on=later,
        handler="周站长",
    )
    board.postpone_task(
        task, actor=village.liaison, version=fresh(case).version, due_on=later + timedelta(9), reason="等材料"
    )
    settled(village, task)
    task.refresh_from_db()
    assert (task.assignee, task.handler, task.due_on, task.done_on) == ("镇水利站", "", later + timedelta(9), TODAY)
    verbs = [(event.verb, event.how) for event in events(case)[-3:]]
    assert verbs == [
        ("assign_task", How.IN_SYSTEM), ("postpone_task", How.TELEPHONE), ("finish_task", How.TELEPHONE),
    ]  # fmt: skip
    assert events(case)[-2].detail.reason == "等材料"
    assert_chain_holds(case)
    heard = Notification.objects.filter(kind="visit.task_done").values_list("recipient__person__name", flat=True)
    assert set(heard) == {"周大爷", "邱小燕"}


@pytest.mark.parametrize(
    ("verb", "wrong", "field"),
    [
        (board.assign_task, {"assignee": " "}, "assignee"),
        (board.assign_task, {"on": TODAY + timedelta(1)}, "on"),
        (board.assign_task, {"on": TODAY - timedelta(1)}, "on"),
        (board.assign_task, {"due_on": TODAY - timedelta(1)}, "due_on"),
        (board.postpone_task, {"due_on": TODAY + timedelta(30)}, "due_on"),
        (board.postpone_task, {"reason": ""}, "reason"),
        (board.finish_task, {"result": " "}, "result"),
        (board.finish_task, {"on": TODAY - timedelta(1)}, "on"),
        (board.finish_task, {"on": TODAY + timedelta(1)}, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(village, verb, wrong, field):
    case = routed(village)
    right = {
        board.assign_task: {"assignee": "南门村", "on": TODAY, "due_on": TODAY + timedelta(5)},
        board.postpone_task: {"due_on": TODAY + timedelta(50), "reason": "等材料"},
        board.finish_task: {"result": "好了", "on": TODAY, "handler": ""},
    }[verb]
    before = events(case)
    with pytest.raises(Invalid) as refused:
        verb(task_of(case), actor=village.liaison, version=case.version, **right | wrong)
    assert refused.value.field == field
    assert events(case) == before


def test_whom_it_does_not_concern_does_nothing_with_it(village):
    case = routed(village)
    for actor in (village.deputy, village.chair, village.body, village.other_liaison, make_actor(Role.TOWNSHIP)):
        with pytest.raises(NotAllowed):
            settled(village, task_of(case), actor=actor)


def test_somebody_was_faster(village):
    case = routed(village)
    settled(village, task_of(case))
    with pytest.raises(Stale):
        settled(village, task_of(case), version=case.version)
    with pytest.raises(Conflict):
        settled(village, task_of(case))


def test_the_last_word_comes_after_the_result(village):
    case = routed(village)
    with pytest.raises(Invalid) as refused:
        told(village, case)
    assert (refused.value.field, refused.value.code) == ("final", "task_open")
    told(village, case, final=False, text="已交村里。")
    settled(village, task_of(case))
    told(village, case)
    assert fresh(closed_by_hand(village, case)).status == "CLOSED"


def closed_by_hand(village, case):
    assert send(village.liaison, reverse("deliberations:visit_act", args=[case.pk, "close"])).status_code == 302
    return case


def test_who_cannot_be_reached_is_not_waited_for(village):
    case = routed(village)
    told(village, case, reached=False, text="")
    closed_by_hand(village, case)
    settled(village, task_of(case))
    assert_chain_holds(case)


def test_a_refused_last_word_keeps_what_was_typed(village):
    case = routed(village)
    page = reverse("deliberations:opinion_act", args=[case.pk, opinion_of(case).pk, "tell"])
    answer = send(village.liaison, page, on="2026-03-16", how="PHONE", reached="yes", final="yes", text="快了。")
    assert answer.status_code == 422
    assert "快了。" in answer.content.decode()


def test_the_presidium_works_the_board_on_its_page(village):
    case = routed(village, "TOWNSHIP")
    task = task_of(case)
    page = signed_in(village.presidium).get(BOARD)
    assert [row.pk for row in page.context["rows"]] == [task.pk]
    assert WORDS in page.content.decode()
    assert reverse("deliberations:visit", args=[case.pk]) not in page.content.decode()
    given = {"assignee": "镇村建所", "on": "2026-03-16", "due_on": "2026-04-20", "handler": "郑所长"}
    assert send(village.presidium, url(task, "assign_task"), **given).status_code == 302
    assert send(village.presidium, url(task, "postpone_task"), due_on="2026-05-20", reason="下雨").status_code == 302
    late = send(village.presidium, url(task, "postpone_task"), due_on="2026-05-01", reason="下雨")
    assert late.status_code == 422
    assert send(village.presidium, url(task, "finish"), result="涵管换了。", on="2026-03-16").status_code == 302
    assert "涵管换了。" in signed_in(village.liaison).get(BOARD).content.decode()
    for verb in ("assign_task", "postpone_task", "finish"):
        assert signed_in(village.presidium).get(url(task, verb)).status_code == 409
    seen = signed_in(village.deputy).get(reverse("deliberations:visit", args=[case.pk])).content.decode()
    assert "涵管换了。" in seen


def test_whose_township_it_is_not_sees_nothing(village):
    task = task_of(routed(village))
    for actor in (village.other_liaison, make_actor(Role.TOWNSHIP)):
        client = signed_in(actor)
        assert not client.get(BOARD).context["rows"]
        assert client.get(url(task, "finish")).status_code == 404
    for actor in (village.deputy, make_actor(Role.ORGAN_HANDLER)):
        assert signed_in(actor).get(BOARD).status_code == 403
    assert signed_in(village.chair).get(url(task, "finish")).status_code == 403


def test_what_is_confidential_is_not_told_to_the_township(village):
    task = task_of(routed(village, confidential=True))
    client = signed_in(village.presidium)
    for page in (BOARD, SHEET, url(task, "finish")):
        assert WORDS not in client.get(page).content.decode()
    assert (
        WORDS
        in signed_in(village.liaison).get(reverse("deliberations:visit", args=[task.opinion.visit_id])).content.decode()
    )


def test_overdue_ones_stand_first_and_on_the_workbench_of_station_and_township(village):
    late = task_of(routed(village))
    TownshipTask.objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(1))
    task_of(routed(village, "TOWNSHIP"))
    settled(village, task_of(routed(village)))
    for actor in (village.liaison, village.presidium):
        client = signed_in(actor)
        page = client.get(BOARD)
        assert [tab["count"] for tab in page.context["tabs"]] == [2, 1, 1, 3]
        assert page.context["rows"][0].pk == late.pk
        tiles = {tile["url"]: tile["number"] for tile in client.get("/").context["tiles"]}
        assert tiles[f"{BOARD}?stands=overdue"] == 1
        assert len(client.get(BOARD, {"way": "TOWNSHIP"}).context["rows"]) == 1
        assert len(client.get(BOARD, {"way": "VILLAGE"}).context["rows"]) == 2
        assert len(client.get(BOARD, {"way": "MEETING"}).context["rows"]) == 0
        assert "已逾期" in client.get(SHEET).content.decode()


def test_an_empty_board_says_so(village):
    client = signed_in(village.presidium)
    for page in (BOARD, SHEET):
        assert 'class="empty' in client.get(page).content.decode()


def test_a_longer_board_costs_no_more_queries(village, django_assert_max_num_queries):
    client = signed_in(village.liaison)
    for _more in range(10):
        recorded(village, opinion={"route": "VILLAGE"})
    with django_assert_max_num_queries(40) as few:
        client.get(BOARD)
    for _more in range(10):
        recorded(village, opinion={"route": "VILLAGE"})
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(BOARD).context["rows"]) == 20


def test_a_page_opened_before_a_change_keeps_what_was_typed(village):
    case = routed(village)
    task, client = task_of(case), signed_in(village.presidium)
    form = hidden(client.get(url(task, "finish"))) | {"result": "换好了。", "on": "2026-03-16"}
    told(village, case, final=False)
    answer = client.post(url(task, "finish"), form)
    assert answer.status_code == 409
    assert "换好了。" in answer.content.decode()


def test_nothing_goes_to_the_board_on_other_ways(village):
    closed(village)
    assert not TownshipTask.objects.exists()


def test_once_late_township_station_and_staff_are_reminded(village):
    case = routed(village)
    TownshipTask.objects.update(due_on=TODAY + timedelta(2))
    with noon(TODAY + timedelta(3)):
        reminders.run()
    late = Notification.objects.filter(kind="reminder.task_overdue")
    heard = set(late.values_list("recipient__person__name", "url"))
    people = (village.presidium, village.liaison, village.staff)
    assert heard == {(actor.user.person.name, BOARD) for actor in people}
    assert str(case.on) in late[0].params["title"]


def test_the_ledger_of_the_station_tells_who_settles_it_and_how(village):
    task = task_of(routed(village))
    rows = list(station_ledger.sheets(village.liaison)[0].rows)
    assert rows[0][8:10] == [task.township.name, "乡镇(村)办理中"]
    settled(village, task)
    rows = list(station_ledger.sheets(village.liaison)[0].rows)
    assert rows[0][9] == "沟已清，路灯已修。"
