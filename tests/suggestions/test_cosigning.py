"""Signing along: who is asked, who may answer, until when, and many in the same minute."""

import pytest
from django.utils import translation

from accounts.models import Role
from notifications.models import Notification
from stations.models import Level
from suggestions.models import CoSignature, Suggestion
from suggestions.transitions import cosigning, drafting
from tests.factory import make_actor, make_mandate, make_person, make_station
from tests.suggestions.checks import assert_chain_holds, last, name, step, told
from tests.suggestions.factory import TODAY, fresh, make_county, noon, version_of
from tests.suggestions.test_drafting import drafted, edit, hand_in, sent_back, typed
from tests.suggestions.test_races import CONTENDERS, contend
from workflow.engine import Conflict, Invalid, NotAllowed


def invite(county, case, *deputies, actor=None):
    return cosigning.invite(
        case, actor=actor or county.deputy, version=version_of(case), deputies=list(deputies or [county.second])
    )


def invited(county, case=None, *deputies):
    """The first invitation of a draft that is being signed along."""
    case = invite(county, case or drafted(county), *deputies)
    return case.cosignatures.select_related("suggestion", "mandate__person", "mandate__term").first()


def test_the_invited_deputy_is_told_with_who_leads_and_a_page_of_their_own(county):
    row = invited(county)
    assert (row.status, row.suggestion.status) == ("INVITED", "SIGNING")
    assert step(last(row.suggestion))[:3] == ("invite", "DRAFT", "SIGNING")
    note = Notification.objects.get(kind="suggestion.to_co_sign")
    assert note.recipient == county.co_signer.user
    assert note.params["lead"] == "赵大海"
    assert note.url.endswith(f"/signatures/{row.pk}/")
    assert_chain_holds(row.suggestion)


def test_who_has_no_account_is_asked_by_the_station(county):
    silent = make_mandate(make_person("孙不上网"), station=county.station)
    invited(county, None, silent)
    assert told("suggestion.to_co_sign") == [name(county.liaison)]


def test_who_may_not_sign_is_not_asked(county):
    township = make_mandate(make_person("周镇"), Level.TOWNSHIP, county.station)
    suspended = make_mandate(make_person("吴停"), station=county.station)
    suspended.suspended_from = TODAY
    suspended.save()
    case = drafted(county)
    for mandate, code in ((township, "wrong_level"), (suspended, "not_active"), (county.lead, "twice")):
        with pytest.raises(Invalid) as refused:
            invite(county, case, mandate)
        assert (refused.value.field, refused.value.code) == ("deputies", code)
    with pytest.raises(Invalid) as refused:
        cosigning.invite(case, actor=county.deputy, version=version_of(case), deputies=[])
    assert refused.value.code == "deputies_missing"
    with pytest.raises(Invalid) as refused:
        invite(county, case, county.second, county.second)
    assert refused.value.code == "twice"
    invite(county, case)
    with pytest.raises(Invalid) as refused:
        invite(county, case)
    assert refused.value.code == "asked_before"
    assert CoSignature.objects.count() == 1


def test_only_what_its_lead_has_confirmed_is_shown_to_others(county):
    with pytest.raises(Conflict) as refused:
        invite(county, typed(county), actor=county.liaison)
    assert refused.value.code == "unconfirmed"


def test_others_do_not_invite(county):
    case = drafted(county)
    for actor in (county.co_signer, county.host, make_actor(Role.STATION, station=make_station())):
        with pytest.raises(NotAllowed):
            invite(county, case, actor=actor)
    invite(county, case, actor=county.liaison)
    assert last(case).on_behalf_of == county.lead.person


def test_a_deputy_signs_along_and_the_lead_hears_when_all_have_answered(county):
    other = make_mandate(make_person("孙远山"), station=county.station)
    deputy = make_actor(Role.DEPUTY, person=other.person)
    case = invite(county, drafted(county), county.second, other)
    first, second = case.cosignatures.order_by("pk")
    cosigning.co_sign(first, actor=county.co_signer)
    assert told("suggestion.all_answered") == []
    cosigning.decline(second, actor=deputy)
    assert told("suggestion.all_answered") == [name(county.deputy)]
    assert list(case.cosignatures.order_by("pk").values_list("status", flat=True)) == ["ACCEPTED", "DECLINED"]
    case = hand_in(case, county.deputy)
    assert "钱小河" in fresh(case).search_text
    assert "孙远山" not in fresh(case).search_text
    assert told("suggestion.on_its_way") == [name(county.co_signer)]
    assert_chain_holds(case)


def test_a_mind_may_be_changed_until_it_is_handed_in(county):
    row = invited(county)
    for act, status in (
        (cosigning.decline, "DECLINED"),
        (cosigning.co_sign, "ACCEPTED"),
        (cosigning.decline, "DECLINED"),
    ):
        assert act(row, actor=county.co_signer).status == status
    with pytest.raises(Conflict) as refused:
        cosigning.decline(row, actor=county.co_signer)
    assert refused.value.code == "answered"


def test_nobody_answers_for_another(county):
    row = invited(county)
    elsewhere = make_actor(Role.STATION, station=make_station())
    for actor in (county.deputy, county.host, elsewhere, make_actor(Role.CHAIRPERSON), make_actor(Role.DEPUTY)):
        with pytest.raises(NotAllowed):
            cosigning.co_sign(row, actor=actor)
    assert CoSignature.objects.get().status == "INVITED"


def test_a_signature_on_paper_is_recorded_with_how_it_came(county):
    row = invited(county)
    with pytest.raises(Invalid) as refused:
        cosigning.co_sign(row, actor=county.liaison)
    assert refused.value.code == "how_missing"
    cosigning.co_sign(row, actor=county.liaison, how="PAPER")
    event = last(row.suggestion)
    assert (event.actor, event.on_behalf_of, event.how) == (county.liaison.user, county.second.person, "PAPER")


def test_who_was_suspended_meanwhile_does_not_sign(county):
    row = invited(county)
    county.second.suspended_from = TODAY
    county.second.save()
    with pytest.raises(Conflict) as refused:
        cosigning.co_sign(row, actor=county.co_signer)
    assert refused.value.code == "not_active"
    assert cosigning.decline(row, actor=county.co_signer).status == "DECLINED"


def test_invitations_end_when_it_is_handed_in_and_a_late_click_gets_a_sentence(county):
    row = invited(county)
    hand_in(row.suggestion, county.deputy)
    assert CoSignature.objects.get().status == "EXPIRED"
    assert Notification.objects.get(kind="suggestion.to_co_sign").void_reason == "no_longer_asked"
    with pytest.raises(Conflict) as refused:
        cosigning.co_sign(row, actor=county.co_signer)
    assert refused.value.code == "no_longer_asked"
    assert "2026-03-16" in refused.value.sentence
    assert not Suggestion.objects.visible_to(county.co_signer).exists()


def test_who_signed_other_words_is_asked_anew(county):
    row = invited(county)
    cosigning.co_sign(row, actor=county.co_signer)
    case = edit(row.suggestion, county.deputy, title="关于拓宽南门路的建议")
    row = CoSignature.objects.get()
    assert (row.status, row.at) == ("INVITED", None)
    assert told("suggestion.to_co_sign") == [name(county.co_signer)] * 2
    cosigning.co_sign(row, actor=county.co_signer)
    edit(case, county.deputy, title="关于拓宽南门路的建议", publicity="NONE")
    assert CoSignature.objects.get().status == "ACCEPTED"


def test_words_of_others_are_signed_only_once_the_lead_has_confirmed_them(county):
    row = invited(county)
    cosigning.co_sign(row, actor=county.co_signer)
    case = edit(row.suggestion, county.liaison)
    assert CoSignature.objects.get().status == "INVITED"
    assert told("suggestion.to_co_sign") == [name(county.co_signer)]
    with pytest.raises(Conflict) as refused:
        cosigning.co_sign(row, actor=county.co_signer)
    assert refused.value.code == "unconfirmed"
    drafting.confirm_draft(case, actor=county.deputy, version=version_of(case))
    assert told("suggestion.to_co_sign") == [name(county.co_signer)] * 2
    assert cosigning.co_sign(row, actor=county.co_signer).status == "ACCEPTED"


def test_what_came_back_keeps_its_signatures_and_tells_who_signed(county):
    row = invited(county)
    cosigning.co_sign(row, actor=county.co_signer)
    case = sent_back(county, hand_in(row.suggestion, county.deputy))
    edit(case, county.deputy, facts="南门路一段到三段，只有三米宽。")
    assert CoSignature.objects.get().status == "ACCEPTED"
    assert told("suggestion.completed_text") == [name(county.co_signer)]


def test_the_invited_see_it_while_it_is_signed_and_their_station_only_the_invitation(county):
    elsewhere = make_station()
    far = make_mandate(make_person("孙远山"), station=elsewhere)
    deputy, station = make_actor(Role.DEPUTY, person=far.person), make_actor(Role.STATION, station=elsewhere)
    row = invited(county, None, far)
    assert Suggestion.objects.visible_to(deputy).exists()
    assert not Suggestion.objects.visible_to(station).exists()
    for actor in (deputy, station, county.staff):
        assert CoSignature.objects.visible_to(actor).get() == row
    for actor in (county.host, county.co_signer, make_actor(Role.CHAIRPERSON)):
        assert not CoSignature.objects.visible_to(actor).exists()
    cosigning.co_sign(row, actor=deputy)
    hand_in(row.suggestion, county.deputy)
    assert Suggestion.objects.visible_to(station).exists()


def test_a_draft_given_up_asks_nobody_any_more(county):
    row = invited(county)
    drafting.discard(row.suggestion, actor=county.deputy, version=version_of(row.suggestion))
    with pytest.raises(Conflict) as refused:
        cosigning.co_sign(row, actor=county.co_signer)
    with translation.override("en"):
        assert refused.value.sentence == "The draft was given up; nothing is to be signed any more."


@pytest.mark.django_db(transaction=True)
def test_sixteen_sign_along_in_the_same_moment():
    with noon(TODAY):
        county = make_county()
        people = [make_person(f"联名{number}") for number in range(CONTENDERS)]
        mandates = [make_mandate(person, station=county.station) for person in people]
        actors = [make_actor(Role.DEPUTY, person=person) for person in people]
        case = invite(county, drafted(county), *mandates)
        rows = list(case.cosignatures.order_by("pk"))

    def act(number):
        row = CoSignature.objects.select_related("suggestion").get(pk=rows[number].pk)
        cosigning.co_sign(row, actor=actors[number])

    assert contend(act) == ["won"] * CONTENDERS
    assert case.cosignatures.filter(status="ACCEPTED").count() == CONTENDERS
    assert case.events.filter(verb="co_sign").count() == CONTENDERS
    assert_chain_holds(case)


@pytest.mark.django_db(transaction=True)
def test_one_deputy_who_taps_sixteen_times_signs_once():
    with noon(TODAY):
        county = make_county()
        row = invited(county)

    def act(_number):
        again = CoSignature.objects.select_related("suggestion").get(pk=row.pk)
        cosigning.co_sign(again, actor=county.co_signer)

    came_of = contend(act)
    assert came_of.count("won") == 1
    assert came_of.count((409, "answered")) == CONTENDERS - 1
    assert row.suggestion.events.filter(verb="co_sign").count() == 1
