"""Rows of several tables in one query are the rows that each table would give by itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Officer, Organ, Post, Role
from stations.models import Mandate, Station
from tests.factory import SINCE, make_actor, make_mandate, make_organ, make_person, make_station
from workflow.gathering import attach, gather


@pytest.fixture
def house(db):
    station = make_station()
    for name in ("赵大海", "钱 “小” 河\n二"):
        make_mandate(make_person(name), station=station)
    organ = make_organ("县交通运输局")
    make_actor(Role.ORGAN_HANDLER, organ=organ)
    make_actor(Role.COMMITTEE_STAFF)
    Officer.objects.create(organ=organ, person=make_person(), duty="LIAISON", since=SINCE, until=date(2030, 1, 1))
    return organ


def values(rows):
    """Every column of the rows, to be compared."""
    return [[getattr(row, field.attname) for field in row._meta.concrete_fields] for row in rows]


def test_they_are_the_rows_of_each_queryset_in_its_order(house):
    asked = [
        Mandate.objects.all(),
        Officer.objects.all(),
        Organ.objects.all(),
        Post.objects.all(),
        Station.objects.none(),
    ]
    with CaptureQueriesContext(connection) as seen:
        found = gather(*asked)
    assert len(seen) == 1
    assert [values(rows) for rows in found] == [values(queryset) for queryset in asked]


def test_what_is_read_along_is_there_without_a_query(house, django_assert_num_queries):
    asked = Post.objects.select_related("user__person", "organ")
    with django_assert_num_queries(1):
        (rows,) = gather(asked)
        told = [(row.user.person.name, row.organ and row.organ.name) for row in rows]
    assert told == [(row.user.person.name, row.organ and row.organ.name) for row in asked]
    assert {organ for _name, organ in told} == {"县交通运输局", None}
    assert values(row.user for row in rows) == values(row.user for row in asked)


def test_the_rows_of_a_filter_only(house):
    (rows,) = gather(Mandate.objects.filter(person__name="赵大海"))
    assert [row.person.name for row in rows] == ["赵大海"]


def test_each_parent_has_its_own_and_asks_no_more(house, django_assert_num_queries):
    organs = list(Organ.objects.all())
    (officers,) = gather(Officer.objects.all())
    with django_assert_num_queries(0):
        attach(organs, "officers", officers)
        assert {organ.name: len(organ.officers.all()) for organ in organs} == {
            organ.name: 1 if organ == house else 0 for organ in organs
        }
        assert officers[0].organ is organs[organs.index(house)]


def test_a_single_row_below_a_parent_is_there_or_is_not(house, django_assert_num_queries):
    people = [post.user.person for post in Post.objects.select_related("user__person")]
    lonely = make_person("无账号")
    (users,) = gather(people[0].user.__class__.objects.all())
    with django_assert_num_queries(0):
        attach([*people, lonely], "user", users)
        assert [person.user.username for person in people]
        assert not hasattr(lonely, "user")


def test_what_was_attached_can_still_be_filtered(house):
    (organ,) = Organ.objects.filter(pk=house.pk)
    attach([organ], "officers", [])
    assert list(organ.officers.all()) == []
    assert organ.officers.filter(duty="LIAISON").count() == 1
