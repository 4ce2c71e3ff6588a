"""A suggestion before it is handed in: drafted, written on, confirmed, given up, submitted; and every refusal."""

import pytest

from accounts.models import Role
from suggestions.models import Suggestion
from suggestions.transitions import drafting, screening
from tests.factory import make_actor, make_mandate, make_person, make_station
from tests.suggestions.checks import assert_chain_holds, events, last, name, step, told
from tests.suggestions.factory import fresh, make_scan, version_of
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

WORDS = {"title": "关于修南门路的建议", "facts": "道路窄，两车会不开。", "demand": "请加宽。"}
NEW = {"title": "关于修南门路的建议", "facts": "道路只有三米宽。", "demand": "请加宽。", "publicity": "FULL"}


def drafted(county, *, actor=None, **options):
    """A draft by the lead deputy."""
    return drafting.draft(actor=actor or county.deputy, **({"lead": county.lead, **WORDS} | options))


def typed(county, **options):
    """A draft that the liaison typed from the deputy's sheet."""
    return drafted(county, actor=county.liaison, sheet=make_scan("手稿.jpg"), **options)


def edit(case, actor, **options):
    return drafting.edit_draft(case, actor=actor, version=version_of(case), **(NEW | options))


def hand_in(case, actor, **options):
    return drafting.hand_in(case, actor=actor, version=version_of(case), **options)


def sent_back(county, case):
    return screening.return_for_completion(case, actor=county.staff, version=version_of(case), reason="请写清路段。")


def test_a_deputys_own_draft_needs_nobodys_word(county):
    case = drafted(county)
    assert (case.status, case.lead, case.recorded_by) == ("DRAFT", county.lead, county.deputy.user)
    assert case.confirmed_at is not None
    assert step(last(case)) == ("draft", "", "DRAFT", "", "", "")
    assert last(case).on_behalf_of is None
    assert told("suggestion.to_confirm") == []
    assert_chain_holds(case)


def test_a_photo_and_a_title_are_a_lawful_draft_that_the_station_types(county):
    case = drafted(county, facts="", demand="", sheet=make_scan("手稿.jpg"))
    assert case.is_incomplete
    assert case.confirmed_at is None
    assert told("suggestion.to_type") == [name(county.liaison)]
    with pytest.raises(Conflict) as refused:
        hand_in(case, county.deputy)
    assert refused.value.code == "incomplete"
    with pytest.raises(Conflict) as refused:
        drafting.confirm_draft(case, actor=county.deputy, version=1)
    assert refused.value.code == "incomplete"


def test_neither_words_nor_a_photo_are_no_draft(county):
    with pytest.raises(Invalid) as refused:
        drafted(county, facts=" ", demand="")
    assert (refused.value.field, refused.value.code) == ("facts", "nothing_written")
    assert not Suggestion.objects.exists()


def test_the_same_form_sent_twice_is_one_draft(county):
    key = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    first, second = drafted(county, key=key), drafted(county, key=key)
    assert first.pk == second.pk
    assert len(events(first)) == 1
    with pytest.raises(Conflict) as refused:
        drafted(county, key=key, facts="别的事。")
    assert refused.value.code == "sent_before"
    assert Suggestion.objects.count() == 1


def test_who_is_not_the_deputy_s_side_drafts_nothing(county):
    for actor in (county.host, county.office, make_actor(Role.CHAIRPERSON), make_actor(Role.WORKING_BODY)):
        with pytest.raises(NotAllowed):
            drafted(county, actor=actor)


def test_a_deputy_leads_nothing_in_anothers_name(county):
    with pytest.raises(Invalid) as refused:
        drafted(county, lead=county.second)
    assert refused.value.code == "not_own_station"


def test_a_liaison_writes_for_the_own_station_only(county):
    elsewhere = make_actor(Role.STATION, station=make_station())
    with pytest.raises(Invalid) as refused:
        drafted(county, actor=elsewhere)
    assert (refused.value.field, refused.value.code) == ("lead", "not_own_station")


def test_writing_by_others_waits_to_be_confirmed_and_the_leads_does_not(county):
    case = drafted(county)
    case = edit(case, county.liaison)
    assert case.confirmed_at is None
    assert told("suggestion.to_confirm") == [name(county.deputy)]
    case = edit(case, county.deputy, facts="道路只有三米宽，天天堵。")
    assert case.confirmed_at is not None
    assert "天天堵" in fresh(case).search_text
    assert_chain_holds(case)


def test_what_was_changed_is_told_by_its_digest(county):
    case = edit(drafted(county), county.deputy, publicity="NONE")
    changes = last(case).detail.changes
    assert set(changes["words"]) == {"facts"}
    assert changes["publicity"] == ["FULL", "NONE"]
    assert "三米" not in str(changes)
    assert all(len(mark) == 64 for mark in changes["words"]["facts"])


def test_nothing_changed_is_no_act(county):
    case = drafted(county)
    with pytest.raises(Invalid) as refused:
        edit(case, county.deputy, **WORDS)
    assert refused.value.code == "nothing_changed"
    with pytest.raises(Invalid) as refused:
        edit(case, county.deputy, facts="")
    assert refused.value.code == "nothing_written"


def test_what_was_read_before_the_last_change_is_stale(county):
    case = drafted(county)
    edit(case, county.liaison)
    with pytest.raises(Stale):
        drafting.edit_draft(case, actor=county.deputy, version=1, **NEW)


def test_others_do_not_write_on(county):
    case = drafted(county)
    for actor in (county.co_signer, county.host, make_actor(Role.CHAIRPERSON), make_actor(Role.STATION)):
        with pytest.raises(NotAllowed):
            edit(case, actor)


def test_whoever_writes_for_others_puts_a_wrong_lead_right(county):
    case = typed(county)
    with pytest.raises(NotAllowed):
        edit(case, county.deputy, lead=county.second)
    case = edit(case, county.liaison, lead=county.second)
    assert (case.lead, fresh(case).lead) == (county.second, county.second)
    assert told("suggestion.to_confirm") == sorted([name(county.deputy), name(county.co_signer)])
    stranger = make_mandate(station=make_station())
    with pytest.raises(Invalid) as refused:
        edit(case, county.liaison, facts="又改了。", lead=stranger)
    assert refused.value.code == "not_own_station"


def test_a_draft_is_confirmed_once(county):
    case = typed(county)
    drafting.confirm_draft(case, actor=county.deputy, version=version_of(case))
    assert told("suggestion.draft_confirmed") == [name(county.liaison)]
    with pytest.raises(Conflict) as refused:
        drafting.confirm_draft(case, actor=county.deputy, version=version_of(case))
    assert refused.value.code == "confirmed"


def test_what_is_not_confirmed_is_not_handed_in(county):
    case = typed(county)
    with pytest.raises(Conflict) as refused:
        hand_in(case, county.deputy)
    assert refused.value.code == "unconfirmed"


def test_the_lead_hands_in_and_staff_are_told(county):
    case = hand_in(drafted(county), county.deputy)
    assert (case.status, case.received_on.isoformat()) == ("SUBMITTED", "2026-03-16")
    assert step(last(case))[:3] == ("submit", "DRAFT", "SUBMITTED")
    assert told("suggestion.handed_in") == [name(county.staff)]
    assert fresh(case).search_text.startswith("关于修南门路的建议")
    assert_chain_holds(case)
    with pytest.raises(Conflict):
        hand_in(case, county.deputy)
    with pytest.raises(Conflict):
        edit(case, county.deputy)


def test_handed_in_for_the_lead_it_says_how_the_lead_wished_it(county):
    case = drafted(county)
    with pytest.raises(Invalid) as refused:
        hand_in(case, county.liaison)
    assert refused.value.code == "how_missing"
    case = hand_in(case, county.liaison, how="TELEPHONE")
    event = last(case)
    assert (event.actor, event.on_behalf_of, event.how) == (county.liaison.user, county.lead.person, "TELEPHONE")
    for actor in (county.co_signer, county.host):
        with pytest.raises(NotAllowed):
            hand_in(case, actor)


def test_a_lead_who_was_suspended_meanwhile_hands_nothing_in(county):
    case = drafted(county)
    county.lead.suspended_from = case.received_on
    county.lead.save()
    with pytest.raises(Invalid) as refused:
        hand_in(case, county.deputy)
    assert (refused.value.field, refused.value.code) == ("lead", "not_active")


def test_a_draft_is_given_up_by_its_lead_or_its_writer(county):
    for actor in (county.co_signer, county.staff):
        with pytest.raises(NotAllowed):
            drafting.discard(drafted(county), actor=actor, version=1)
    case = drafting.discard(drafted(county), actor=county.deputy, version=1)
    assert case.status == "DISCARDED"
    assert drafting.discard(typed(county), actor=county.liaison, version=1).status == "DISCARDED"
    with pytest.raises(Conflict):
        edit(case, county.deputy)


def test_what_came_back_is_completed_and_handed_in_again(county):
    case = hand_in(drafted(county), county.deputy)
    case = sent_back(county, case)
    with pytest.raises(Conflict):
        drafting.discard(case, actor=county.deputy, version=version_of(case))
    with pytest.raises(Invalid) as refused:
        edit(case, county.deputy, facts="")
    assert refused.value.code in ("facts_missing", "nothing_written")
    case = edit(case, county.liaison)
    with pytest.raises(Conflict):
        hand_in(case, county.deputy)
    drafting.confirm_draft(case, actor=county.deputy, version=version_of(case))
    assert hand_in(case, county.deputy).status == "SUBMITTED"


class TestSeen:
    """Who sees what is being written."""

    def seen(self, case, actor):
        return Suggestion.objects.visible_to(actor).filter(pk=case.pk).exists()

    def test_drafts_are_seen_on_the_deputys_side_and_by_staff(self, county):
        case = drafted(county)
        for actor in (county.deputy, county.liaison, county.staff):
            assert self.seen(case, actor)
        for role in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.WORKING_BODY, Role.STATION, Role.DEPUTY):
            assert not self.seen(case, make_actor(role))
        for actor in (county.host, county.office, county.co_signer):
            assert not self.seen(case, actor)

    def test_what_came_back_is_hidden_from_the_others_again(self, county):
        case = hand_in(drafted(county), county.deputy)
        chair = make_actor(Role.CHAIRPERSON)
        assert self.seen(case, chair)
        case = sent_back(county, case)
        assert not self.seen(case, chair)
        assert self.seen(case, county.liaison)

    def test_drafts_and_what_was_given_up_count_as_no_suggestion(self, county):
        draft, gone = drafted(county), drafting.discard(drafted(county), actor=county.deputy, version=1)
        case = hand_in(drafted(county), county.deputy)
        back = sent_back(county, hand_in(drafted(county), county.deputy))
        counted = set(Suggestion.objects.visible_to(county.staff).submitted())
        assert counted == {case, back}
        assert set(Suggestion.objects.being_written()) == {draft, back}
        assert gone not in counted


def test_a_person_named_twice_is_no_raiser(county):
    with pytest.raises(Invalid) as refused:
        drafted(county, actor=county.staff, raised_by=county.lead)
    assert (refused.value.field, refused.value.code) == ("raised_by", "is_lead")
    gone = make_mandate(make_person("孙走"), station=county.station)
    gone.ended_on = gone.started_on
    gone.save()
    with pytest.raises(Invalid) as refused:
        drafted(county, actor=county.staff, raised_by=gone)
    assert (refused.value.field, refused.value.code) == ("raised_by", "not_active")
