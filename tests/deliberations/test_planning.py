"""The plan of a cycle: its words, steps, grouping table and approvals, through the pages and by the verbs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Post, Role
from deliberations.models import CycleStep, Group, LeaderContact, NoticeReceipt
from deliberations.transitions import leaving, planning
from deliberations.transitions.planning import GroupRow, StationRow
from stations.models import Station
from tests.deliberations.cycle_factory import issue, make_round, mobilised
from tests.deliberations.planning_factory import approved, arranged, make_leader, person_of, planned, row_of
from tests.factory import SINCE, make_actor, make_organ, make_station
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, pdf, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def round_():
    return make_round()


def url(round_, verb):
    return reverse("deliberations:cycle_act", args=[round_.cycle.pk, verb])


def send(actor, address, **typed):
    client = signed_in(actor)
    return client.post(address, hidden(client.get(address)) | typed)


def shown(actor, round_):
    return signed_in(actor).get(reverse("deliberations:cycle", args=[round_.cycle.pk]))


def table(round_, **typed):
    """The form of the grouping table as a browser sends it: one group, both stations in it."""
    rows = {f"s{row.pk}_group": "0" for row in round_.cycle.stations.all()}
    return {"g0_name": "第一组", **rows, **typed}


class TestGroupingTable:
    def test_is_filled_in_once_on_one_page(self, round_):
        leader, second = make_leader(), make_leader("王主任")
        water, roads = make_organ("县水利局"), make_organ("县交通运输局")
        first, other = row_of(round_), row_of(round_, round_.other)
        day = round_.cycle.first_meeting_on
        sent = table(
            round_, g0_leader=str(leader.person_id), g0_members="周明、吴静", g0_organs="县水利局、县交通运输局",
            g0_starts_on=day.isoformat(), g0_ends_on=(day + timedelta(2)).isoformat(),
            **{
                f"s{first.pk}_first": str(second.person_id),
                f"s{first.pk}_second": str(leader.person_id),
                f"s{other.pk}_on": (day + timedelta(1)).isoformat(),
            },
        )  # fmt: skip
        assert send(round_.staff, url(round_, "arrange"), **sent).status_code == 302
        group = Group.objects.get()
        assert (group.name, group.leader_id, group.members) == ("第一组", leader.person_id, "周明、吴静")
        assert set(group.organs.all()) == {water, roads}
        assert {row.station for row in group.stations.all()} == {round_.station, round_.other}
        contacts = LeaderContact.objects.values_list("station", "person")
        assert set(contacts) == {(round_.station.pk, second.person_id), (round_.station.pk, leader.person_id)}
        assert row_of(round_, round_.other).planned_on == day + timedelta(1)
        text = shown(round_.staff, round_).content.decode()
        for word in ("第一组", "李主任", "周明、吴静", "县水利局"):
            assert word in text

    def test_opens_as_it_was_saved_and_takes_a_group_away(self, round_):
        leader = make_leader()
        arranged(round_, leader)
        page = signed_in(round_.staff).get(url(round_, "arrange"))
        form = page.context["form"]
        assert form.initial["g0_name"] == "第一组"
        assert form.initial[f"s{row_of(round_).pk}_first"] == leader.person_id
        empty = dict.fromkeys(form.fields, "")
        assert send(round_.staff, url(round_, "arrange"), **empty).status_code == 302
        assert not Group.objects.exists()
        assert not LeaderContact.objects.exists()
        assert row_of(round_).group is None

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"g0_leader": ""}, "g0_leader"),
            ({"g0_name": "", "g0_members": "周明"}, "g0_name"),
            ({"g1_name": "第一组", "g1_leader": "second"}, "g1_name"),
            ({"g1_name": "第二组", "g1_leader": "leader"}, "g1_leader"),
            ({"g0_organs": "县没有局"}, "g0_organs"),
            ({"g0_starts_on": "2026-05-10", "g0_ends_on": "2026-05-09"}, "g0_ends_on"),
            ({"g0_starts_on": "2020-01-01"}, "g0_starts_on"),
            ({"g0_starts_on": "下个月"}, "g0_starts_on"),
            ({"g0_leader": "999999"}, "g0_leader"),
            ({"s_group": "3"}, "s_group"),
            ({"s_first": "leader", "s_second": "leader"}, "s_second"),
            ({"s_on": "2026-03-17"}, "s_on"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(self, round_, typed, field):
        people = {"leader": str(make_leader().person_id), "second": str(make_leader("王主任").person_id)}
        key = f"s{row_of(round_).pk}_"
        sent = {name.replace("s_", key, 1) if name[:2] == "s_" else name: people.get(v, v) for name, v in typed.items()}
        answer = send(round_.staff, url(round_, "arrange"), **(table(round_, g0_leader=people["leader"]) | sent))
        assert answer.status_code == 422
        assert field.replace("s_", key, 1) if field[:2] == "s_" else field in answer.context["form"].errors
        wrong = answer.context["form"].errors
        assert (field.replace("s_", key, 1) if field[:2] == "s_" else field) in wrong, wrong
        assert not Group.objects.exists()
        assert "第一组" in answer.content.decode() or typed.get("g0_name") == ""

    def test_a_closed_station_joins_no_group_but_stays_where_it_was(self, round_):
        leader = make_leader()
        Station.objects.filter(pk=round_.other.pk).update(status="CLOSED")
        with pytest.raises(Invalid) as refused:
            arranged(round_, leader)
        assert refused.value.code == "closed"
        Station.objects.filter(pk=round_.other.pk).update(status="ACTIVE")
        arranged(round_, leader)
        Station.objects.filter(pk=round_.other.pk).update(status="CLOSED")
        arranged(round_, leader)
        assert row_of(round_, round_.other).group.name == "第一组"

    def test_a_group_no_row_has_is_refused(self, round_):
        with pytest.raises(Invalid):
            arranged(round_, make_leader(), stations={row_of(round_).pk: StationRow(7)})
        with pytest.raises(Conflict):
            arranged(round_, make_leader(), stations={10**6: StationRow(None)})

    def test_a_moved_meeting_moves_the_days_of_its_notice(self):
        round_ = mobilised()
        issue(round_)
        later = round_.cycle.first_meeting_on + timedelta(5)
        row = row_of(round_)
        arranged(round_, make_leader(), stations={row.pk: StationRow(None, (), later)}, groups={})
        assert NoticeReceipt.objects.get(station=round_.station).meeting_on == later

    def test_only_people_in_office_are_offered_and_those_who_stand_there(self, round_):
        leader, gone = make_leader(), make_leader("孙主任")
        arranged(round_, gone, groups={0: GroupRow("第一组", person_of(gone))})
        Post.objects.filter(pk=gone.post.pk).update(until=SINCE)
        other = make_leader("郑主任")
        Post.objects.filter(pk=other.post.pk).update(until=SINCE)
        offered = signed_in(round_.staff).get(url(round_, "arrange")).context["form"].people
        assert {leader.person_id, gone.person_id} <= set(offered)
        assert other.person_id not in offered

    def test_another_was_faster(self, round_):
        with pytest.raises(Stale):
            planning.arrange(round_.cycle, actor=round_.staff, version=99, groups={}, stations={})

    def test_a_station_left_out_loses_its_leader(self, round_):
        arranged(round_, make_leader())
        row = row_of(round_)
        leaving.leave_out(row, actor=round_.staff, version=round_.version, reason="多选")
        assert not LeaderContact.objects.exists()

    def test_thirty_stations_take_as_many_queries_as_two(self, django_assert_max_num_queries, round_):
        for _ in range(28):
            round_.cycle.stations.create(station=make_station())
        client = signed_in(round_.staff)
        with django_assert_max_num_queries(16):
            assert client.get(url(round_, "arrange")).status_code == 200


class TestSteps:
    def test_both_days_of_each_through_the_page(self, round_):
        day = TODAY.isoformat()
        answer = send(round_.staff, url(round_, "plan_steps"), TOPICS=day, TOPICS_to=day)
        assert answer.status_code == 302
        row = CycleStep.objects.get()
        assert (row.step, row.starts_on, row.ends_on) == ("TOPICS", TODAY, TODAY)
        assert "2026-03-16" in shown(round_.staff, round_).content.decode()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"TOPICS": "2026-03-20"}, "TOPICS_to"),
            ({"TOPICS_to": "2026-03-20"}, "TOPICS"),
            ({"TOPICS": "2026-03-20", "TOPICS_to": "2026-03-19"}, "TOPICS"),
            ({"VISITS": "2026-05-01", "VISITS_to": "2026-12-31"}, "VISITS"),
            ({"TOPICS": "2019-03-20", "TOPICS_to": "2019-03-21"}, "TOPICS"),
            (
                {"TOPICS": "2026-04-20", "TOPICS_to": "2026-04-21", "VISITS": "2026-04-01", "VISITS_to": "2026-05-01"},
                "VISITS",
            ),
            ({}, "TOPICS"),
        ],
    )
    def test_wrong_days_are_refused_at_their_step(self, round_, typed, field):
        answer = send(round_.staff, url(round_, "plan_steps"), **typed)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not CycleStep.objects.exists()

    def test_a_step_emptied_is_not_planned_any_more(self, round_):
        planned(round_)
        planned(round_, TOPICS=(TODAY, TODAY))
        assert CycleStep.objects.count() == 1


class TestApprovals:
    def test_the_page_shows_which_of_the_three_are_there(self, round_):
        address = url(round_, "record_approval")
        sent = {"body": "PARTY_GROUP", "number": "党组〔2026〕1号", "on": TODAY.isoformat(), "scan": pdf("纪要.pdf")}
        assert send(round_.staff, address, **sent).status_code == 302
        approved(round_, "COUNCIL_OF_CHAIRPERSONS", "主任会议〔2026〕2号")
        plan = shown(round_.staff, round_).context["plan"]
        assert [bool(row["paper"]) for row in plan["approvals"]] == [True, True, False]
        approved(round_, "COUNTY_PARTY_COMMITTEE", "县委〔2026〕3号")
        assert signed_in(round_.staff).get(address).status_code == 409
        text = shown(round_.staff, round_).content.decode()
        for word in ("党组〔2026〕1号", "主任会议〔2026〕2号", "县委〔2026〕3号", "纪要.pdf"):
            assert word in text

    def test_one_body_approves_once(self, round_):
        approved(round_)
        with pytest.raises(Invalid) as refused:
            approved(round_, number="党组纪要2号")
        assert refused.value.field == "body"
        offered = signed_in(round_.staff).get(url(round_, "record_approval")).context["form"].fields["body"].choices
        assert "PARTY_GROUP" not in dict(offered)

    def test_a_body_that_approves_no_plan_is_refused(self, round_):
        sent = {"body": "STANDING_COMMITTEE", "number": "1", "on": TODAY.isoformat()}
        assert send(round_.staff, url(round_, "record_approval"), **sent).status_code == 422

    def test_a_day_to_come_is_refused(self, round_):
        sent = {"body": "PARTY_GROUP", "number": "1", "on": (TODAY + timedelta(1)).isoformat()}
        assert send(round_.staff, url(round_, "record_approval"), **sent).status_code == 422

    def test_one_recorded_by_mistake_is_taken_back_with_a_reason(self, round_):
        assert signed_in(round_.staff).get(url(round_, "drop_approval")).status_code == 409
        approved(round_)
        row = round_.cycle.approvals.get()
        assert send(round_.staff, url(round_, "drop_approval"), approval=row.pk, reason="").status_code == 422
        assert send(round_.staff, url(round_, "drop_approval"), approval=row.pk, reason="录错").status_code == 302
        assert not round_.cycle.approvals.exists()
        event = round_.cycle.events.last()
        assert (event.verb, event.detail.reason) == ("drop_approval", "录错")

    def test_what_is_not_there_any_more_is_not_taken_back(self, round_):
        approved(round_)
        row = round_.cycle.approvals.get()
        round_.cycle.approvals.clear()
        with pytest.raises(Conflict):
            planning.drop_approval(row, round_.cycle, actor=round_.staff, version=round_.version, reason="录错")


class TestWords:
    def test_are_written_and_read_on_the_page(self, round_):
        sent = {"purpose": "坚持党的领导。", "requirements": "高度重视。"}
        assert send(round_.staff, url(round_, "write_plan"), **sent).status_code == 302
        text = shown(round_.staff, round_).content.decode()
        assert "坚持党的领导。" in text
        assert "高度重视。" in text
        assert send(round_.staff, url(round_, "write_plan"), **sent).status_code == 422

    def test_nobody_but_staff_plans(self, round_):
        actor = make_actor(Role.DEPUTY_CHAIRPERSON)
        words = {"actor": actor, "version": round_.version}
        for verb, more in (
            (planning.write_plan, {"purpose": "x", "requirements": ""}),
            (planning.plan_steps, {"days": {}}),
            (planning.arrange, {"groups": {}, "stations": {}}),
        ):
            with pytest.raises(NotAllowed):
                verb(round_.cycle, **words, **more)
        for verb in ("write_plan", "plan_steps", "arrange", "record_approval"):
            assert signed_in(round_.liaison).get(url(round_, verb)).status_code == 403

    def test_outside_of_the_committee_the_plan_is_not_shown(self, round_):
        arranged(round_, make_leader())
        page = shown(round_.liaison, round_)
        assert "plan" not in page.context
        assert "周明" not in page.content.decode()
