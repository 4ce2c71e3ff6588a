"""Examining what was handed in: back to be completed, not accepted (scenario 23), referred elsewhere (scenario 8)."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.models import Role
from notifications import texts
from notifications.models import Notification
from suggestions.models import Suggestion
from suggestions.transitions import screening
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.checks import assert_chain_holds, last, name, step, told
from tests.suggestions.factory import fresh, registered, submitted, version_of
from tests.suggestions.web import act, act_url, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed, Stale


def give_back(county, case, **options):
    given = {"actor": county.staff, "version": version_of(case), "reason": "请写明道路起止点。"}
    return screening.return_for_completion(case, **given | options)


def refuse(county, case, **options):
    given = {"actor": county.staff, "version": version_of(case), "refusal": "IN_COURT", "reason": "法院已受理。"}
    return screening.refuse(case, **given | options)


def refer(county, case, **options):
    given = {"actor": county.staff, "version": version_of(case), "to": "市人大代表"}
    return screening.refer(case, **given | options)


ACTS = {"return": give_back, "refuse": refuse, "refer": refer}


def sentence(kind, recipient):
    """What this person reads in the inbox, in English."""
    with translation.override("en"):
        return texts.sentence(Notification.objects.get(kind=kind, recipient=recipient.user))


def test_returned_it_waits_for_the_deputy_with_what_is_lacking(county):
    case = submitted(county)
    give_back(county, case)
    event = last(case)
    assert step(event)[:3] == ("return", "SUBMITTED", "RETURNED")
    assert event.detail.reason == "请写明道路起止点。"
    assert told("suggestion.returned") == sorted([name(county.deputy), name(county.liaison)])
    assert_chain_holds(case)


def test_returned_where_the_deputy_has_no_account_the_station_is_told(county):
    county.lead = make_mandate(make_person("无账号"), station=county.station)
    give_back(county, submitted(county))
    assert told("suggestion.returned") == [name(county.liaison)]


def test_what_the_committee_submits_comes_back_to_staff(county):
    case = submitted(county)
    Suggestion.objects.filter(pk=case.pk).update(submitted_by="COMMITTEE")
    give_back(county, fresh(case))
    assert name(county.staff) in told("suggestion.returned")
    assert name(county.deputy) not in told("suggestion.returned")


def test_refused_everybody_who_signed_is_told_why_and_the_proper_way(county):
    case = submitted(county)
    refuse(county, case)
    case = fresh(case)
    assert (case.status, case.refusal, case.number) == ("REFUSED", "IN_COURT", "")
    assert (last(case).detail.reason, last(case).detail.changes) == ("法院已受理。", {"refusal": "IN_COURT"})
    assert told("suggestion.refused") == sorted([name(county.deputy), name(county.co_signer)])
    assert sentence("suggestion.refused", county.deputy) == (
        "“关于修南门路的建议” is not accepted as a suggestion. It is before a court or in arbitration: please raise it "
        "there, in the time limits given there."
    )


@pytest.mark.parametrize("refusal", Suggestion.Refusal.values)
def test_every_reason_names_a_proper_way(county, refusal):
    refuse(county, submitted(county), refusal=refusal)
    with translation.override("en"):
        way = str(texts.WAYS[refusal])
    assert way in sentence("suggestion.refused", county.deputy)


def test_whose_point_it_was_is_told_too(county):
    case = submitted(county)
    raiser = make_person("李乡亲")
    listener = make_actor(Role.DEPUTY, person=raiser)
    Suggestion.objects.filter(pk=case.pk).update(raised_by=make_mandate(raiser, "TOWNSHIP", county.station))
    refer(county, fresh(case))
    assert name(listener) in told("suggestion.referred")


def test_beyond_the_county_it_goes_to_the_city_deputies_and_the_deputy_is_told(county):
    case = submitted(county)
    refer(county, case, reason="属市级事权")
    case = fresh(case)
    assert (case.status, case.referred_to) == ("REFERRED", "市人大代表")
    assert last(case).detail.changes == {"to": "市人大代表"}
    assert sentence("suggestion.referred", county.deputy) == "“关于修南门路的建议” was referred to: 市人大代表."


def test_what_was_refused_can_still_be_referred(county):
    case = submitted(county)
    refuse(county, case)
    refer(county, case, to="县信访局")
    assert step(last(case))[:3] == ("refer", "REFUSED", "REFERRED")
    assert fresh(case).refusal == "IN_COURT"


@pytest.mark.parametrize("verb", ACTS)
def test_only_staff_examine(county, verb):
    case = submitted(county)
    for actor in (county.deputy, county.liaison, county.office, county.host, make_actor(Role.CHAIRPERSON)):
        with pytest.raises(NotAllowed):
            ACTS[verb](county, case, actor=actor)
    assert (fresh(case).status, fresh(case).version) == ("SUBMITTED", 1)


@pytest.mark.parametrize("verb", ACTS)
def test_what_has_its_number_is_no_longer_examined(county, verb):
    case = registered(county)
    with pytest.raises(Conflict) as refused:
        ACTS[verb](county, case)
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("verb", ACTS)
def test_whoever_read_it_before_the_last_change_reads_it_again(county, verb):
    case = submitted(county)
    with pytest.raises(Stale):
        ACTS[verb](county, case, version=0)


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        ("return", {"reason": "  "}, "reason"),
        ("refuse", {"reason": ""}, "reason"),
        ("refuse", {"refusal": "NO_SUCH"}, "refusal"),
        ("refer", {"to": " "}, "to"),
        ("refer", {"to": "字" * 81}, "to"),
    ],
)
def test_what_the_deputy_reads_is_not_left_out(county, verb, given, field):
    case = submitted(county)
    with pytest.raises(Invalid) as refused:
        ACTS[verb](county, case, **given)
    assert refused.value.field == field
    assert fresh(case).version == 1


class TestThePages:
    def test_return(self, county):
        case = submitted(county)
        act(county.staff, case, "return", reason="请写明起止点。")
        assert fresh(case).status == "RETURNED"

    def test_refuse_then_the_deputy_reads_why_on_the_page(self, county):
        case = submitted(county)
        act(county.staff, case, "refuse", refusal="PETITION", reason="属信访事项。")
        page = signed_in(county.deputy).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
        assert "属信访事项。" in page
        assert escape(str(texts.WAYS["PETITION"])) in page

    def test_refer_to_one_of_the_usual_places(self, county):
        case = submitted(county)
        act(county.staff, case, "refer", place="县信访局")
        assert fresh(case).referred_to == "县信访局"

    def test_refer_elsewhere(self, county):
        case = submitted(county)
        act(county.staff, case, "refer", place="", other="省生态环境厅")
        assert fresh(case).referred_to == "省生态环境厅"

    @pytest.mark.parametrize("typed", [{}, {"place": "县信访局", "other": "省生态环境厅"}])
    def test_exactly_one_place_is_named(self, county, typed):
        case = submitted(county)
        answer = send(county.staff, act_url(case, "refer"), **typed)
        assert answer.status_code == 422
        assert "other" in answer.context["form"].errors
        assert fresh(case).status == "SUBMITTED"

    def test_without_a_reason_the_form_comes_back_with_what_was_typed(self, county):
        case = submitted(county)
        answer = send(county.staff, act_url(case, "refuse"), reason="属信访事项。")
        assert answer.status_code == 422
        assert "属信访事项。" in answer.content.decode()

    def test_the_buttons_stand_beside_registering(self, county):
        case = submitted(county)
        page = signed_in(county.staff).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
        for verb in ("register", "return", "refuse", "refer"):
            assert act_url(case, verb) in page
