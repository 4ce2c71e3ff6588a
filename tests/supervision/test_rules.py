"""The county sets its parameters from a day on; what runs keeps the rules it began under."""

import itertools
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.transitions.accounts import Verb
from suggestions.models import ClockKind
from supervision.transitions.rules import set_rules
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, assigned, make_county, noon
from workflow import chain
from workflow.engine import Invalid, NotAllowed
from workflow.models import RuleSet, RuleValue
from workflow.rules import RULES, rules_in_force

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
CALM = {"valid_from": TOMORROW, "values": {"receipt_days": 5}, "note": "主任会议第12次会议决定"}
SETTERS = (Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN)


@pytest.fixture(autouse=True)
def on_the_day():
    with noon(TODAY):
        yield


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


def posted(**changed):
    """What the page sends: the values in force but for the changes."""
    values = {
        key: ", ".join(map(str, rule.default)) if rule.is_list else rule.default
        for key, rule in RULES.items()
        if not rule.is_fixed
    }
    return values | {"valid_from": str(TOMORROW), "note": CALM["note"]} | changed


class TestVerb:
    def test_a_set_holds_from_its_day_on(self, staff):
        rule_set = set_rules(actor=staff, **CALM)
        assert rules_in_force(TODAY)[1]["receipt_days"] == 3
        assert rules_in_force(TOMORROW)[0] == rule_set
        assert rules_in_force(TOMORROW)[1]["receipt_days"] == 5

    def test_only_what_differs_from_the_default_is_stored(self, staff):
        rule_set = set_rules(actor=staff, **CALM)
        assert list(rule_set.values.values_list("key", "value")) == [("receipt_days", 5)]

    def test_the_act_stands_in_the_record_of_who_did_it(self, staff):
        set_rules(actor=staff, **CALM)
        event = staff.user.events.get()
        assert (event.verb, event.post, event.detail.reason) == (Verb.SET_RULES, staff.post, CALM["note"])
        assert event.detail.changes == {"valid_from": str(TOMORROW), "values": {"receipt_days": [3, 5]}}
        staff.user.refresh_from_db()
        assert chain.faults(staff.user, staff.user.events.select_related("detail")) == []

    @pytest.mark.parametrize("role", Role)
    def test_staff_and_the_system_administrator_set_rules(self, role):
        actor = make_actor(role)
        if role in SETTERS:
            assert set_rules(actor=actor, **CALM)
        else:
            with pytest.raises(NotAllowed):
                set_rules(actor=actor, **CALM)
            assert RuleSet.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "field", "code"),
        [
            ({"valid_from": TODAY - timedelta(days=1)}, "valid_from", "past"),
            ({"note": "  "}, "note", "required"),
            ({"values": {"receipt_days": 11}}, "receipt_days", "out_of_bounds"),
            ({"values": {"receipt_days": "5"}}, "receipt_days", "out_of_bounds"),
            ({"values": {"reply_months_normal": 4}}, "reply_months_normal", "out_of_bounds"),
            ({"values": {"reminder_days": [3, 7]}}, "reminder_days", "out_of_bounds"),
            ({"values": {}}, "valid_from", "nothing_changed"),
            ({"values": {"receipt_days": 3}}, "valid_from", "nothing_changed"),
        ],
    )
    def test_refusals_name_the_field_and_write_nothing(self, staff, changed, field, code):
        with pytest.raises(Invalid) as refused:
            set_rules(actor=staff, **(CALM | changed))
        assert (refused.value.field, refused.value.code) == (field, code)
        assert RuleSet.objects.count() == 1 and staff.user.events.count() == 0

    def test_a_set_that_has_begun_stays(self, staff):
        set_rules(actor=staff, **CALM | {"valid_from": TODAY})
        with pytest.raises(Invalid) as refused:
            set_rules(actor=staff, **CALM | {"valid_from": TODAY, "values": {"receipt_days": 7}})
        assert refused.value.code == "taken"

    def test_a_set_still_to_begin_can_be_set_again(self, staff):
        set_rules(actor=staff, **CALM)
        set_rules(actor=staff, **CALM | {"values": {"feedback_days": 20}})
        assert RuleSet.objects.count() == 2
        values = rules_in_force(TOMORROW)[1]
        assert (values["receipt_days"], values["feedback_days"]) == (3, 20)
        assert staff.user.events.count() == 2

    def test_limits_that_run_keep_the_rules_they_began_under(self):
        county = make_county()
        first = assigned(county)
        set_rules(actor=county.staff, **CALM)
        with noon(TOMORROW):
            second = assigned(county)
        old, new = (case.clocks.filter(kind=ClockKind.RECEIPT).first() for case in (first, second))
        assert old.due_on == date(2026, 3, 19)
        assert new.due_on == date(2026, 3, 24)
        assert old.rule_set.valid_from < new.rule_set.valid_from == TOMORROW


class TestPages:
    @pytest.fixture
    def signed_in(self, client, staff):
        client.force_login(staff.user)
        return client

    def test_every_parameter_is_shown_with_its_value_in_force(self, signed_in, staff):
        set_rules(actor=staff, **CALM | {"valid_from": TODAY})
        response = signed_in.get(reverse("supervision:rules"))
        assert response.status_code == 200
        rows = response.context["parameters"]
        assert [row["label"] for row in rows] == [rule.label for rule in RULES.values()]
        receipt = next(row for row in rows if row["label"] == RULES["receipt_days"].label)
        assert (receipt["value"], receipt["default"], receipt["bounds"], receipt["since"]) == ("5", "3", "1–10", TODAY)
        assert all(row["since"] is None for row in rows if row is not receipt)

    def test_the_sets_are_told_newest_first_with_their_state(self, signed_in, staff):
        set_rules(actor=staff, **CALM | {"valid_from": TODAY})
        set_rules(actor=staff, **CALM | {"values": {"receipt_days": 7}})
        sets = signed_in.get(reverse("supervision:rules")).context["sets"]
        assert [row["state"] for row in sets] == ["later", "current", "past"]
        assert [len(row["changes"]) for row in sets] == [1, 1, 0]

    def test_more_sets_cost_no_more_queries(self, signed_in, staff, django_assert_max_num_queries):
        def queries():
            with django_assert_max_num_queries(40) as asked:
                signed_in.get(reverse("supervision:rules"))
            return len(asked)

        before = queries()
        for days, value in zip(range(1, 6), itertools.cycle((4, 5)), strict=False):
            set_rules(
                actor=staff, **CALM | {"valid_from": TODAY + timedelta(days=days), "values": {"receipt_days": value}}
            )
        assert queries() == before

    @pytest.mark.parametrize("role", Role)
    def test_everybody_may_read_them_and_only_setters_are_offered_a_new_set(self, client, role):
        client.force_login(make_actor(role).user)
        response = client.get(reverse("supervision:rules"))
        assert response.status_code == 200
        offered = reverse("supervision:new_rules") in response.content.decode()
        assert offered == (role in SETTERS)

    def test_who_holds_no_post_reads_nothing(self, client, staff):
        staff.user.posts.update(until=TODAY - timedelta(days=1))
        client.force_login(staff.user)
        assert client.get(reverse("supervision:rules")).status_code == 403

    @pytest.mark.parametrize("name", ["rules", "new_rules", "calendar", "load_calendar"])
    def test_signing_in_comes_first(self, client, name):
        response = client.get(reverse(f"supervision:{name}"))
        assert response.status_code == 302 and reverse("accounts:sign_in") in response["Location"]

    @pytest.mark.parametrize("role", Role)
    def test_the_form_is_for_setters_only(self, client, role):
        client.force_login(make_actor(role).user)
        expected = (200, 302) if role in SETTERS else (403, 403)
        address = reverse("supervision:new_rules")
        assert (client.get(address).status_code, client.post(address, posted(receipt_days=5)).status_code) == expected

    def test_the_form_starts_from_what_holds_and_does_not_ask_for_the_statute(self, signed_in):
        form = signed_in.get(reverse("supervision:new_rules")).context["form"]
        asked = set(form.fields) - {"valid_from", "note"}
        assert asked == {key for key, rule in RULES.items() if not rule.is_fixed}
        assert form["reminder_days"].value() == "30, 15, 7, 3, 1, 0"

    def test_a_new_set_is_entered(self, signed_in):
        response = signed_in.post(reverse("supervision:new_rules"), posted(receipt_days="５", reminder_days="15、7,1"))
        assert response.status_code == 302
        assert dict(RuleValue.objects.values_list("key", "value")) == {"receipt_days": 5, "reminder_days": [15, 7, 1]}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("receipt_days", "11"),
            ("receipt_days", "三"),
            ("receipt_days", ""),
            ("receipt_days", "3.5"),
            ("receipt_days", "3, 4"),
            ("receipt_days", "9" * 60),
            ("reminder_days", "1, 7"),
            ("reminder_days", "每天"),
            ("valid_from", "2026-03-15"),
            ("valid_from", "明天"),
            ("note", ""),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field(self, signed_in, field, value):
        response = signed_in.post(reverse("supervision:new_rules"), posted(**{"receipt_days": 5, field: value}))
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert RuleSet.objects.count() == 1
