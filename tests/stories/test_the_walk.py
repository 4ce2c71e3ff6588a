"""The walk: a voter's words become a suggestion, and the deputy is satisfied; every step by the page of whoever takes it."""

from datetime import date

from tests.stories import chain_of_the_walk as chain
from tests.stories import walk_of_the_court_item as short
from tests.stories import walk_of_the_suggestion as then
from tests.stories import walk_on_paper as paper
from tests.stories import walk_to_the_suggestion as first
from tests.stories.walking import assert_nothing_was_lost_or_altered, assert_numbers_agree, make_people
from tests.suggestions.factory import noon


def day(month, number):
    """Look from noon of that day in 2026."""
    return noon(date(2026, month, number))


def to_the_visits(people):
    """Topic, notice, training, publicity."""
    with day(2, 3):
        cycle = first.choose_the_topic(people)
    with day(2, 9):
        first.notify_the_station(people, cycle)
    with day(2, 11):
        first.train_and_publish(people, cycle)
    return cycle


def test_from_the_voters_words_to_the_voters_being_told(db):
    with day(2, 3):
        people = make_people()
    cycle = to_the_visits(people)
    with day(3, 9):
        first.visit(people)
    with day(3, 16):
        meeting = first.convene(people, cycle)
        first.deliberate(people, meeting)
        first.close_meeting(people, meeting)
        assert_numbers_agree(people)
    with day(3, 17):
        case = first.collect(people, meeting)
    with day(3, 18):
        first.complete_and_hand_in(people, case)
    with day(3, 24):
        then.register_and_nominate(people, case)
        first.keep_the_promise(people)
        first.settle_the_task(people)
    with day(3, 27):
        then.designate(people, case)
    with day(3, 30):
        then.hand_over(people, case, then.hold_hand_over_meeting(people))
    with day(4, 3):
        then.allot_and_sign(people, case)
        assert_numbers_agree(people)
    with day(4, 7):
        card = then.sign_the_card(people, case)
    with day(6, 10):
        then.answer(people, case, on="2026-06-09", code="B", number="望交函〔2026〕12号")
        then.judge(people, case, "DISSATISFIED", "只修了一半。")
    with day(6, 18):
        then.open_the_second_round(people, case)
    with day(7, 10):
        then.answer(people, case, on="2026-07-10", code="A", number="望交函〔2026〕20号")
        then.judge(people, case, "SATISFIED", "全线通车了。")
    with day(7, 13):
        then.strike_the_card_off(people, card)
        then.close(people, case, date(2026, 7, 13))
        then.tell_the_voter(people, case, people.county.deputy)
        assert_numbers_agree(people)
        chain.assert_tells_all_of_it(people, case, card)
    assert_nothing_was_lost_or_altered()


def test_what_is_the_courts_goes_to_the_court_itself(db):
    """Scenario 7: past the government office, which neither allots nor sees it."""
    with day(3, 30):
        people = make_people()
        case = short.enter(people)
        short.hand_over_to_the_court(people, case)
    with day(4, 20):
        short.answer_of_the_court(people, case)
        short.assert_without_the_office(people, case)
    with day(4, 22):
        then.judge(people, case, "SATISFIED", "执行到位了。", organ=people.court)
        short.release(people, case)
    assert case.assignments.get().organ == people.court.post.organ
    assert_nothing_was_lost_or_altered()


def test_on_paper_the_same_way_is_recorded_by_station_and_staff(db):
    """Deputy, deputy chairperson and organ sign on paper alone; liaison and staff record each act on its road."""
    with day(2, 3):
        people = make_people()
    cycle = to_the_visits(people)
    with day(3, 9):
        first.record_visit(people, cycle)
    with day(3, 16):
        meeting = first.convene(people, cycle)
        first.deliberate(people, meeting)
        first.close_meeting(people, meeting)
    with day(3, 18):
        case = first.collect(people, meeting)
        first.hand_in_on_paper(people, case)
    with day(3, 27):
        then.register_and_nominate(people, case)
        then.designate(people, case)
    with day(3, 30):
        then.hand_over(people, case, then.hold_hand_over_meeting(people))
    with day(4, 3):
        then.allot_and_sign(people, case)
    with day(4, 8):
        card = paper.sign_the_card(people, case)
    with day(6, 10):
        then.answer(people, case, on="2026-06-09", code="A", number="望交函〔2026〕12号")
        paper.judge(people, case)
    with day(6, 15):
        paper.strike_the_card_off(people, card)
        then.close(people, case, date(2026, 6, 15))
        then.tell_the_voter(people, case, people.county.liaison)
    paper.assert_deputy_and_chair_did_nothing_here(people, case)
    assert_nothing_was_lost_or_altered()
