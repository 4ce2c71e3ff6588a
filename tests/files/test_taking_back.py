"""The refused rows come back as a workbook; an import is taken back batch by batch, as long as nobody worked with it."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Organ, OrganName, Person, Role
from deliberations.models import Opinion, Visit, Voter
from files.models import Attachment, ImportBatch
from files.refused import WHY
from files.transitions import keep_workbook, take_back, take_over
from stations.models import Mandate, Station, StationStaff
from suggestions.models import Assignment, Suggestion, SuggestionClock
from suggestions.transitions import correct
from tests.county import LEDGER, ROSTER, expected
from tests.deliberations.registers import COLUMNS, NAME, PHONE, TOLD, Parish
from tests.factory import make_actor
from tests.files.test_import_pages import choose, workbook
from tests.suggestions.factory import noon
from workflow import clock, verification
from workflow.engine import Conflict, NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
BROUGHT = (Station, StationStaff, Mandate, Person, Organ, OrganName)


@pytest.fixture(autouse=True)
def today():
    with noon(TODAY):
        yield


@pytest.fixture
def staff(client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    client.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
    return actor


def bring(actor, kind, file):
    """Take a workbook over with its good rows; returns the batch."""
    if not isinstance(file, SimpleUploadedFile):
        file = SimpleUploadedFile(file.name, file.read_bytes())
    return take_over(keep_workbook(file, actor=actor), kind=kind, keep_good=True, actor=actor).batch


def sheets_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return openpyxl.load_workbook(BytesIO(content)).worksheets, content


def counts():
    return {model.__name__: model.objects.count() for model in BROUGHT}


def intact(model):
    """Whether every chain of the model holds; what factories make begins without a record."""
    return not any(model._meta.label in fault["place"] for fault in verification.verify().faults)


class TestRefusedRows:
    def test_each_refused_row_comes_back_with_its_cell_marked_and_its_reason(self, client, staff):
        for kind, path in (("roster", ROSTER), ("suggestions", LEDGER)):
            shown, _address = choose(client, kind, path)
            sheets, _content = sheets_of(client.get(shown.context["refused_rows"]))
            told = [row for sheet in sheets for row in sheet.iter_rows(min_row=4)]
            assert len(told) == len(expected(path.stem)["refused"])
            reasons = {row["reason"] for row in shown.context["rows"]}
            assert {row[-1].value for row in told} == reasons
            assert all(sheet.cell(3, sheet.max_column).value == WHY for sheet in sheets)
            marked = [[cell for cell in row if cell.fill.fgColor.rgb == "00FFE699"] for row in told]
            assert all(len(cells) <= 1 for cells in marked) and any(marked)
            bring(staff, kind, path)

    def test_the_marked_cell_stands_under_the_column_that_was_refused(self, client, staff):
        Parish()
        shown, _address = choose(client, "visits", workbook(TOLD | {"走访代表": "无此人"}, TOLD))
        (sheet,), _content = sheets_of(client.get(shown.context["refused_rows"]))
        (row,) = sheet.iter_rows(min_row=4)
        (marked,) = (cell for cell in row if cell.fill.fgColor.rgb == "00FFE699")
        assert (sheet.cell(3, marked.column).value, marked.value) == ("走访代表", "无此人")

    def test_corrected_there_they_are_imported_by_themselves(self, client, staff):
        Parish()
        _shown, address = choose(client, "visits", workbook(TOLD, TOLD | {"走访代表": "无此人"}))
        done = client.post(address, {"keep_good": "on"}, follow=True)
        left_out = reverse("files:left_out", args=[done.context["left_out"].uuid])
        assert left_out in done.content.decode()
        _sheets, content = sheets_of(client.get(left_out))
        book = openpyxl.load_workbook(BytesIO(content))
        column = [cell.value for cell in book.active[3]].index("走访代表") + 1
        book.active.cell(4, column).value = "周大爷"
        book.save(corrected := BytesIO())
        bring(staff, "visits", SimpleUploadedFile("改好.xlsx", corrected.getvalue()))
        assert Visit.objects.count() == 2

    def test_a_ledgers_rows_keep_the_session_of_its_title(self, client, staff):
        bring(staff, "roster", ROSTER)
        _shown, address = choose(client, "suggestions", LEDGER)
        done = client.post(address, {"keep_good": "on"}, follow=True)
        _sheets, content = sheets_of(client.get(reverse("files:left_out", args=[done.context["left_out"].uuid])))
        again, _address = choose(client, "suggestions", SimpleUploadedFile("再导.xlsx", content))
        assert len(again.context["rows"]) == len(expected("suggestion_ledger")["refused"])

    def test_they_are_their_choosers_alone_and_there_are_none_where_none_is_refused(self, client, staff):
        Parish()
        shown, _address = choose(client, "visits", workbook(TOLD | {"走访代表": "无此人"}))
        other = Client()
        other.force_login(make_actor(Role.COMMITTEE_STAFF).user, "django.contrib.auth.backends.ModelBackend")
        assert other.get(shown.context["refused_rows"]).status_code == 404
        clean, _address = choose(client, "visits", workbook(TOLD))
        assert client.get(clean.context["refused_rows"]).status_code == 404
        assert clean.context["refused_rows"] not in clean.content.decode()

    def test_what_looks_like_a_formula_comes_back_as_the_text_it_is(self, client, staff):
        Parish()
        shown, _address = choose(client, "visits", workbook(TOLD | {"走访代表": "-2+3"}))
        (sheet,), _content = sheets_of(client.get(shown.context["refused_rows"]))
        column = [cell.value for cell in sheet[3]].index("走访代表") + 1
        assert (sheet.cell(4, column).value, sheet.cell(4, column).data_type) == ("-2+3", "s")


class TestTakingBack:
    def test_a_roster_goes_as_it_came(self, staff):
        before = counts()
        batch = bring(staff, "roster", ROSTER)
        with noon(TODAY + timedelta(1)):
            take_back(batch, actor=staff)
        assert counts() | {"Station": 0} == before | {"Station": 0}
        assert set(Station.objects.values_list("status", flat=True)) == {"CLOSED"}
        batch.refresh_from_db()
        assert (batch.undone_by, batch.journal) == (staff.user, {})
        assert intact(Station)

    def test_and_can_be_imported_again(self, staff):
        first = bring(staff, "roster", ROSTER)
        brought = counts()
        take_back(first, actor=staff)
        bring(staff, "roster", ROSTER)
        assert counts() == brought
        assert set(Station.objects.values_list("status", flat=True)) == {"ACTIVE"}
        assert intact(Station)

    def test_what_a_newer_roster_changed_is_as_before(self, staff):
        bring(staff, "roster", ROSTER)
        person = Person.objects.exclude(phone="").filter(mandates__level="COUNTY").first()
        station = Station.objects.first()
        Person.objects.filter(pk=person.pk).update(phone="13900000000", sex="")
        Station.objects.filter(pk=station.pk).update(address="老地方")
        again = bring(staff, "roster", ROSTER)
        take_back(again, actor=staff)
        person.refresh_from_db()
        station.refresh_from_db()
        assert (person.phone, person.sex, station.address) == ("13900000000", "", "老地方")
        assert intact(Station)

    def test_a_roster_that_something_was_built_on_stays(self, staff):
        roster = bring(staff, "roster", ROSTER)
        bring(staff, "suggestions", LEDGER)
        before = counts()
        with pytest.raises(Conflict) as refused:
            take_back(roster, actor=staff)
        assert refused.value.code == "worked_with"
        assert counts() == before

    def test_a_ledger_leaves_every_list_and_its_numbers_are_free(self, staff):
        bring(staff, "roster", ROSTER)
        batch = bring(staff, "suggestions", LEDGER)
        gone = take_back(batch, actor=staff)
        assert gone == expected("suggestion_ledger")["suggestions"]
        assert not Suggestion.objects.submitted().exists()
        assert not SuggestionClock.objects.running().exists()
        assert not Assignment.objects.exclude(status="ENDED").exists()
        for role in (Role.CHAIRPERSON, Role.DEPUTY, Role.ORGAN_HANDLER, Role.GOVERNMENT_OFFICE):
            assert not Suggestion.objects.visible_to(make_actor(role)).exists()
        bring(staff, "suggestions", LEDGER)
        assert Suggestion.objects.submitted().count() == gone
        assert intact(Suggestion)

    def test_a_ledger_on_which_somebody_worked_stays_whole(self, staff):
        bring(staff, "roster", ROSTER)
        batch = bring(staff, "suggestions", LEDGER)
        case = Suggestion.objects.first()
        about = {"title": case.title + "（改）", "publicity": case.publicity, "reason": "打错了"}
        correct(case, actor=staff, version=case.version, **about)
        with pytest.raises(Conflict) as refused:
            take_back(batch, actor=staff)
        assert case.title in refused.value.sentence
        assert not Suggestion.objects.filter(status="ANNULLED").exists()

    def test_of_a_register_the_voters_names_go_too(self, staff):
        Parish()
        batch = bring(staff, "visits", workbook(TOLD))
        assert Voter.objects.get().unseal() == (NAME, PHONE)
        take_back(batch, actor=staff)
        assert Voter.objects.get().unseal() == ("", "")
        assert not Visit.objects.visible_to(staff).exists()
        assert not Opinion.objects.visible_to(staff).exists()
        bring(staff, "visits", workbook(TOLD))
        assert Visit.objects.visible_to(staff).count() == 1
        assert intact(Visit)

    def test_a_file_read_twice_takes_back_only_what_that_reading_brought(self, staff):
        Parish()
        first = bring(staff, "visits", workbook(TOLD))
        with noon(TODAY + timedelta(1)):
            again = bring(staff, "visits", workbook(TOLD))
            assert take_back(again, actor=staff) == 0
            assert Visit.objects.visible_to(staff).count() == 1
            assert take_back(first, actor=staff) == 1

    def test_once_is_enough(self, staff):
        Parish()
        batch = bring(staff, "visits", workbook(TOLD))
        take_back(batch, actor=staff)
        with pytest.raises(Conflict):
            take_back(batch, actor=staff)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
    def test_nobody_else_takes_back(self, staff, role):
        batch = ImportBatch.objects.create(kind="visits", name="台账.xlsx", sha256="0" * 64, at=clock.now())
        with pytest.raises(NotAllowed):
            take_back(batch, actor=make_actor(role))

    def test_the_page_asks_first_and_says_afterwards_who_did_it(self, client, staff):
        Parish()
        batch = bring(staff, "visits", workbook(TOLD))
        page, address = reverse("files:import", args=[batch.pk]), reverse("files:take_back", args=[batch.pk])
        assert address in client.get(page).content.decode()
        assert client.get(address).status_code == 200
        assert Visit.objects.visible_to(staff).exists()
        done = client.post(address, follow=True).content.decode()
        assert str(staff.user.person) in done
        assert address not in done
        assert client.post(address).status_code == 404

    def test_a_refusal_is_told_on_its_page(self, client, staff):
        roster = bring(staff, "roster", ROSTER)
        bring(staff, "suggestions", LEDGER)
        assert client.post(reverse("files:take_back", args=[roster.pk])).status_code == 409


def test_the_file_of_left_out_rows_goes_with_the_sweep(client, staff):
    Parish()
    _shown, address = choose(client, "visits", workbook(TOLD, TOLD | {"走访代表": "无此人"}, columns=COLUMNS))
    client.post(address, {"keep_good": "on"})
    assert list(Attachment.objects.unowned()) == list(Attachment.objects.all())
