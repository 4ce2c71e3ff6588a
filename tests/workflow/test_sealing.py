"""Sealed words: only the right key at the right place opens them."""

import pytest

from workflow import sealing

OLD, NEW = "o" * 40, "n" * 40
PLACE = "voter:1:name"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.FIELD_KEYS = [OLD]


@pytest.mark.parametrize("text", ["王大爷", "13800001111", " ", "a.b.c", "🙂" * 200])
def test_what_was_sealed_opens_again_and_does_not_show(text):
    sealed = sealing.seal(text, PLACE)
    assert sealing.unseal(sealed, PLACE) == text
    assert not text.strip() or text not in sealed


def test_nothing_stays_nothing():
    assert sealing.seal("", PLACE) == sealing.unseal("", PLACE) == sealing.mark("", "phone") == ""
    assert sealing.marks("", "phone") == []


def test_the_same_text_never_looks_the_same_twice():
    assert sealing.seal("王大爷", PLACE) != sealing.seal("王大爷", PLACE)


def test_a_new_key_in_front_seals_while_the_old_one_still_opens(settings):
    before = sealing.seal("王大爷", PLACE)
    settings.FIELD_KEYS = [NEW, OLD]
    after = sealing.seal("王大爷", PLACE)
    assert (sealing.unseal(before, PLACE), sealing.unseal(after, PLACE)) == ("王大爷", "王大爷")
    assert [value.split(".")[1] for value in (after, before)] == [sealing.key_id(NEW), sealing.key_id(OLD)]


def test_without_its_key_it_does_not_open(settings):
    sealed = sealing.seal("王大爷", PLACE)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(sealing.Broken):
        sealing.unseal(sealed, PLACE)


def test_moved_to_another_place_it_does_not_open():
    with pytest.raises(sealing.Broken):
        sealing.unseal(sealing.seal("王大爷", PLACE), "voter:2:name")


def test_every_altered_character_is_noticed():
    sealed = sealing.seal("王大爷", PLACE)
    for place, letter in enumerate(sealed):
        altered = sealed[:place] + ("A" if letter != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(sealing.Broken):
            sealing.unseal(altered, PLACE)


@pytest.mark.parametrize("value", ["王大爷", "v1", "v1.x.y", "v1..", "v9.00000000.AAAA", ".".join("abcd")])
def test_what_was_never_sealed_is_broken_and_not_shown(value):
    with pytest.raises(sealing.Broken) as broken:
        sealing.unseal(value, PLACE)
    assert value not in str(broken.value)


def test_a_cut_off_value_is_broken():
    sealed = sealing.seal("王大爷", PLACE)
    with pytest.raises(sealing.Broken):
        sealing.unseal(sealed[:30], PLACE)


def test_a_mark_is_the_same_for_the_same_text_and_purpose_only():
    assert sealing.mark("13800001111", "phone") == sealing.mark("13800001111", "phone")
    assert sealing.mark("13800001111", "phone") != sealing.mark("13800001112", "phone")
    assert sealing.mark("13800001111", "phone") != sealing.mark("13800001111", "words")


def test_a_mark_of_an_old_key_is_still_found(settings):
    before = sealing.mark("13800001111", "phone")
    settings.FIELD_KEYS = [NEW, OLD]
    assert before in sealing.marks("13800001111", "phone")
    assert sealing.mark("13800001111", "phone") != before
