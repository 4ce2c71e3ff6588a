"""Columns whose SQL is written once give what the same columns give when Django writes them each time."""

import pytest
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Subquery, Value, When

from stations.models import Station, Township
from workflow.frozen import frozen, kept_by_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def townships():
    for name, stations in (("石桥镇", 2), ("柳林镇", 0)):
        township = Township.objects.create(name=name, kind=Township.Kind.TOWN)
        for number in range(stations):
            Station.objects.create(
                code=f"{name}{number}", name=f"{name}第{number}站", township=township, kind="STATION",
                created_at="2026-03-01T00:00:00Z",
            )  # fmt: skip


def _columns():
    own = Station.objects.filter(township=OuterRef("pk")).order_by("code")
    return {
        "first": Subquery(own.values("name")[:1]),
        "has": Exists(own),
        "how_many": Subquery(own.order_by().values("township").annotate(n=Count("pk")).values("n")),
        "word": Case(When(kind="TOWN", then=Value("100% 镇")), default=Value("?"), output_field=CharField()),
        "same": F("name"),
    }


def test_they_say_the_same(townships):
    names = list(_columns())
    written_each_time = Township.objects.annotate(**_columns()).values_list("pk", *names)
    assert list(Township.objects.annotate(**frozen(Township, _columns())).values_list("pk", *names)) == list(
        written_each_time
    )
    assert {row[1] for row in written_each_time} == {"石桥镇第0站", None}


def test_they_can_be_filtered_and_cut_like_any_column(townships):
    rows = Township.objects.annotate(**frozen(Township, _columns())).filter(has=True).order_by("pk")[:5]
    assert [(row.name, row.how_many) for row in rows] == [("石桥镇", 2)]


def test_what_was_built_is_kept_for_each_set_of_arguments():
    built = []
    kept = kept_by_database(lambda vendor, *args: built.append((vendor, *args)) or len(built))
    assert [kept(1), kept(1), kept(2)] == [1, 1, 2] and len(built) == 2
