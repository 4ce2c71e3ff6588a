"""The county's own roster gives what its papers say, and gives the same again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Officer, Organ, OrganName, Person, User
from accounts.transitions.organs import owner_of_name
from files.models import ImportBatch
from stations.models import Delegation, Level, Mandate, Station, StationEvent, Term, Township
from tests.county import ROSTER, RosterTestCase, expected, run_json
from workflow import chain

KINDS = ("stations", "deputies", "county_deputies", "organs")
#: For 831 deputies, 30 stations and 29 organs; a deputy must cost no query of its own.
QUERIES = 1200
PLACES = ("sheet", "row", "column")


def places(answer):
    return {tuple(row[name] for name in PLACES) for row in answer["refused"]}


@pytest.mark.django_db
def test_counts_and_refused_rows_are_those_of_the_papers_and_nothing_is_written():
    with CaptureQueriesContext(connection) as queries:
        status, answer = run_json("import_roster", ROSTER)
    told = expected("roster")
    assert status == 1
    assert len(queries) < QUERIES
    assert {kind: answer[kind] for kind in KINDS} == {kind: told[kind] for kind in KINDS}
    assert places(answer) == places(told)
    assert all(row["code"] and row["reason"] for row in answer["refused"])
    assert [row["code"] for row in answer["refused"]] == [
        "duplicate_certificate",
        "unknown_station",
        "duplicate_certificate",
        "missing_name",
    ]
    assert not any(model.objects.exists() for model in (Station, Mandate, Organ, Person, Township, ImportBatch))


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_tells_the_same():
    status, answer = run_json("import_roster", ROSTER, "--dry-run", "--keep-good")
    assert (status, answer["deputies"]) == (0, 831)
    assert not (Station.objects.exists() or Person.objects.exists())


class Kept(RosterTestCase):
    """With the good rows kept."""

    def test_what_was_good_is_there(self):
        assert Station.objects.count() == 30
        assert Station.objects.key().count() == 10
        assert Mandate.objects.count() == 831
        assert Mandate.objects.of_level(Level.COUNTY).count() == 195
        assert Organ.objects.count() == 29
        assert not Mandate.objects.filter(certificate_no__in=["X0119", "Z0321"]).exists()

    def test_an_import_makes_no_account(self):
        assert not User.objects.exists()

    def test_townships_have_the_kind_that_their_name_tells(self):
        assert Township.objects.get(name="石桥镇").kind == Township.Kind.TOWN
        assert Township.objects.get(name="双溪乡").kind == Township.Kind.TOWNSHIP
        assert Township.objects.get(name="永安街道").kind == Township.Kind.SUB_DISTRICT

    def test_each_township_with_a_congress_has_its_term_and_the_county_one(self):
        assert Term.objects.filter(level=Level.COUNTY).count() == 1
        assert Term.objects.filter(level=Level.TOWNSHIP).count() == 11
        assert not Term.objects.filter(township__kind=Township.Kind.SUB_DISTRICT).exists()
        assert Delegation.objects.filter(term__level=Level.COUNTY).count() == 12

    def test_three_styles_of_months_padded_names_and_numbers_as_phones_are_read(self):
        told = {
            "X0001": ("任洋亮", date(1955, 1, 1), "13588523892"),
            "X0003": ("田淑桂", date(1988, 2, 1), "13204988870"),
            "X0004": ("丁明", date(1990, 4, 1), "13804933503"),
            "X0010": ("宋国伟", date(1963, 6, 1), "13322478318"),
        }
        for number, facts in told.items():
            person = Mandate.objects.get(certificate_no=number).person
            assert (person.name, person.born_month, person.phone) == facts

    def test_the_staff_of_a_station_and_the_number_of_its_liaison_are_known(self):
        station = Station.objects.get(code="JZ10")
        serving = {row.duty: (row.person.name, row.phone) for row in station.staff.select_related("person")}
        assert serving == {"HEAD": ("余国立", ""), "LIAISON": ("邓德", "13919483702")}

    def test_organs_are_found_by_former_and_short_names(self):
        assert owner_of_name("县扶贫办").name == "县农业农村局"
        assert owner_of_name("县环保局").kind == Organ.Kind.VERTICAL
        assert OrganName.objects.get(name="县发改局").kind == OrganName.Kind.SHORT
        assert OrganName.objects.get(name="县国土局").kind == OrganName.Kind.FORMER

    def test_departments_receive_through_the_government_office_and_the_others_directly(self):
        office = Organ.objects.get(kind=Organ.Kind.GOVERNMENT_OFFICE)
        assert Organ.objects.get(name="县水利局").forwards_through == office
        assert Organ.objects.get(name="县供电公司").forwards_through == office
        assert Organ.objects.get(name="县人民法院").forwards_through is None
        assert Organ.objects.get(name="县残疾人联合会").forwards_through is None

    def test_each_organ_has_its_three_officers(self):
        officers = {row.duty: row for row in Officer.objects.filter(organ__name="县水利局").select_related("person")}
        assert {duty: row.person.name for duty, row in officers.items()} == {
            "HEAD": "龙凯福",
            "DIVISION_LEADER": "黄永",
            "LIAISON": "史浩志",
        }
        assert officers["LIAISON"].phone == "0319-5639250"

    def test_every_station_was_born_with_an_event_that_names_its_row(self):
        station = Station.objects.get(code="JZ13")
        assert station.events.get().detail.changes["source"] == {"sheet": "家站", "row": 17}
        for row in Station.objects.all():
            assert chain.faults(row, row.events.select_related("detail")) == []

    def test_reading_again_gives_the_same_counts_and_changes_nothing(self):
        models = (Person, Mandate, Station, StationEvent, Organ, OrganName, Officer, Township, Term, Delegation)
        before = [list(model.objects.order_by("pk").values()) for model in models]
        status, answer = run_json("import_roster", ROSTER, "--keep-good")
        told = expected("roster")
        assert (status, {kind: answer[kind] for kind in KINDS}) == (0, {kind: told[kind] for kind in KINDS})
        assert [list(model.objects.order_by("pk").values()) for model in models] == before

    def test_what_was_read_leaves_a_batch_with_its_counts_and_refusals(self):
        batch = ImportBatch.objects.get(kind="roster")
        assert batch.counts["deputies"] == 831
        assert len(batch.refused) == 4
