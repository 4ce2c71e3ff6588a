"""Key suggestions: nominated by intake, designated by the council's recorded resolution."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Resolution
from suggestions.models import Suggestion
from suggestions.transitions import key
from tests.factory import make_actor, make_organ, make_person
from tests.suggestions.checks import assert_chain_holds, events, last, name, told
from tests.suggestions.council_factory import commission, designate, paper, vice
from tests.suggestions.factory import TODAY, accepted, fresh, registered, version_of
from tests.suggestions.web import act, act_url, hidden, pdf, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, Stale


def nominate(county, case, **options):
    words = {"actor": county.staff, "version": version_of(case), "reason": "全县群众反映集中"}
    return key.nominate_key(case, **(words | options))


def nominated(county, **options):
    return nominate(county, registered(county, **options))


def choice(case, leader, body, **options):
    words = {"version": version_of(case), "leader": leader.user.person, "body": body, "key_reason": "VITAL"}
    return key.Choice(case, **(words | options))


def test_intake_nominates_and_says_why(county):
    case = nominated(county)
    assert (case.status, case.key_nomination, case.is_key) == ("REGISTERED", "全县群众反映集中", False)
    assert (last(case).verb, last(case).detail.reason) == ("nominate_key", "全县群众反映集中")
    assert_chain_holds(case)


def test_only_staff_nominate_once_and_with_a_reason(county):
    case = registered(county)
    for actor in (vice(), county.deputy, county.host):
        with pytest.raises(NotAllowed):
            nominate(county, case, actor=actor)
    with pytest.raises(Invalid) as lacking:
        nominate(county, case, reason=" ")
    assert lacking.value.code == "reason_missing"
    nominate(county, case)
    with pytest.raises(Conflict) as refused:
        nominate(county, case)
    assert refused.value.code == "nominated"


def test_designated_it_says_by_which_paper_who_leads_and_which_body(county):
    leader, body = vice(), commission()
    clerk = make_actor(Role.WORKING_BODY, organ=body)
    case = designate(county, nominated(county), leader, body=body)
    assert (case.is_key, case.key_reason, case.supervising_leader, case.supervising_body) == (
        True, "HOT", leader.user.person, body,
    )  # fmt: skip
    assert (case.key_resolution.body, case.key_resolution.number) == ("COUNCIL_OF_CHAIRPERSONS", paper().number)
    event = last(case)
    assert (event.verb, event.how, event.actor) == ("designate_key", "PAPER", county.staff.user)
    assert event.detail.changes["number"] == paper().number
    assert told("suggestion.designate_key") == sorted([name(leader), name(clerk)])
    assert_chain_holds(case)


def test_a_body_without_an_account_is_told_through_staff(county):
    designate(county, registered(county))
    assert name(county.staff) in told("suggestion.designate_key")


def test_a_member_of_the_council_enters_it_in_person(county):
    leader = vice()
    case = designate(county, registered(county), leader, actor=leader)
    assert (last(case).how, last(case).actor) == ("IN_SYSTEM", leader.user)


def test_what_is_in_hand_may_still_become_key(county):
    assert designate(county, accepted(county)).is_key


@pytest.mark.parametrize("who", ["host", "office", "deputy", "liaison"])
def test_nobody_else_designates(county, who):
    with pytest.raises(NotAllowed):
        designate(county, registered(county), actor=getattr(county, who))


def test_the_leader_is_a_chairperson_of_today(county):
    former = vice("吴老主任")
    former.user.posts.update(until=TODAY - timedelta(1))
    for leader in (former, make_actor(Role.WORKING_BODY)):
        with pytest.raises(Invalid) as refused:
            designate(county, registered(county), leader)
        assert refused.value.field == "leader"
    assert designate(county, registered(county), make_actor(Role.CHAIRPERSON)).is_key


def test_the_body_is_one_of_the_congress_and_the_reason_is_known(county):
    case = registered(county)
    with pytest.raises(Invalid) as refused:
        designate(county, case, body=make_organ("县水利局"))
    assert refused.value.code == "no_congress_body"
    with pytest.raises(Invalid) as refused:
        designate(county, case, key_reason="")
    assert refused.value.field == "key_reason"
    assert not fresh(case).is_key
    assert not Resolution.objects.exists()


def test_a_paper_of_tomorrow_and_a_second_resolution_are_refused(county):
    case = registered(county)
    with pytest.raises(Invalid) as refused:
        designate(county, case, paper=paper(on=TODAY + timedelta(1)))
    assert refused.value.code == "in_future"
    designate(county, case)
    with pytest.raises(Conflict) as refused:
        designate(county, case)
    assert refused.value.code == "key_already"


def test_not_chosen_clears_the_nomination_and_keeps_the_paper(county):
    case = nominated(county)
    case = key.decline_key(case, actor=county.staff, version=version_of(case), paper=paper(), reason="已列入年度工作")
    assert (case.key_nomination, case.is_key) == ("", False)
    assert (last(case).verb, last(case).detail.changes["number"]) == ("decline_key", paper().number)
    with pytest.raises(Conflict) as refused:
        key.decline_key(case, actor=county.staff, version=version_of(case), paper=paper())
    assert refused.value.code == "not_nominated"


def test_a_list_is_one_paper_and_one_event_each(county):
    leader, body = vice(), commission()
    cases = [nominated(county), nominated(county, title="关于供水的建议")]
    made = key.designate_many(
        [choice(case, leader, body) for case in reversed(cases)], actor=county.staff, paper=paper()
    )
    assert [case.pk for case in made] == [case.pk for case in cases]
    assert {case.key_resolution for case in made} == {Resolution.objects.get()}
    assert [last(case).verb for case in made] == ["designate_key"] * 2


def test_of_a_list_it_is_all_or_none_and_named(county):
    leader, body = vice(), commission()
    good, late = nominated(county), nominated(county, title="关于供水的建议")
    with pytest.raises(Conflict) as refused:
        key.designate_many(
            [choice(good, leader, body), choice(late, leader, body, version=1)], actor=county.staff, paper=paper()
        )
    assert "关于供水的建议" in refused.value.sentence
    assert not Suggestion.objects.filter(is_key=True).exists()
    with pytest.raises(Invalid):
        key.designate_many([], actor=county.staff, paper=paper())


def test_an_old_page_is_refused(county):
    case = registered(county)
    old = {"version": version_of(case) - 1, "paper": paper(), "leader": vice().user.person, "body": commission()}
    with pytest.raises(Stale):
        key.designate_key(case, actor=county.staff, key_reason="HOT", **old)


class TestPages:
    def test_from_nomination_to_designation_by_the_forms(self, county):
        body = commission()
        county.field.supervising_body = body
        county.field.save()
        case, leader = registered(county), vice()
        act(county.staff, case, "nominate_key", reason="反映集中")
        page = signed_in(county.staff).get(act_url(case, "designate_key"))
        assert page.context["form"].initial["body"] == body.pk
        act(
            county.staff, case, "designate_key", leader=leader.user.person_id, body=body.pk, key_reason="VITAL",
            number="5号", on="2026-03-16", scan=pdf("纪要.pdf"),
        )  # fmt: skip
        assert fresh(case).key_resolution.scan.name == "纪要.pdf"

    def test_the_list_designates_what_is_ticked(self, county):
        leader, body = vice(), commission()
        one, other = nominated(county), nominated(county, title="关于供水的建议")
        client = signed_in(county.staff)
        page = client.get(reverse("suggestions:key_list"))
        assert "全县群众反映集中" in page.content.decode()
        typed = {
            f"key_{one.pk}": "on", f"leader_{one.pk}": leader.user.person_id, f"body_{one.pk}": body.pk,
            f"why_{one.pk}": "VITAL", "number": "5号", "on": "2026-03-16",
        }  # fmt: skip
        answer = client.post(reverse("suggestions:designate_many"), hidden(page) | typed)
        assert (answer.status_code, answer.url) == (302, reverse("suggestions:key_list"))
        assert [fresh(case).is_key for case in (one, other)] == [True, False]
        assert len({event.request_id for event in events(one) if event.verb == "designate_key"}) == 1

    def test_what_is_lacking_is_said_at_the_row(self, county):
        case, client = nominated(county), signed_in(county.staff)
        page = client.get(reverse("suggestions:key_list"))
        form = hidden(page) | {f"key_{case.pk}": "on", "number": "5号", "on": "2026-03-16"}
        answer = client.post(reverse("suggestions:designate_many"), form)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {f"why_{case.pk}", f"leader_{case.pk}", f"body_{case.pk}"}
        answer = client.post(
            reverse("suggestions:designate_many"), hidden(page) | {"number": "5号", "on": "2026-03-16"}
        )
        assert answer.status_code == 422

    def test_a_list_opened_before_a_change_is_refused(self, county):
        leader, body, case = vice(), commission(), nominated(county)
        client = signed_in(county.staff)
        opened = hidden(client.get(reverse("suggestions:key_list")))
        designate(county, nominated(county, title="另一件"))
        case.refresh_from_db()
        key.decline_key(case, actor=county.staff, version=case.version, paper=paper())
        nominate(county, case)
        typed = {
            f"key_{case.pk}": "on", f"leader_{case.pk}": leader.user.person_id, f"body_{case.pk}": body.pk,
            f"why_{case.pk}": "VITAL", "number": "5号", "on": "2026-03-16",
        }  # fmt: skip
        answer = client.post(reverse("suggestions:designate_many"), opened | typed)
        assert answer.status_code == 409
        assert not fresh(case).is_key

    def test_the_share_is_shown_and_not_enforced(self, county):
        designate(county, registered(county))
        page = signed_in(county.staff).get(reverse("suggestions:key_list"))
        assert page.context["share"] == {"whole": 1, "key": 1, "percent": "100%", "from": "5%", "to": "15%"}

    def test_a_working_body_reads_and_decides_nothing(self, county):
        nominated(county)
        reader = make_actor(Role.WORKING_BODY, organ=commission())
        page = signed_in(reader).get(reverse("suggestions:key_list"))
        assert page.status_code == 200
        assert '<button class="btn btn-primary" type="submit">' not in page.content.decode().split('id="main"')[1]
        assert signed_in(reader).post(reverse("suggestions:designate_many")).status_code == 403
        assert signed_in(county.host).get(reverse("suggestions:key_list")).status_code == 403

    def test_the_list_costs_the_same_however_long(self, county, django_assert_max_num_queries):
        client = signed_in(county.staff)
        for number in range(8):
            nominated(county, title=f"建议{number}")
        with django_assert_max_num_queries(60):
            client.get(reverse("suggestions:key_list"))

    def test_decisions_are_listed_with_what_they_decided(self, county, django_assert_max_num_queries):
        for number in range(4):
            designate(county, registered(county, title=f"关于供水{number}的建议"), vice(), paper=paper(f"{number}号"),
                      body=make_organ(f"工委{number}", "CONGRESS_BODY"))  # fmt: skip
        client = signed_in(county.staff)
        with django_assert_max_num_queries(20):
            page = client.get(reverse("deliberations:resolutions"))
        text = page.content.decode()
        assert all(f"关于供水{number}的建议" in text and f"{number}号" in text for number in range(4))

    def test_without_a_decision_the_page_says_so(self, county):
        page = signed_in(county.staff).get(reverse("deliberations:resolutions"))
        assert page.status_code == 200
        assert "empty" in page.content.decode()

    def test_declined_by_its_form(self, county):
        case = nominated(county)
        act(county.staff, case, "decline_key", number="5号", on="2026-03-16")
        assert fresh(case).key_nomination == ""
        assert send(county.staff, act_url(case, "nominate_key"), reason="").status_code == 422


def test_somebody_named_like_the_leader_is_not_the_leader(county):
    vice("周副主任")
    with pytest.raises(Invalid):
        key.designate_key(
            registered(county), actor=county.staff, version=2, paper=paper(), leader=make_person("周副主任"),
            body=commission(), key_reason="HOT",
        )  # fmt: skip
