"""The State Council's notice is read as it is pasted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.workflow.test_calendar_data import BREAKS, WORKED, on, span
from workflow.announcements import EXAMPLE, read_announcement

NOTICE_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日
"""


def test_the_notice_of_2026_gives_the_year_as_it_is_stored():
    found = read_announcement(NOTICE_2026, 2026)
    off = [day for text in BREAKS[2026].split() for day in span(2026, text)]
    assert set(found.holidays) == {day for day in off if day.weekday() < 5}
    assert found.workdays == {on(2026, text) for text in WORKED[2026].split()}
    assert list(dict.fromkeys(found.holidays.values())) == [
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    ]  # fmt: skip


def test_two_holidays_in_one_break_keep_both_names():
    found = read_announcement("国庆节、中秋节：10月1日至8日放假调休，共8天。9月28日、10月11日上班。", 2025)
    assert set(found.holidays.values()) == {"国庆节、中秋节"}
    assert found.workdays == {date(2025, 9, 28), date(2025, 10, 11)}


def test_a_break_over_new_year_gives_the_days_of_its_year_only():
    found = read_announcement("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert set(found.holidays) == {date(2023, 1, 2)}


def test_the_month_is_said_once():
    found = read_announcement("春节：2月10日至17日放假。2月4日、18日上班", 2024)
    assert found.workdays == {date(2024, 2, 4), date(2024, 2, 18)}


def test_a_single_day_and_half_width_signs():
    assert read_announcement("元旦: 1月1日(星期三)放假,不调休.", 2025).holidays == {date(2025, 1, 1): "元旦"}


def test_the_example_can_be_read():
    assert read_announcement(EXAMPLE, 2026).workdays == {date(2026, 2, 14), date(2026, 2, 28)}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (NOTICE_2026, 2027),
        ("", 2026),
        ("现将放假安排通知如下", 2026),
        ("春节：2月30日放假", 2026),
        ("春节：13月1日放假", 2026),
        ("春节：1日放假", 2026),
        ("春节：2月15日至3日放假", 2026),
        ("春节：2月1日至12月3日放假", 2026),
        ("春节：2月16日放假。3月3日上班", 2026),
        ("春节：2月14日至15日上班", 2026),
        ("春节：99999999999999999999日放假", 2026),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(text, year):
    with pytest.raises(ValidationError) as refused:
        read_announcement(text, year)
    assert refused.value.messages[0]
