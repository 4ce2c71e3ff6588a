"""What somebody typed stays the same text in every report: no formula, no link, nothing cut, nothing altered."""

from io import BytesIO
from itertools import cycle

import pytest
from openpyxl import load_workbook

from accounts.models import Organ
from deliberations.models import Attendance, MeetingOpinion, Opinion, Promise, Voter
from stations.models import Station
from suggestions.models import Commitment, Reply, Suggestion
from supervision.reports import REPORTS
from tests.deliberations.meeting_factory import House, closed, meeting_of_twelve
from tests.deliberations.visiting import Village, completed
from tests.files.test_writing import PAYLOADS
from tests.reports.books import rows_of, written
from tests.suggestions.commitment_factory import committed, line
from tests.suggestions.factory import judged, registered

pytestmark = pytest.mark.django_db


def poisoned(model, *names):
    """Each row of a table bears one of the payloads, in turn."""
    for row, payload in zip(model.objects.order_by("pk"), cycle(PAYLOADS), strict=False):
        model.objects.filter(pk=row.pk).update(**dict.fromkeys(names, payload))


def test_a_title_reads_in_each_table_as_it_was_typed(county):
    for _payload in PAYLOADS:
        registered(county)
    poisoned(Suggestion, "title")
    found = [row["标题"] for row in rows_of(written(county.staff), "办理台账")]
    assert sorted(found) == sorted(PAYLOADS)


def test_a_voters_words_read_as_they_were_spoken():
    village = Village()
    for _payload in PAYLOADS:
        completed(village)
    poisoned(Opinion, "words")
    found = [row["反映问题"] for row in rows_of(written(village.staff, "station_ledger"), "走访(接待)登记台账")]
    assert sorted(found) == sorted(PAYLOADS)


def test_no_cell_of_any_report_is_a_formula_but_the_totals(county, world_of_words):
    for name in REPORTS:
        book = load_workbook(BytesIO(written(county.staff, name)))
        for page in book:
            for row in page.iter_rows(max_row=page.max_row - 1):
                assert [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink] == [], name
            last = [cell.value for cell in page[page.max_row] if cell.data_type == "f"]
            assert all(text.startswith(("=SUM(", "=IFERROR(")) for text in last), name


@pytest.fixture
def world_of_words(county):
    """Something in every table, and a payload in every column that somebody types or names."""
    judged(county, "DISSATISFIED")
    committed(county, line())
    completed(county)
    house = House()
    closed(house, meeting_of_twelve(house))
    for model, names in (
        (Suggestion, ("title",)), (Organ, ("name",)), (Station, ("name",)), (Reply, ("doc_no",)),
        (Commitment, ("text", "person")), (Opinion, ("words", "on_the_spot_answer")), (Voter, ("village",)),
        (MeetingOpinion, ("text", "answered_by", "basis_text")), (Promise, ("text", "person")), (Attendance, ("name",)),
    ):  # fmt: skip
        poisoned(model, *names)
