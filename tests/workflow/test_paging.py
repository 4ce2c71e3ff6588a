"""Lists by key: no row skipped or doubled in either direction, and no cursor from outside does any harm."""

import json
from base64 import urlsafe_b64encode
from datetime import date

import django_filters
import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import DateField, F, Value
from django.db.models.functions import Coalesce, Lower
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Organ, OrganName, Person
from workflow import paging
from workflow.models import CalendarDay
from workflow.paging import listing, paginate

pytestmark = pytest.mark.django_db

BY_NAME = (("pinyin", "asc"), ("pk", "asc"))
NEWEST = (("name", "desc"), ("pinyin", "asc"), ("pk", "desc"))


def make_people(*pairs):
    Person.objects.bulk_create(Person(name=name, pinyin=pinyin) for name, pinyin in pairs)
    return Person.objects.all()


def walk(queryset, order, size, *, back=False):
    """All pages from one end to the other, through the cursors."""
    page = paginate(queryset, order, size=size)
    pages = [page]
    while page.older:
        page = paginate(queryset, order, after=page.older, size=size)
        pages.append(page)
    if back:
        pages = [page]
        while page.newer:
            page = paginate(queryset, order, before=page.newer, size=size)
            pages.insert(0, page)
    return pages


def cursor(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


class TestWalking(TestCase):
    @given(
        pairs=st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["", "a", "b"])), max_size=12),
        size=st.integers(1, 4),
        order=st.sampled_from([BY_NAME, NEWEST, (("pk", "desc"),)]),
        back=st.booleans(),
    )
    def test_every_row_is_shown_once_and_in_order_whichever_way_one_walks(self, pairs, size, order, back):
        rows = make_people(*pairs)
        pages = walk(rows, order, size, back=back)
        shown = [row.pk for page in pages for row in page.rows]
        wanted = rows.order_by(*(f"-{name}" if way == "desc" else name for name, way in order))
        assert shown == list(wanted.values_list("pk", flat=True))
        assert pages[0].newer == pages[-1].older == ""
        assert all(len(page.rows) <= size for page in pages)


def test_a_row_that_comes_or_goes_meanwhile_shifts_nothing():
    rows = make_people(*((f"人{n}", f"{n:02}") for n in range(6)))
    first = paginate(rows, BY_NAME, size=2)
    make_people(("新人", "00a"))
    rows.get(pinyin="01").delete()
    second = paginate(rows, BY_NAME, after=first.older, size=2)
    assert [row.pinyin for row in second.rows] == ["02", "03"]


def test_dates_related_fields_and_annotations_are_keys():
    rows = CalendarDay.objects.annotate(folded=Lower("name"))
    order = (("year__year", "desc"), ("folded", "asc"), ("date", "desc"), ("pk", "asc"))
    shown = [row.pk for page in walk(rows, order, 7) for row in page.rows]
    assert sorted(shown) == sorted(rows.values_list("pk", flat=True))


def test_rows_of_values_are_paged_too():
    make_people(("甲", "a"), ("乙", "b"), ("丙", "c"))
    pages = walk(Person.objects.values("id", "pinyin"), (("pinyin", "asc"), ("id", "asc")), 2)
    assert [row["pinyin"] for page in pages for row in page.rows] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("model", "order", "why"),
    [
        (Organ, (("closed_on", "asc"), ("pk", "asc")), "NULL"),
        (OrganName, (("organ__closed_on", "asc"), ("pk", "asc")), "NULL"),
        (Person, (("pinyin", "asc"),), "unique"),
        (Person, (), "unique"),
        (OrganName, (("organ__name", "asc"),), "unique"),
        (Person, (("pinyin", "up"), ("pk", "asc")), "asc or desc"),
    ],
)
def test_an_order_that_could_lose_rows_is_refused(model, order, why):
    with pytest.raises(ValueError, match=why):
        paginate(model.objects.all(), order)


@pytest.mark.parametrize("name", ["organ", "no_such_field"])
def test_a_key_is_a_column(name):
    with pytest.raises(FieldDoesNotExist):
        paginate(OrganName.objects.all(), ((name, "asc"), ("pk", "asc")))


def test_an_annotation_that_turns_out_null_is_told_and_not_skipped():
    make_people(("甲", "a"), ("乙", "b"))
    rows = Person.objects.annotate(born=F("born_month"))
    with pytest.raises(ValueError, match="NULL"):
        paginate(rows, (("born", "asc"), ("pk", "asc")), size=1)
    filled = Person.objects.annotate(born=Coalesce("born_month", Value(date(1900, 1, 1)), output_field=DateField()))
    assert len(walk(filled, (("born", "asc"), ("pk", "asc")), 1)) == 2


HOSTILE = [
    "x", "=", "%00", "A" * 3000, "😀", "null", "e30", cursor(), cursor("a"), cursor("a", 1, 2), cursor("a", "x"),
    cursor("a", None), cursor(None, 1), cursor(["a"], 1), cursor({"a": 1}, 1), cursor("a\0", 1), cursor("\ud800", 1),
    cursor("a", 10**30), cursor("a", -(10**30)), cursor("a", 1e400), cursor("a", float("nan")), cursor("a", "1; DROP"),
    urlsafe_b64encode(b"[" * 900).decode(), urlsafe_b64encode(b"\xff\xfe").decode(), urlsafe_b64encode(b'{"a":1}').decode(),
]  # fmt: skip


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_cursor_that_is_none_of_ours_means_the_first_page(hostile, way):
    rows = make_people(("甲", "a"), ("乙", "b"), ("丙", "c"))
    page = paginate(rows, BY_NAME, size=2, **{way: hostile})
    assert [row.pinyin for row in page.rows] == ["a", "b"]
    assert page.newer == ""


@pytest.mark.parametrize("value", ["2026-13-01", "yesterday", 5, "2026-01-01T00:00", True])
def test_a_cursor_of_no_date_means_the_first_page(value):
    order = (("date", "asc"), ("pk", "asc"))
    first = paginate(CalendarDay.objects.all(), order, size=2)
    assert paginate(CalendarDay.objects.all(), order, after=cursor(value, 1), size=2).rows == first.rows


def test_a_cursor_beyond_the_last_row_means_the_first_page():
    rows = make_people(("甲", "a"), ("乙", "b"))
    assert [row.pinyin for row in paginate(rows, BY_NAME, after=cursor("z", 1)).rows] == ["a", "b"]
    assert [row.pinyin for row in paginate(rows, BY_NAME, before=cursor("", 0)).rows] == ["a", "b"]


def test_a_cursor_shows_only_rows_that_the_list_shows_anyway():
    make_people(("甲", "a"), ("乙", "b"), ("丙", "c"))
    own = Person.objects.filter(name="丙")
    assert [row.name for row in paginate(own, BY_NAME, after=cursor("a", 0)).rows] == ["丙"]


def test_counting_stops_at_the_cap(monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 3)
    rows = make_people(*(("人", str(n)) for n in range(3)))
    assert paginate(rows, BY_NAME).counted == "3"
    make_people(("人", "9"))
    page = paginate(rows, BY_NAME)
    assert (page.count, page.capped, page.counted) == (3, True, "3+")


@pytest.mark.parametrize("size", [1, 7, 50])
def test_a_page_costs_one_query_wherever_it_is_and_however_long(size):
    rows = make_people(*(("人", f"{n:03}") for n in range(120)))
    place = ""
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            page = paginate(rows, BY_NAME, after=place, size=size)
        assert len(queries) == 1
        place = page.older


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="contains", label="Name")
    born = django_filters.DateFilter(field_name="born_month", label="Born")

    class Meta:
        model = Person
        fields: list[str] = []


class TestListing:
    @pytest.fixture(autouse=True)
    def people(self):
        make_people(*((f"王{n}", f"wang {n:02}") for n in range(5)), ("李", "li"))

    def listed(self, **query):
        request = RequestFactory().get("/", query)
        return listing(request, Person.objects.all(), PersonFilter, BY_NAME, counted="%(count)s people", size=3)

    def test_filters_and_place_come_from_the_address(self):
        first = self.listed(q="王")
        assert [row.name for row in first["rows"]] == ["王0", "王1", "王2"]
        assert first["counted"] == "5 people"
        second = self.listed(q="王", after=first["page"].older)
        assert [row.name for row in second["rows"]] == ["王3", "王4"]
        assert self.listed(q="王", before=second["page"].newer)["rows"] == first["rows"]

    def test_an_active_filter_has_a_chip_that_takes_it_off(self):
        [chip] = self.listed(q="王", after="x")["chips"]
        assert (chip.value, chip.remove) == ("王", "?")

    def test_a_filter_that_cannot_be_read_shows_its_error_and_no_rows(self):
        context = self.listed(born="yesterday")
        assert list(context["rows"]) == [] and "born" in context["filter_form"].errors

    def test_a_list_without_filters(self):
        context = listing(RequestFactory().get("/"), Person.objects.all(), None, BY_NAME)
        assert (len(context["rows"]), context["filter_form"], context["chips"]) == (6, None, [])
