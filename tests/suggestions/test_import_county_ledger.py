"""The county's own ledger gives what the papers say, and nothing that it does not tell."""

from collections import Counter
from datetime import date

from accounts.actor import SYSTEM
from accounts.models import How, Organ, Role
from files.importing import file_sha256
from files.models import ImportBatch
from stations.models import CongressSession, Term
from suggestions.models import Assignment, Evaluation, Reply, Suggestion, SuggestionClock
from suggestions.transitions import Verb, release_verdict
from suggestions.transitions.intake import next_serial
from tests.county import LEDGER, LedgerTestCase, RosterTestCase, expected, run, run_json
from tests.factory import make_actor
from tests.suggestions.factory import noon
from workflow import chain

CODES = {
    12: "unknown_organ",
    34: "impossible_date",
    51: "duplicate_number",
    67: "title_missing",
    76: "not_a_county_deputy",
    84: "unknown_result_class",
}


def one(serial: int) -> Suggestion:
    return Suggestion.objects.get(serial=serial)


class ImportedLedger(LedgerTestCase):
    def test_counts_are_those_of_the_papers(self):
        wanted = expected("suggestion_ledger")
        wanted.pop("note")
        refused = wanted.pop("refused")
        told = dict(self.told)
        places = [(row["sheet"], row["row"], row["column"]) for row in told.pop("refused")]
        assert told == wanted
        assert places == [(row["sheet"], row["row"], row["column"]) for row in refused]
        assert self.status == 0

    def test_each_refusal_has_its_code_and_a_sentence(self):
        assert {row["row"]: row["code"] for row in self.told["refused"]} == CODES
        assert all(row["reason"] for row in self.told["refused"])

    def test_what_was_counted_is_in_the_tables(self):
        hosts = Assignment.objects.exclude(part="CO_HOST")
        by_host = Counter(hosts.values_list("organ__name", flat=True))
        signed = Counter(Suggestion.objects.filter(cosignatures__isnull=False).values_list("pk", flat=True))
        assert by_host == self.told["by_host"]
        assert Assignment.objects.filter(part="CO_HOST").count() == self.told["cohosts"]
        assert (len(signed), sum(signed.values())) == (self.told["joint"], self.told["cosignatures"])
        assert Suggestion.objects.filter(is_key=True).count() == self.told["key"]
        assert Reply.objects.count() == self.told["replied"]
        assert Evaluation.objects.filter(result="DISSATISFIED").count() == self.told["dissatisfied"]

    def test_states_are_as_the_ledger_reports_them(self):
        assert Counter(Suggestion.objects.values_list("status", flat=True)) == {
            "CLOSED": 42,
            "REPLIED": 39,
            "HANDLING": 9,
        }
        closed = Counter(Suggestion.objects.filter(status="CLOSED").values_list("closing_basis", flat=True))
        assert closed == {"SATISFIED": 35, "BASICALLY": 7}

    def test_the_text_is_parted_into_facts_and_demand(self):
        case = one(1)
        assert case.facts == "夏季用电高峰时多次限电,影响交货。"
        assert case.demand == "增设变压器,公布检修计划。"

    def test_former_names_and_padded_people_are_found(self):
        case = one(49)
        names = ["徐萍淑", "廖明志", "田兰", "杨雪燕"]
        organs = case.assignments.filter(part="CO_HOST").values_list("organ__name", flat=True)
        assert {row.mandate.person.name for row in case.cosignatures.all()} == set(names)
        assert list(organs) == ["县供电公司", "县应急管理局"]
        assert one(15).assignments.get().organ.name == "县农业农村局"

    def test_a_session_of_its_own_and_a_term_that_takes_its_number(self):
        session = CongressSession.objects.get()
        assert (session.term.number, session.number) == (18, 5)
        assert Term.objects.get(level="COUNTY").number == 18
        assert {(case.series, case.scope) for case in Suggestion.objects.all()} == {("SESSION", "18-5")}

    def test_the_series_goes_on_behind_the_imported_numbers(self):
        session = CongressSession.objects.get()
        assert next_serial(Suggestion(origin="SESSION", session=session)) == 97

    def test_one_event_per_case_says_from_which_row_it_comes(self):
        for case in Suggestion.objects.all():
            event = case.events.select_related("detail").get()
            assert chain.faults(case, [event]) == []
            assert (event.verb, event.how, event.actor) == (Verb.IMPORT, How.IMPORT, None)
        told = one(6).events.get().detail.changes
        assert (told["sheet"], told["row"]) == ("办理情况台账", 9)
        assert told["file_sha256"] == file_sha256(LEDGER)
        assert len(told["row_digest"]) == 64
        assert one(6).imported_from == "suggestion_ledger.xlsx 办理情况台账!9"

    def test_what_the_ledger_does_not_tell_stays_empty(self):
        untold = {"registered_on": None, "closed_on": None, "publicity": "NONE"}
        assert Suggestion.objects.filter(**untold).count() == 90
        assert not Assignment.objects.exclude(received_on=None).exists()
        assert not Assignment.objects.exclude(contacts=None, opinion=None).exists()
        assert not Evaluation.objects.exclude(on=None).exists()

    def test_the_reply_clock_is_statutory_and_met_by_the_letter(self):
        assert SuggestionClock.objects.exclude(kind="REPLY").count() == 0
        assert {(c.start_on, c.due_on) for c in SuggestionClock.objects.all()} == {
            (date(2026, 3, 18), date(2026, 6, 18)),
        }
        late = one(3).clocks.get()
        assert (late.met_on, late.rule_key) == (date(2026, 7, 2), "deputies_law_51")
        assert [step["code"] for step in late.trace] == ["months"]
        assert SuggestionClock.objects.filter(met_on=None).count() == 9

    def test_bureaus_receive_through_the_office_and_others_directly(self):
        office = Organ.objects.get(kind="GOVERNMENT_OFFICE")
        assert one(5).hand_overs.get().to == office
        assert one(5).assignments.first().hand_over.to == office

    def test_a_satisfied_verdict_waits_for_staff_and_then_closes(self):
        staff, case = make_actor(Role.COMMITTEE_STAFF), one(5)
        assert case.verdicts.get().released_on is None
        closed = release_verdict(case, actor=staff, version=case.version)
        assert (closed.status, closed.closing_basis) == ("CLOSED", "SATISFIED")

    def test_a_dissatisfied_verdict_waits_for_staff_and_opens_round_two(self):
        staff, case = make_actor(Role.COMMITTEE_STAFF), one(7)
        assert case.status == "REPLIED"
        day = date(2026, 10, 9)
        with noon(day):
            again = release_verdict(case, actor=staff, version=case.version)
        assert (again.status, again.round) == ("HANDLING", 2)
        assert again.clocks.get(kind="REPLY", round=2).start_on == day
        assert {row.organ.name for row in again.assignments.filter(round=2)} == {"市生态环境局望川分局", "县水利局"}

    def test_of_a_closed_case_everything_is_known_to_those_concerned(self):
        organ = make_actor(Role.ORGAN_HANDLER, organ=Organ.objects.get(name="县水利局"))
        closed = Evaluation.objects.filter(reply__assignment__suggestion=one(6))
        waiting = Evaluation.objects.filter(reply__assignment__suggestion=one(95))
        assert closed.visible_to(organ).exists()
        assert not waiting.visible_to(organ).exists()

    def test_reading_it_again_refuses_every_row_and_writes_nothing(self):
        before = (Suggestion.objects.count(), ImportBatch.objects.count())
        status, told = run_json("import_suggestions", LEDGER)
        assert (status, told["suggestions"], len(told["refused"])) == (1, 0, 96)
        assert {row["code"] for row in told["refused"] if row["row"] not in CODES} == {"duplicate_number"}
        assert (Suggestion.objects.count(), ImportBatch.objects.count()) == before

    def test_the_batch_is_noted_with_its_refusals(self):
        batch = ImportBatch.objects.get(kind="suggestions")
        assert (batch.counts["suggestions"], len(batch.refused)) == (90, 6)
        assert batch.sha256 == file_sha256(LEDGER)

    def test_the_committee_sees_all_and_an_organ_its_own(self):
        water = Organ.objects.get(name="县水利局")
        own = Suggestion.objects.visible_to(make_actor(Role.ORGAN_HANDLER, organ=water))
        assert Suggestion.objects.visible_to(SYSTEM).count() == 90
        assert set(own) == set(Suggestion.objects.filter(assignments__organ=water))


class LedgerWithoutKeeping(RosterTestCase):
    def test_with_refused_rows_nothing_is_written(self):
        status, told = run_json("import_suggestions", LEDGER)
        assert (status, told["suggestions"]) == (1, 90)
        assert self.nothing()

    def test_a_dry_run_writes_nothing(self):
        status, _told = run("import_suggestions", LEDGER, "--dry-run", "--keep-good")
        assert status == 0
        assert self.nothing()

    def nothing(self) -> bool:
        written = [Suggestion, CongressSession, Reply, SuggestionClock]
        return not any(model.objects.exists() for model in written) and Term.objects.get(level="COUNTY").number is None
