"""Staff import the county's workbooks from a page: choose, check, take over; nothing is written before, no file kept."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import How, Role
from deliberations.models import Visit
from files import storage
from files.models import Attachment, ImportBatch
from files.templatetags.files import totals
from files.transitions import check_workbook, keep_workbook, take_over
from stations.models import Mandate, Station
from suggestions.models import Suggestion
from tests.county import DATA, LEDGER, REGISTER, ROSTER, expected
from tests.deliberations.registers import COLUMNS, NAME, PHONE, TOLD, Parish
from tests.factory import make_actor
from tests.suggestions.factory import noon
from workflow.engine import NotAllowed

pytestmark = pytest.mark.django_db
NEW = reverse("files:new_import")


@pytest.fixture(autouse=True)
def today():
    with noon(date(2026, 11, 24)):
        yield


@pytest.fixture
def staff(client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    client.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
    return actor


def workbook(*rows, columns=COLUMNS, name="走访登记台账.xlsx"):
    book, content = openpyxl.Workbook(), BytesIO()
    book.active.title = "走访登记"
    for cells in (["台账"], columns, *([row[column] for column in columns] for row in rows)):
        book.active.append(cells)
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def choose(client, kind, file, **more):
    """The page that checks the workbook, and its address."""
    if not isinstance(file, SimpleUploadedFile):
        file = SimpleUploadedFile(file.name, file.read_bytes())
    response = client.post(NEW, {"kind": kind, "file": file, **more})
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response["Location"]), response["Location"]


def stored():
    return [storage.local(path) for path in Attachment.objects.values_list("path", flat=True)]


def test_the_countys_three_workbooks_one_after_the_other(client, staff):
    for kind, path in (("roster", ROSTER), ("suggestions", LEDGER), ("visits", REGISTER)):
        wanted = expected(path.stem)
        shown, address = choose(client, kind, path)
        assert shown.status_code == 200
        places = [(row["sheet"], row["row"], row["column"]) for row in shown.context["rows"]]
        assert places == [(row["sheet"], row["row"], row["column"]) for row in wanted["refused"]]
        assert all(row["reason"] in shown.content.decode() for row in shown.context["rows"])
        assert not ImportBatch.objects.filter(kind=kind).exists()
        done = client.post(address, {"keep_good": "on"})
        batch = ImportBatch.objects.get(kind=kind)
        assert done["Location"].partition("?")[0] == reverse("files:import", args=[batch.pk])
        assert (batch.name, batch.by, len(batch.refused)) == (path.name, staff.user, len(wanted["refused"]))
        assert all(batch.counts[name] == count for name, count in wanted.items() if name not in ("refused", "note"))
        assert client.get(done["Location"]).status_code == 200
    assert (Station.objects.count(), Suggestion.objects.count(), Visit.objects.count()) == (30, 90, 120)
    event = Visit.objects.first().events.get()
    assert (event.actor, event.how) == (staff.user, How.IMPORT)
    # of the three files nothing is kept but the refused rows of two, for a day
    assert sorted(Attachment.objects.values_list("name", flat=True)) == [
        f"{path.stem}-未通过的行.xlsx" for path in (ROSTER, LEDGER)
    ]


def test_refused_rows_are_marked_and_left_out_only_when_that_is_said(client, staff):
    Parish()
    shown, address = choose(client, "visits", workbook(TOLD, TOLD | {"走访代表": "无此人"}))
    assert [(row["row"], row["code"]) for row in shown.context["rows"]] == [(4, "unknown_deputy")]
    assert "<mark>无此人</mark>" in shown.content.decode()
    again = client.post(address, {})
    assert again.status_code == 422
    assert "keep_good" in again.context["form"].errors
    assert not Visit.objects.exists()
    client.post(address, {"keep_good": "on"})
    assert Visit.objects.get().imported_from == "走访登记台账.xlsx 走访登记!3"


def test_the_refused_cell_is_shown_but_for_what_is_a_voters_own(client, staff):
    Parish()
    secret = TOLD | {"选民电话": "1" * 60, "反映问题（选民原话）": ""}
    shown, _address = choose(client, "visits", workbook(secret, TOLD | {"选民姓名": "欧阳" * 30}))
    assert len(shown.context["rows"]) == 2
    assert not any(row["cell"] for row in shown.context["rows"])
    assert "欧阳" not in shown.content.decode()


def test_what_was_read_before_is_said_to_be_unchanged(client, staff):
    Parish()
    _shown, address = choose(client, "visits", workbook(TOLD))
    client.post(address)
    shown, address = choose(client, "visits", workbook(TOLD))
    assert (gettext("read before and unchanged"), 1) in totals(shown.context["outcome"])
    client.post(address)
    assert Visit.objects.count() == 1


def test_the_file_is_gone_afterwards_and_no_page_shows_a_voter(client, staff):
    Parish()
    shown, address = choose(client, "visits", workbook(TOLD | {"选民类别": "外星人"}, TOLD))
    (path,) = stored()
    assert path.exists()
    done = client.post(address, {"keep_good": "on"}, follow=True)
    assert not path.exists()
    assert client.get(address).status_code == 404
    for page in (shown, done):
        assert not any(secret in page.content.decode() for secret in (NAME, PHONE))


def test_a_file_that_cannot_be_used_says_why_and_offers_nothing(client, staff):
    shown, address = choose(client, "visits", workbook(TOLD))
    assert shown.context["refusal"] in shown.content.decode()
    assert "form" not in shown.context
    assert client.post(address).status_code == 422
    parish_less = choose(client, "roster", workbook(TOLD))[0]
    assert "家站" in parish_less.context["refusal"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (SimpleUploadedFile("台账.pdf", b"%PDF-1.4 and more"), "not_a_workbook"),
        (SimpleUploadedFile("台账.xlsx", b"%PDF-1.4 and more"), "not_a_workbook"),
        (SimpleUploadedFile("台账.xlsx", b"PK\x03\x04" + b"0" * (10 << 20)), "too_large"),
        (SimpleUploadedFile("台账.xlsx", b""), "empty"),
        (None, "required"),
    ],
)
def test_what_is_no_workbook_is_refused_at_once(client, staff, file, code):
    response = client.post(NEW, {"kind": "visits", **({"file": file} if file else {})})
    assert response.status_code == 422
    assert [error.code for error in response.context["form"].errors.as_data()["file"]] == [code]
    assert not Attachment.objects.exists()


def test_a_ledger_may_be_told_its_session(client, staff):
    shown = client.post(NEW, {"kind": "suggestions", "file": workbook(TOLD), "session": "十八-5"})
    assert "session" in shown.context["form"].errors
    _shown, address = choose(client, "suggestions", LEDGER, session="18-4")
    assert address.endswith("?session=18-4")


def test_an_old_workbook_is_taken_too(client, staff):
    Mandate.objects.all().delete()
    shown, _address = choose(client, "roster", DATA / "roster.xls")
    assert shown.context["outcome"].counts["deputies"] == expected("roster")["deputies"]


def test_a_workbook_is_its_choosers_alone_and_a_kind_must_be_known(client, staff):
    _shown, address = choose(client, "visits", workbook(TOLD))
    assert client.get(address.replace("/visits/", "/poems/")).status_code == 404
    other = Client()
    other.force_login(make_actor(Role.COMMITTEE_STAFF).user, "django.contrib.auth.backends.ModelBackend")
    assert other.get(address).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE_STAFF])
def test_nobody_else_imports(role, staff):
    kept, actor = keep_workbook(workbook(TOLD), actor=staff), make_actor(role)
    for verb in (
        lambda: keep_workbook(workbook(TOLD), actor=actor),
        lambda: check_workbook(kept, kind="visits", actor=actor),
        lambda: take_over(kept, kind="visits", keep_good=True, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_list_of_imports_leads_there(client, staff):
    assert NEW in client.get(reverse("files:imports")).content.decode()
