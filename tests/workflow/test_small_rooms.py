"""Numbers, words, the clock of the house and the id of a request."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from workflow import clock, numbering, requests, text
from workflow.engine import Stale
from workflow.models import NumberSeries


@pytest.mark.django_db
class TestNumbering:
    def test_numbers_are_given_once_and_in_order(self):
        assert [numbering.allot("suggestion", "18-5") for _ in range(4)] == [1, 2, 3, 4]

    def test_each_scope_counts_for_itself(self):
        assert [numbering.allot("suggestion", scope) for scope in ("18-5", "18-6", "18-5")] == [1, 1, 2]

    def test_a_series_goes_on_behind_what_is_taken(self):
        numbering.reserve("suggestion", "18-5", 37)
        numbering.reserve("suggestion", "18-5", 12)
        assert numbering.allot("suggestion", "18-5") == 38

    def test_a_number_taken_meanwhile_is_never_given_twice(self, monkeypatch):
        numbering.allot("suggestion", "18-5")
        held = NumberSeries.objects.get()
        NumberSeries.objects.update(next=9)
        monkeypatch.setattr(type(NumberSeries.objects.all()), "get_or_create", lambda *_a, **_k: (held, False))
        with pytest.raises(Stale):
            numbering.allot("suggestion", "18-5")
        assert NumberSeries.objects.get().next == 9


class TestText:
    @pytest.mark.parametrize(
        ("words", "folded"),
        [
            (("第０３７号", "A类"), "第037号 a类"),
            (("  王\u3000小\n明 ", "", "付  立"), "王 小 明 付 立"),
            (("ＰＭ２．５",), "pm2.5"),
            (("㎡",), "m2"),
            (("", ""), ""),
            (("𠮷田",), "𠮷田"),
        ],
    )
    def test_words_are_folded_alike(self, words, folded):
        assert text.fold(*words) == folded

    def test_folding_twice_changes_nothing(self):
        once = text.fold("Ｋａｆｆｅｅ  (一)")
        assert text.fold(once) == once

    @pytest.mark.parametrize("written", ["会（协）办 单位", "会(协)办单位", " 会（协）办\n单位"])
    def test_a_heading_is_found_however_it_is_written(self, written):
        assert text.key(written) == "会(协)办单位"

    @pytest.mark.parametrize(
        ("name", "syllables"),
        [("曾庆海", "zeng qing hai"), ("单雄", "shan xiong"), ("王小明", "wang xiao ming"), ("解", "xie"), ("", "")],
    )
    def test_family_names_sound_as_they_do(self, name, syllables):
        assert text.name_pinyin(name) == syllables

    def test_a_place_is_no_family_name(self):
        assert text.pinyin("单位") == "dan wei"

    @pytest.mark.parametrize(("syllables", "typed"), [("shi qiao zhen", "shiqiaozhen sqz"), ("", ""), ("xie", "xie x")])
    def test_people_type_syllables_or_initials(self, syllables, typed):
        assert text.typed(syllables) == typed


class TestClock:
    def test_the_house_looks_from_the_moment_and_back_again(self):
        moment = datetime(2026, 3, 1, 4, tzinfo=UTC)
        with clock.at(moment):
            assert (clock.now(), clock.today()) == (moment, date(2026, 3, 1))
            with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
                assert clock.today() == date(2027, 3, 1)
            assert clock.now() == moment
        assert clock.now() > moment

    def test_it_looks_back_after_an_error(self):
        with pytest.raises(ZeroDivisionError), clock.at(datetime(1970, 1, 1, tzinfo=UTC)):
            raise ZeroDivisionError
        assert clock.today().year > 1970

    def test_a_naive_moment_is_refused(self):
        with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 3, 1)):
            pass

    def test_the_day_is_that_of_the_county_whatever_zone_is_active(self):
        with clock.at(datetime(2026, 3, 1, 17, tzinfo=UTC)), timezone.override("America/New_York"):
            assert clock.today() == date(2026, 3, 2)


class TestRequests:
    def test_a_request_keeps_its_id_until_the_next_begins(self):
        first = requests.begin()
        assert requests.request_id() == first
        assert requests.begin() != first
        assert requests.begin("of a task") == requests.request_id() == "of a task"

    def test_another_thread_has_none(self):
        requests.begin()
        seen = []
        thread = threading.Thread(target=lambda: seen.append(requests.request_id()))
        thread.start()
        thread.join()
        assert seen == [""]
