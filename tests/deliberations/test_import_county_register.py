"""The county's own register gives what the papers say, and nothing that it does not tell."""

import json
from collections import Counter
from datetime import date

import pytest

from accounts.models import How, Role
from deliberations.models import DeliberationEventDetail, Opinion, Telling, Topic, Visit, Voter
from deliberations.transitions.visit_machine import VisitVerb
from files.importing import file_sha256
from files.models import ImportBatch
from notifications.models import Notification
from suggestions.models import Suggestion
from suggestions.transitions.collecting import collect_waiting, voters_waiting
from tests.county import DATA, LEDGER, REGISTER, ROSTER, RosterTestCase, expected, run, run_json
from tests.factory import make_actor
from tests.suggestions.factory import noon
from workflow import chain

TODAY = date(2026, 11, 24)
#: The voters' names of the register.
NAMES = ("张大爷", "李婶", "王师傅")


def one(row: int) -> Visit:
    return Visit.objects.get(imported_from=f"visit_register.xlsx 走访登记!{row}")


class ImportedRegister(RosterTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with noon(TODAY):
            cls.status, cls.told = run_json("import_visits", REGISTER)

    def test_counts_and_refusals_are_those_of_the_papers(self):
        assert (self.status, self.told) == (0, expected("visit_register"))
        assert Visit.objects.count() == Opinion.objects.count() == self.told["visits"]

    def test_states_are_as_the_register_reports_them(self):
        assert Counter(Visit.objects.values_list("status", flat=True)) == {"CLOSED": 71, "RECORDED": 49}
        assert not Visit.objects.filter(status="CLOSED", opinions__tellings=None).exists()
        assert not Visit.objects.filter(status="RECORDED").exclude(opinions__tellings=None).exists()

    def test_every_row_stands_in_its_columns(self):
        visit = one(6)
        opinion = visit.opinions.select_related("field", "voter").get()
        assert (visit.on, visit.station.name, visit.kind) == (date(2026, 9, 23), "云台乡代表之家", "VISIT")
        assert [mandate.person.name for mandate in visit.deputies.order_by("visited__pk")] == ["马峰海", "于涛"]
        assert (visit.reported_topics, visit.policies_conveyed) == ("农村道路与饮水", "惠民政策")
        assert (opinion.words, opinion.field.name) == ("娃娃上幼儿园太远", "教科文卫")
        assert (opinion.route, opinion.on_the_spot_answer) == ("ANSWERED", "已解释政策")
        assert (opinion.voter.village, opinion.voter.category) == ("南门村", "BUSINESS_LEADER")
        assert opinion.voter.unseal() == ("张大爷", "")
        assert opinion.tellings.get().on == date(2026, 10, 3)
        assert one(5).companions == "县人大常委会副主任、代工委干部"

    def test_routes_and_fields_are_counted_as_in_the_file(self):
        assert Counter(Opinion.objects.values_list("route", flat=True)) == {
            "REFUSED": 28, "ANSWERED": 27, "SUGGESTION": 23, "TOWNSHIP": 23, "VILLAGE": 19,
        }  # fmt: skip
        assert not Opinion.objects.filter(field=None).exists()

    def test_what_the_register_does_not_tell_stays_empty(self):
        untold = {"recorded_by": None, "confirmed_at": None, "place": "", "time": None, "cycle": None}
        assert Visit.objects.filter(**untold, topics=None).count() == 120
        assert Telling.objects.filter(by=None, how="", text="", reached=True, final=True).count() == 71
        assert Opinion.objects.filter(route="REFUSED", route_reason="", reported=True).count() == 28
        assert not Topic.objects.exists()

    def test_one_event_per_visit_says_from_which_row_it_comes(self):
        for visit in Visit.objects.all():
            event = visit.events.select_related("detail").get()
            assert chain.faults(visit, [event]) == []
            assert (event.verb, event.how, event.actor) == (VisitVerb.IMPORT, How.IMPORT, None)
        told = one(6).events.get().detail.changes
        assert (told["sheet"], told["row"], told["route"]) == ("走访登记", 6, "ANSWERED")
        assert told["file_sha256"] == file_sha256(REGISTER)
        assert (
            len({row["row_digest"] for row in DeliberationEventDetail.objects.values_list("changes", flat=True)}) == 120
        )
        assert run("verify_events")[0] == 0

    def test_voters_are_sealed_and_stand_nowhere_else(self):
        assert Voter.objects.exclude(name_sealed="").count() == 94
        told = json.dumps(list(DeliberationEventDetail.objects.values("changes", "reason")), ensure_ascii=False)
        batch = ImportBatch.objects.get(kind="visits")
        told += json.dumps([batch.counts, batch.refused]) + "".join(Voter.objects.values_list("name_sealed", flat=True))
        assert not any(name in told for name in NAMES)

    def test_nobody_is_told_and_nothing_is_made_of_it(self):
        with noon(TODAY):
            assert collect_waiting() == 0
        assert not Notification.objects.exists()
        assert not Suggestion.objects.exists()
        assert not voters_waiting().exists()

    def test_deputies_are_not_asked_to_confirm_what_is_unknown(self):
        assert not Visit.objects.waiting_for("confirmation").exists()
        assert Visit.objects.waiting_for("telling").count() == 49

    def test_each_sees_what_is_theirs(self):
        visit = one(6)
        liaison = make_actor(Role.STATION, station=visit.station)
        went = make_actor(Role.DEPUTY, person=visit.deputies.first().person)
        assert set(Visit.objects.visible_to(liaison)) == set(Visit.objects.filter(station=visit.station))
        assert visit in Visit.objects.visible_to(went)
        assert not Visit.objects.visible_to(make_actor(Role.DEPUTY)).exists()

    def test_reading_it_again_leaves_everything_alone(self):
        with noon(TODAY):
            assert run_json("import_visits", REGISTER) == (0, {"visits": 0, "unchanged": 120, "refused": []})
        assert Visit.objects.count() == 120

    def test_saved_as_an_old_workbook_it_is_the_same_register(self):
        with noon(TODAY):
            told = run_json("import_visits", DATA / "visit_register.xls")
        assert told == (0, {"visits": 0, "unchanged": 120, "refused": []})


class RegisterWithoutWriting(RosterTestCase):
    def test_a_dry_run_tells_the_same_and_writes_nothing(self):
        with noon(TODAY):
            assert run_json("import_visits", REGISTER, "--dry-run") == (0, expected("visit_register"))
        assert not Visit.objects.exists()
        assert not ImportBatch.objects.filter(kind="visits").exists()

    def test_a_day_to_come_is_refused_and_the_others_wait(self):
        with noon(date(2026, 9, 24)):
            status, told = run_json("import_visits", REGISTER)
        assert status == 1
        assert {row["code"] for row in told["refused"]} == {"in_future"}
        assert told["visits"] + len(told["refused"]) == 120
        assert not Visit.objects.exists()


@pytest.mark.django_db
def test_without_a_roster_there_is_one_sentence_and_nothing_is_written():
    status, told = run_json("import_visits", REGISTER)
    assert (status, told["error"]["code"]) == (2, "no_roster")
    assert not Visit.objects.exists()


@pytest.mark.django_db
def test_all_three_workbooks_are_read_as_old_ones_too():
    read = [run_json("import_roster", DATA / f"{ROSTER.stem}.xls", "--keep-good")]
    with noon(TODAY):
        read.append(run_json("import_suggestions", DATA / f"{LEDGER.stem}.xls", "--keep-good"))
        read.append(run_json("import_visits", DATA / f"{REGISTER.stem}.xls", "--keep-good"))
    for (status, told), path in zip(read, (ROSTER, LEDGER, REGISTER), strict=True):
        wanted = expected(path.stem)
        places = [[(row["sheet"], row["row"], row["column"]) for row in answer["refused"]] for answer in (told, wanted)]
        assert (status, *places[:1]) == (0, places[1])
        assert all(told[kind] == count for kind, count in wanted.items() if kind not in ("refused", "note"))
