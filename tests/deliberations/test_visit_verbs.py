"""A visit from the deputy's note to the voter told."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import How, Role
from deliberations.models import Opinion, Visit, Voter
from deliberations.transitions import correcting, settling, visiting
from deliberations.transitions.visit_facts import VisitFacts
from notifications.models import Notification
from stations.models import Mandate
from tests.deliberations.visiting import (
    NAME,
    PHONE,
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    facts,
    fresh,
    logged,
    opinion_of,
    recorded,
    told,
)
from tests.factory import make_actor, make_mandate
from tests.suggestions.factory import TODAY, noon
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def heard(kind):
    """Who was told of that kind."""
    rows = Notification.objects.filter(kind=kind).select_related("recipient__person")
    return sorted(row.recipient.person.name for row in rows)


def test_a_note_lands_with_the_liaison_who_is_told(village):
    case = logged(village)
    assert (case.status, case.station, case.on) == ("INCOMPLETE", village.station, TODAY)
    assert list(case.deputies.all()) == [village.lead]
    assert opinion_of(case).words == WORDS
    assert opinion_of(case).voter.unseal() == (NAME, "")
    assert heard("visit.logged") == ["邱小燕"]
    assert_chain_holds(case)


def test_without_a_liaison_who_has_an_account_staff_are_told(village):
    logged(village, actor=village.other_deputy, mandate=village.stranger)
    Notification.objects.all().delete()
    village.elsewhere.staff.update(until=TODAY - timedelta(days=400))
    logged(village, actor=village.other_deputy, mandate=village.stranger)
    assert heard("visit.logged") == [village.staff.user.person.name]


def test_who_said_it_may_stay_empty(village):
    case = logged(village, who="")
    assert opinion_of(case).voter is None
    assert not Voter.objects.exists()


def test_the_same_form_twice_is_one_visit(village):
    sent = uuid4()
    first, second = (logged(village, client_id=sent) for _time in range(2))
    assert first.pk == second.pk
    assert (Visit.objects.count(), Opinion.objects.count(), len(events(first))) == (1, 1, 1)
    assert heard("visit.logged") == ["邱小燕"]


def test_the_same_form_with_other_words_loses_nothing_in_silence(village):
    sent = uuid4()
    logged(village, client_id=sent)
    with pytest.raises(Conflict) as refused:
        logged(village, client_id=sent, words="路灯也不亮。")
    assert refused.value.code == "sent_before"


def test_nobody_gets_at_anothers_visit_by_its_form_id(village):
    sent = uuid4()
    logged(village, client_id=sent)
    with pytest.raises(Conflict):
        logged(village, client_id=sent, actor=village.companion, mandate=village.second)


def test_only_a_deputy_in_office_notes_and_only_under_an_own_mandate(village):
    with pytest.raises(NotAllowed):
        logged(village, actor=village.liaison)
    with pytest.raises(NotAllowed):
        logged(village, mandate=village.second)
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=YESTERDAY)
    with pytest.raises(NotAllowed):
        logged(village)
    assert not Visit.objects.exists()


def test_a_note_without_words_is_refused_and_leaves_nothing(village):
    with pytest.raises(Invalid) as refused:
        logged(village, words=" \n ")
    assert (refused.value.field, Visit.objects.count()) == ("words", 0)


def test_the_liaison_completes_it_and_the_deputy_is_asked_to_confirm(village):
    case = completed(village)
    assert (case.status, case.place, case.confirmed_at) == ("RECORDED", "南门村", None)
    row = opinion_of(case)
    assert (row.words, row.route, row.field) == (WORDS, "TO_MEETING", village.field)
    assert row.voter.unseal() == (NAME, PHONE)
    assert (row.voter.village, row.voter.category, row.voter.sex) == ("南门村", "ELDER", "F")
    assert heard("visit.to_confirm") == ["周大爷"]
    assert_chain_holds(case)


def test_staff_complete_where_the_station_cannot_but_nobody_else(village):
    case = logged(village)
    for actor in (village.deputy, village.chair, village.body, *village.strangers()):
        with pytest.raises(NotAllowed):
            completed(village, case, actor=actor)
    assert completed(village, case, actor=village.staff).status == "RECORDED"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"visit": {"on": TOMORROW}}, "on"),
        ({"visit": {"place": "  "}}, "place"),
        ({"opinion": {"route": ""}}, "route"),
        ({"opinion": {"route": "REFUSED"}}, "route_reason"),
        ({"opinion": {"route": "ANSWERED"}}, "on_the_spot_answer"),
        ({"visit": {"on": TODAY - timedelta(days=4000)}}, "deputies"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(village, wrong, field):
    case = logged(village)
    with pytest.raises(Invalid) as refused:
        completed(village, case, **wrong)
    assert refused.value.field == field
    assert fresh(case).status == "INCOMPLETE"
    with pytest.raises(Invalid) as refused:
        recorded(village, **wrong)
    assert refused.value.field == field


def test_nothing_is_completed_twice_or_over_another_change(village):
    case = logged(village)
    old = case.version
    completed(village, case)
    with pytest.raises(Stale):
        completed(village, case, version=old)
    with pytest.raises(Conflict):
        completed(village, case, version=fresh(case).version)


def test_a_visit_of_two_deputies_of_one_station(village):
    case = recorded(village, deputies=[village.lead, village.second])
    assert [row.mandate for row in case.visitors.order_by("pk")] == [village.lead, village.second]
    assert heard("visit.to_confirm") == ["周大爷", "王秀兰"]


def test_a_deputy_of_another_station_is_not_the_liaisons(village):
    for deputies, code in (
        ([village.stranger], "not_own_station"),
        ([village.lead, village.stranger], "other_station"),
        ([village.lead, village.lead], "twice"),
        ([], "deputies_missing"),
    ):
        with pytest.raises(Invalid) as refused:
            recorded(village, deputies=deputies)
        assert (refused.value.field, refused.value.code) == ("deputies", code)
    assert recorded(village, deputies=[village.stranger], actor=village.staff).station == village.elsewhere


def test_a_deputy_suspended_on_the_day_did_not_visit_but_one_suspended_since_did(village):
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=TODAY)
    village.lead.refresh_from_db()
    with pytest.raises(Invalid) as refused:
        recorded(village)
    assert refused.value.code == "not_active"
    assert recorded(village, visit={"on": YESTERDAY}).on == YESTERDAY


def test_who_may_not_write_for_deputies_does_not(village):
    for actor in (village.deputy, village.chair, village.body, make_actor(Role.TOWNSHIP)):
        with pytest.raises(NotAllowed):
            recorded(village, actor=actor)


def test_a_further_opinion_makes_the_deputy_look_again(village):
    case = completed(village)
    visiting.confirm(case, actor=village.deputy, version=case.version)
    given = facts(village, voter={"village": "北门村"})
    visiting.add_opinion(
        case, actor=village.liaison, version=fresh(case).version, words="路灯不亮。",
        opinion=given["opinion"], voter=given["voter"],
    )  # fmt: skip
    assert case.opinions.count() == 2
    assert fresh(case).confirmed_at is None
    assert_chain_holds(case)


def test_only_who_went_confirms_in_person_and_once(village):
    case = completed(village)
    for actor in (village.companion, village.chair, village.other_liaison):
        with pytest.raises(NotAllowed):
            visiting.confirm(case, actor=actor, version=case.version)
    visiting.confirm(case, actor=village.deputy, version=case.version)
    assert fresh(case).confirmed_at == clock.now()
    with pytest.raises(Conflict):
        visiting.confirm(case, actor=village.deputy, version=fresh(case).version)


def test_who_has_no_account_confirms_by_telephone_and_the_record_says_so(village):
    case = completed(village)
    with pytest.raises(Invalid):
        visiting.confirm(case, actor=village.liaison, version=case.version)
    visiting.confirm(case, actor=village.liaison, version=case.version, how=How.TELEPHONE)
    last = events(case)[-1]
    assert (last.actor, last.on_behalf_of, last.how) == (village.liaison.user, village.lead.person, "TELEPHONE")


def correction(village, case, **options):
    """The form of a correction as it stands, with something changed."""
    row = opinion_of(case)
    given = {"actor": village.liaison, "version": fresh(case).version, "words": row.words, "voter": {"phone": ""}}
    return correcting.correct(row, **facts(village, **(given | options)))


def test_a_correction_keeps_before_and_after_as_digests_and_asks_the_deputy_anew(village):
    case = completed(village)
    visiting.confirm(case, actor=village.deputy, version=case.version)
    correction(village, case, words="路太窄。", voter={"name": "欧阳冬梅", "phone": ""}, opinion={"route": "VILLAGE"})
    last = events(case)[-1]
    changes = last.detail.changes
    assert set(changes) == {"words", "name", "route"}
    assert changes["route"] == ["TO_MEETING", "VILLAGE"]
    assert all(len(side) == 64 for column in ("words", "name") for side in changes[column])
    assert fresh(case).confirmed_at is None
    assert opinion_of(case).voter.unseal() == ("欧阳冬梅", PHONE)
    assert_chain_holds(case)


def test_a_correction_of_nothing_and_one_of_a_settled_visit_are_refused(village):
    case = completed(village)
    with pytest.raises(Invalid) as refused:
        correction(village, case)
    assert refused.value.code == "nothing_changed"
    closed(village, case)
    with pytest.raises(Conflict):
        correction(village, case, words="改了。")


def test_a_deputys_own_correction_is_a_confirmation_of_nothing_and_undoes_none(village):
    case = completed(village)
    visiting.confirm(case, actor=village.deputy, version=case.version)
    correcting.reword(
        opinion_of(case), actor=village.deputy, version=fresh(case).version, words="不是积水，是断了。", wish="快修"
    )
    assert fresh(case).confirmed_at is not None
    assert (opinion_of(case).words, opinion_of(case).wish) == ("不是积水，是断了。", "快修")
    assert_chain_holds(case)


def test_other_deputies_and_the_heads_correct_nothing(village):
    case = completed(village)
    for actor in (village.companion, village.chair, village.body, village.other_liaison):
        with pytest.raises(NotAllowed):
            correction(village, case, actor=actor, words="改了。")


def test_the_voter_is_told_in_steps_and_the_last_word_only_once(village):
    case = completed(village)
    told(village, case, final=False, text="已经交给会上了。")
    told(village, case, actor=village.deputy)
    with pytest.raises(Conflict) as refused:
        told(village, case)
    assert refused.value.code == "told"
    assert_chain_holds(case)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"on": TOMORROW}, "on"), ({"on": YESTERDAY}, "on"), ({"text": " "}, "text")]
)
def test_an_impossible_telling_is_refused(village, wrong, field):
    case = completed(village)
    with pytest.raises(Invalid) as refused:
        told(village, case, **wrong)
    assert refused.value.field == field


def test_nobody_from_elsewhere_tells_the_voter(village):
    case = completed(village)
    for actor in (village.companion, village.chair, village.other_liaison):
        with pytest.raises(NotAllowed):
            told(village, case, actor=actor)


def settle(village, case, actor=None):
    return settling.close(case, actor=actor or village.liaison, version=fresh(case).version)


def test_a_visit_is_settled_when_every_voter_was_told(village):
    case = completed(village)
    with pytest.raises(Conflict) as refused:
        settle(village, case)
    assert refused.value.code == "not_told"
    told(village, case, final=False)
    with pytest.raises(Conflict):
        settle(village, case)
    told(village, case)
    with pytest.raises(NotAllowed):
        settle(village, case, village.deputy)
    settle(village, case)
    assert fresh(case).status == "CLOSED"
    assert heard("visit.closed") == ["周大爷"]
    assert_chain_holds(case)


def test_a_visit_is_settled_when_the_voter_asked_not_to_be_told(village):
    case = completed(village, opinion={"tell_wish": False})
    settle(village, case)
    assert fresh(case).status == "CLOSED"


def test_a_visit_is_settled_when_the_voter_cannot_be_reached(village):
    case = completed(village)
    told(village, case, reached=False, text="")
    settle(village, case)
    assert fresh(case).status == "CLOSED"


def test_a_note_that_nobody_completed_is_not_settled(village):
    with pytest.raises(Conflict):
        settle(village, logged(village, tell_wish=False))


def test_each_wait_is_counted_where_it_is(village):
    first, second = logged(village), completed(village)
    third = completed(village, opinion={"tell_wish": False})
    waits = {
        what: set(Visit.objects.waiting_for(what)) for what in ("completion", "confirmation", "telling", "closing")
    }
    assert waits == {
        "completion": {first}, "confirmation": {second, third}, "telling": {second}, "closing": {third},
    }  # fmt: skip


def test_the_same_number_is_found_however_it_was_typed(village):
    completed(village, voter={"phone": "+86 139-1234-5678"})
    assert Voter.objects.with_number(PHONE).count() == 1
    assert not Voter.objects.with_number("13912345679").exists()


def test_a_deputy_of_two_stations_notes_at_the_one_chosen(village):
    elsewhere = make_mandate(village.lead.person, "TOWNSHIP", village.elsewhere)
    assert logged(village, mandate=elsewhere).station == village.elsewhere


def test_a_mistyped_day_of_long_ago_is_no_day_of_a_mandate(village):
    with pytest.raises(Invalid):
        recorded(village, visit=vars(VisitFacts(on=TODAY.replace(year=1926), place="南门村")))
