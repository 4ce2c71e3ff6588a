"""The verbs of a supervision card: who may, when, with what words, and whom it tells."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from accounts.actor import SYSTEM
from accounts.models import How, Role
from accounts.transitions.organ_acts import reorganise
from deliberations.transitions.resolutions import Paper
from suggestions.models import Rating, Suggestion
from suggestions.transitions import allot, withdraw
from suggestions.transitions.council import end_by_resolution
from suggestions.transitions.extending import agree_extension, grant_extension, request_extension
from supervision.models import Card, CardFeedback, CardVersion
from supervision.transitions import cards
from supervision.transitions.card_machine import CARD, CardVerb
from tests.factory import make_actor, make_organ
from tests.suggestions.checks import name, told
from tests.suggestions.factory import (
    TODAY,
    accepted,
    at_office,
    evaluate,
    fresh,
    make_county,
    make_scan,
    noon,
    part_of,
    registered,
    release,
    replied,
    version_of,
)
from tests.supervision.card_factory import (
    DUE,
    amended,
    concluded,
    current,
    filled,
    issued,
    key_case,
    last,
    make_body,
    make_key,
    make_leader,
    reported,
    signed,
    words,
)
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.verification import verify

pytestmark = pytest.mark.django_db

#: The end of the reply term of what is handed over on the day of these tests.
REPLY_DUE = date(2026, 6, 16)


@pytest.fixture
def county():
    with noon(TODAY):
        yield make_county()


@pytest.fixture
def leader(county):
    return make_leader()


def event(card):
    """The last event of the card."""
    return card.events.select_related("detail", "on_behalf_of", "actor").latest("seq")


def refusal(kind, act):
    with pytest.raises(kind) as refused:
        act()
    return refused.value


def answered(county, card):
    """The reply of the present round, released."""
    return replied(county, fresh(card.suggestion))


def judged(county, card, result=Rating.SATISFIED):
    """Judged by the lead, and the verdict released."""
    reply = replied(county, fresh(card.suggestion))
    evaluate(county, reply, result)
    return reply


# filling in


def test_staff_fill_the_card_in_with_a_number_of_the_year(county, leader):
    body = make_body()
    card = filled(county, key_case(county, leader, body))
    assert (card.status, card.number) == ("DRAFT", "督办〔2026〕01号")
    assert (card.leader, card.body, card.body_person) == (leader.user.person, body.post.organ, "冯主任")
    version = card.versions.get()
    assert (version.version, version.organ, version.due_on, version.signed_on) == (1, county.bureau, DUE, None)
    assert list(version.co_organs.all()) == [county.helper]
    assert (event(card).verb, event(card).to_state, event(card).how) == ("fill_card", "DRAFT", How.IN_SYSTEM)
    assert filled(county, key_case(county, leader, body)).number == "督办〔2026〕02号"


def test_the_numbers_begin_anew_with_the_year(county, leader):
    filled(county, key_case(county, leader))
    case = key_case(county, leader)
    with noon(date(2027, 1, 4)):
        card = filled(county, case, due_on=REPLY_DUE)
        assert card.number == "督办〔2027〕01号"


def test_the_deputy_chairperson_in_charge_fills_it_in_himself(county, leader):
    card = cards.fill_card(key_case(county, leader), actor=leader, words=words(county))
    assert event(card).actor == leader.user
    assert event(card).on_behalf_of is None


@pytest.mark.parametrize("who", ["host", "head", "office", "deputy", "liaison", "co_host"])
def test_nobody_else_fills_it_in(county, leader, who):
    refusal(NotAllowed, lambda: cards.fill_card(key_case(county, leader), actor=getattr(county, who), words=None))


def test_another_deputy_chairperson_neither_fills_in_nor_signs(county, leader):
    other, case = make_leader(), key_case(county, leader)
    refusal(NotAllowed, lambda: cards.fill_card(case, actor=other, words=words(county)))
    card = filled(county, case)
    refusal(NotAllowed, lambda: cards.sign_card(card, actor=other, version=1))
    refusal(NotAllowed, lambda: cards.sign_card(card, actor=SYSTEM, version=1))


def test_a_suggestion_has_one_card(county, leader):
    case = key_case(county, leader)
    filled(county, case)
    assert refusal(Conflict, lambda: filled(county, case)).code == "has_card"


def test_what_no_resolution_made_key_has_no_card(county, leader):
    case = accepted(county)
    assert refusal(Conflict, lambda: filled(county, case)).code == "not_key"
    Suggestion.objects.filter(pk=case.pk).update(is_key=True, imported_from="旧台账")
    refused = refusal(NotAllowed, lambda: cards.fill_card(case, actor=leader, words=words(county)))
    assert refused.status == 403
    assert refusal(Conflict, lambda: filled(county, case)).code == "not_key"


@pytest.mark.parametrize("field", ["why_key", "requirements", "organ_leader"])
def test_no_card_leaves_blank_who_is_responsible_and_for_what(county, leader, field):
    refused = refusal(Invalid, lambda: filled(county, key_case(county, leader), **{field: "  "}))
    assert (refused.field, refused.code) == (field, "required")


def test_only_the_host_can_be_responsible_once_it_is_allotted(county, leader):
    case = key_case(county, leader)
    refused = refusal(Invalid, lambda: filled(county, case, organ=county.helper, co_organs=()))
    assert (refused.field, refused.code) == ("organ", "not_the_host")
    assert county.bureau.name in refused.sentence
    assert refusal(Invalid, lambda: filled(county, case, co_organs=(county.bureau,))).code == "twice"


def test_before_the_hand_over_any_organ_can_be_named(county, leader):
    case = make_key(county, registered(county), leader)
    assert filled(county, case, organ=county.helper, co_organs=()).versions.get().organ == county.helper


# the date


def test_the_card_never_gives_more_time_than_the_reply_term(county, leader):
    case = key_case(county, leader)
    refused = refusal(Invalid, lambda: filled(county, case, due_on=REPLY_DUE + timedelta(1)))
    assert (refused.field, refused.code) == ("due_on", "after_the_reply")
    assert str(REPLY_DUE) in refused.sentence
    assert filled(county, case, due_on=REPLY_DUE).versions.get().due_on == REPLY_DUE


def test_the_card_ends_not_before_the_hand_over(county, leader):
    case = key_case(county, leader)
    refused = refusal(Invalid, lambda: filled(county, case, due_on=TODAY - timedelta(1)))
    assert refused.code == "too_early"


@pytest.mark.parametrize(("term", "latest"), [("NORMAL", REPLY_DUE), ("COMPLEX", date(2026, 9, 16))])
def test_before_the_hand_over_the_term_counts_as_if_handed_over_today(county, leader, term, latest):
    case = make_key(county, registered(county, reply_term=term), leader)
    refused = refusal(Invalid, lambda: filled(county, case, due_on=latest + timedelta(1)))
    assert (refused.code, refused.params["day"]) == ("after_the_reply", str(latest))
    assert filled(county, case, due_on=latest).status == "DRAFT"


# writing and signing


def test_a_draft_is_written_on(county, leader):
    card = filled(county, key_case(county, leader))
    card = cards.write_card(card, actor=county.staff, version=1, words=words(county, phone="1", co_organs=()))
    version = card.versions.get()
    assert (card.status, version.version, version.phone, version.co_organs.count()) == ("DRAFT", 1, "1", 0)
    assert event(card).verb == "write_card"
    refusal(Stale, lambda: cards.write_card(card, actor=county.staff, version=1, words=words(county)))
    refused = refusal(
        Invalid, lambda: cards.write_card(card, actor=leader, version=2, words=words(county, organ_leader=""))
    )
    assert refused.field == "organ_leader"


def test_staff_enter_the_signed_sheet_for_the_deputy_chairperson(county, leader):
    body = make_body()
    card = issued(county, leader, body)
    version = card.versions.get()
    assert card.status == "ISSUED"
    assert (version.signed_by, version.signed_on, version.issued_on) == (leader.user.person, TODAY, TODAY)
    assert version.signed_sheet.name == "督办卡.pdf"
    signing = event(card)
    assert (signing.on_behalf_of, signing.how) == (leader.user.person, How.PAPER)
    assert signing.detail.changes["sha256"] == version.sha256 != ""
    everybody = [county.host, county.co_host, county.deputy, county.co_signer, body]
    assert told("card.signed") == sorted(map(name, everybody))


def test_the_deputy_chairperson_signs_here_without_a_sheet(county, leader):
    card = filled(county, key_case(county, leader))
    card = cards.sign_card(card, actor=leader, version=1, signed_on=date(2020, 1, 1))
    assert (card.status, last(card).signed_on, last(card).signed_sheet) == ("ISSUED", TODAY, None)
    assert (event(card).actor, event(card).on_behalf_of, event(card).how) == (leader.user, None, How.IN_SYSTEM)


def test_staff_without_the_signed_sheet_issue_nothing(county, leader):
    card = filled(county, key_case(county, leader))
    assert refusal(Invalid, lambda: signed(county, card, sheet=None)).code == "sheet_missing"
    assert refusal(Invalid, lambda: signed(county, card, signed_on=TODAY + timedelta(1))).code == "in_future"
    assert refusal(Invalid, lambda: signed(county, card, signed_on=TODAY - timedelta(1))).code == "too_early"
    assert current(card).status == "DRAFT"


def test_the_digest_covers_every_word_and_the_sheet(county, leader):
    digests = {
        last(issued(county, leader)).sha256,
        last(issued(county, leader, requirements="另行要求")).sha256,
        last(issued(county, leader, co_organs=())).sha256,
        last(issued(county, leader, body_person="")).sha256,
    }
    assert len(digests) == 4


def test_what_no_longer_fits_is_not_signed(county, leader):
    case = make_key(county, at_office(county), leader)
    card = filled(county, case, organ=county.helper, co_organs=())
    allot(case, actor=county.office, version=version_of(case), host=county.bureau, co_hosts=[])
    assert refusal(Invalid, lambda: signed(county, card)).code == "not_the_host"
    card = cards.write_card(card, actor=county.staff, version=1, words=words(county))
    assert signed(county, card).status == "ISSUED"


def test_a_card_is_signed_once(county, leader):
    card = issued(county, leader)
    assert refusal(Conflict, lambda: signed(county, card)).code == "wrong_state"
    assert refusal(Conflict, lambda: cards.write_card(card, actor=leader, version=2, words=words(county)))


def test_only_organs_that_have_the_suggestion_are_told(county, leader):
    body = make_body()
    signed(county, filled(county, make_key(county, registered(county), leader, body)))
    assert told("card.signed") == sorted(map(name, [county.deputy, county.co_signer, body]))


# amending


def test_an_amendment_is_a_version_of_its_own(county, leader):
    card = issued(county, leader)
    version = amended(county, card)
    assert (version.version, version.requirements) == (2, "分两段施工")
    first = card.versions.get(version=1)
    assert (first.requirements, first.signed_sheet.name) == ("两个月内完工", "督办卡.pdf")
    assert current(card).status == "ISSUED"
    amending = event(card)
    assert (amending.verb, amending.detail.reason, amending.on_behalf_of) == (
        "amend_card",
        "工程分段",
        leader.user.person,
    )
    assert "due_on" in amending.detail.changes
    assert name(county.host) in told("card.amended")
    assert version.sha256 != first.sha256


def test_an_earlier_date_needs_no_extension(county, leader):
    card = issued(county, leader)
    earlier = DUE - timedelta(7)
    amended(county, card, words=words(county, due_on=earlier))
    assert event(card).detail.changes["due_on"] == [str(DUE), str(earlier)]


def test_an_edit_never_gives_more_time(county, leader):
    """Scenario 13: refused, the old date stays."""
    card = issued(county, leader)
    refused = refusal(Invalid, lambda: amended(county, card, words=words(county, due_on=REPLY_DUE)))
    assert (refused.field, refused.code) == ("due_on", "no_extension")
    assert str(DUE) in refused.sentence
    later = partial(cards.amend_card, card, actor=leader, version=2, words=words(county, due_on=REPLY_DUE), reason="缓")
    assert refusal(Invalid, later).code == "no_extension"
    assert last(card).due_on == DUE


def extended(county, card, leader, new_due_on):
    """A later date, asked for by the host, agreed by the office and granted by the deputy chairperson."""
    case = fresh(card.suggestion)
    asked = request_extension(
        part_of(case, county.host), actor=county.host, version=version_of(case), new_due_on=new_due_on,
        reason="管网迁改", measures="已完成设计", explained_on=TODAY, explained_how="VISIT", signed_by="郑局长",
    )  # fmt: skip
    agree_extension(asked, actor=county.office, version=version_of(case))
    return grant_extension(asked, actor=leader, version=version_of(case))


def test_with_a_granted_extension_the_date_moves_up_to_the_new_one(county, leader):
    card = issued(county, leader)
    new = date(2026, 7, 31)
    extended(county, card, leader, new)
    refused = refusal(Invalid, lambda: amended(county, card, words=words(county, due_on=new + timedelta(1))))
    assert refused.code == "after_the_reply"
    amended(county, card, words=words(county, due_on=new))
    assert last(card).due_on == new


def test_an_extension_is_used_once(county, leader):
    card = issued(county, leader)
    extended(county, card, leader, date(2026, 7, 31))
    with noon(TODAY + timedelta(1)):
        amended(county, card, words=words(county, due_on=date(2026, 7, 10)))
        refused = refusal(Invalid, lambda: amended(county, card, words=words(county, due_on=date(2026, 7, 31))))
        assert refused.code == "no_extension"


def test_an_amendment_that_changes_nothing_is_none(county, leader):
    card = issued(county, leader)
    assert refusal(Invalid, lambda: amended(county, card, words=words(county))).code == "nothing_changed"


def test_an_amendment_is_signed_like_the_card(county, leader):
    card = issued(county, leader)
    assert refusal(Invalid, lambda: amended(county, card, sheet=None)).code == "sheet_missing"
    refusal(NotAllowed, lambda: amended(county, card, actor=county.host))
    version = amended(county, card, actor=leader, sheet=None)
    assert version.signed_sheet is None


# completion


def test_the_responsible_organ_reports_once_the_deputy_is_answered(county, leader):
    body = make_body()
    card = issued(county, leader, body)
    assert refusal(Conflict, lambda: reported(county, card)).code == "no_reply"
    answered(county, card)
    feedback = reported(county, card)
    assert current(card).status == "FEEDBACK_GIVEN"
    assert (feedback.round, feedback.signed_by, feedback.accepted) == (1, "李副局长", None)
    assert told("card.reported") == sorted(map(name, [county.staff, body]))
    assert refusal(Conflict, lambda: reported(county, card)).code == "wrong_state"


@pytest.mark.parametrize("who", ["co_host", "staff", "office", "deputy", "stranger"])
def test_nobody_else_reports(county, leader, who):
    card = issued(county, leader)
    answered(county, card)
    refusal(NotAllowed, lambda: reported(county, card, actor=getattr(county, who)))


def test_a_report_has_a_day_that_can_be(county, leader):
    card = issued(county, leader)
    answered(county, card)
    assert refusal(Invalid, lambda: reported(county, card, on=TODAY + timedelta(1))).code == "in_future"
    assert refusal(Invalid, lambda: reported(county, card, on=TODAY - timedelta(1))).code == "too_early"


def test_struck_off_when_the_deputy_is_satisfied(county, leader):
    body = make_body()
    card = issued(county, leader, body)
    reply = judged(county, card)
    feedback = reported(county, card)
    card = concluded(county, card)
    assert card.status == "STRUCK_OFF"
    feedback.refresh_from_db()
    assert (feedback.accepted, feedback.conclusion, feedback.concluded_on) == (True, "同意销号。", TODAY)
    assert feedback.evaluation == reply.evaluations.get()
    assert (event(card).on_behalf_of, event(card).how) == (leader.user.person, How.PAPER)
    everybody = [county.host, county.co_host, county.deputy, county.co_signer, body]
    assert told("card.struck_off") == sorted(map(name, everybody))


def test_staff_may_have_it_by_telephone_and_he_himself_needs_no_road(county, leader):
    card = issued(county, leader)
    judged(county, card, Rating.BASICALLY)
    reported(county, card)
    concluded(county, card, accepted=False, how=How.TELEPHONE)
    assert event(card).how == How.TELEPHONE
    reported(county, card)
    concluded(county, card, actor=leader)
    assert (event(card).actor, event(card).on_behalf_of, event(card).how) == (leader.user, None, How.IN_SYSTEM)
    assert current(card).status == "STRUCK_OFF"


def test_a_silent_deputy_stands_against_striking_off(county, leader):
    card = issued(county, leader)
    answered(county, card)
    reported(county, card)
    refused = refusal(Invalid, lambda: concluded(county, card))
    assert (refused.field, refused.code) == ("accepted", "no_opinion")


def test_a_dissatisfied_deputy_stands_against_striking_off(county, leader):
    card = issued(county, leader)
    judged(county, card, Rating.DISSATISFIED)
    reported(county, card)
    assert refusal(Invalid, lambda: concluded(county, card)).code == "dissatisfied"
    assert current(card).status == "FEEDBACK_GIVEN"


def test_not_accepted_goes_on_and_the_organ_is_told_why(county, leader):
    card = issued(county, leader)
    judged(county, card)
    reported(county, card)
    card = concluded(county, card, accepted=False)
    assert (card.status, event(card).detail.reason) == ("ISSUED", "路灯未装，继续办。")
    assert name(county.host) in told("card.not_accepted")
    assert name(county.deputy) not in told("card.not_accepted")


@pytest.mark.parametrize("who", ["host", "deputy", "office"])
def test_nobody_else_concludes(county, leader, who):
    card = issued(county, leader)
    judged(county, card)
    reported(county, card)
    refusal(NotAllowed, lambda: concluded(county, card, actor=getattr(county, who)))


def test_the_next_round_has_a_date_and_a_report_of_its_own(county, leader):
    card = issued(county, leader)
    judged(county, card, Rating.DISSATISFIED)
    reported(county, card)
    with noon(TODAY + timedelta(7)):
        case = release(county, fresh(card.suggestion))
        assert refusal(Invalid, lambda: concluded(county, card)).code == "dissatisfied"
        concluded(county, card, accepted=False)
        assert refusal(Conflict, lambda: reported(county, card)).code == "no_reply"
        rework = case.clocks.get(kind="REPLY", round=2).due_on
        assert rework < DUE
        evaluate(county, replied(county, fresh(case)))
        assert reported(county, card).round == 2
        assert concluded(county, card).status == "STRUCK_OFF"


def test_the_date_moves_with_a_new_round_without_an_extension(county, leader):
    card = issued(county, leader, due_on=TODAY + timedelta(7))
    judged(county, card, Rating.DISSATISFIED)
    with noon(TODAY + timedelta(7)):
        case = release(county, fresh(card.suggestion))
        rework = case.clocks.get(kind="REPLY", round=2).due_on
        amended(county, card, words=words(county, due_on=rework))
        assert last(card).due_on == rework


# the suggestion ends otherwise


def test_of_a_withdrawn_suggestion_nothing_moves_any_more(county, leader):
    card = issued(county, leader)
    case = fresh(card.suggestion)
    withdraw(case, actor=county.staff, version=version_of(case), letter=make_scan(), on=TODAY)
    assert refusal(Conflict, lambda: amended(county, card)).code == "over"
    assert refusal(Conflict, lambda: reported(county, card)).code == "withdrawn"


def test_where_a_resolution_ended_it_the_opinion_may_be_missing(county, leader):
    card = issued(county, leader)
    answered(county, card)
    reported(county, card)
    case = fresh(card.suggestion)
    end_by_resolution(
        case, actor=county.staff, version=version_of(case), basis=Suggestion.ClosingBasis.NOT_GIVEN,
        paper=Paper("县人大主任会议纪要〔2026〕5号", TODAY), reason="多次催促未反馈",
    )  # fmt: skip
    assert concluded(county, card).status == "STRUCK_OFF"


# the record


def test_every_verb_of_the_machine_is_written_here():
    assert set(CARD.table) == set(CardVerb)
    assert {row.verb for row in CARD.transitions if not row.sources} == {"fill_card"}


def faults_of_cards():
    """What ``verify_events`` finds wrong with cards; people of tests have no record of their own."""
    return [fault for fault in verify().faults if fault["place"].startswith("supervision")]


def test_verify_events_reads_the_record_of_cards(county, leader):
    card = issued(county, leader)
    assert faults_of_cards() == []
    Card.objects.filter(pk=card.pk).update(status="STRUCK_OFF")
    assert {fault["place"] for fault in faults_of_cards()} == {f"supervision.Card:{card.pk}"}


def test_feedback_and_versions_are_whole_in_the_database(county, leader):
    card = issued(county, leader)
    for act in (
        lambda: CardVersion.objects.filter(card=card).update(organ_leader=""),
        lambda: CardVersion.objects.filter(card=card).update(sha256=""),
        lambda: [CardFeedback.objects.create(card=card, round=1, report="好", on=TODAY, signed_by="李") for _ in "ab"],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


# what a reorganisation does to it


def test_the_successor_of_the_responsible_organ_reports(county, leader):
    card = issued(county, leader)
    answered(county, card)
    heir = make_actor(Role.ORGAN_HANDLER, organ=make_organ("县综合交通局"))
    with pytest.raises(NotAllowed):
        reported(county, card, actor=heir)
    reorganise(county.bureau, actor=SYSTEM, successor=heir.post.organ, on=TODAY)
    assert current(card) in Card.objects.visible_to(heir)
    assert reported(county, card, actor=heir).signed_by == "李副局长"
