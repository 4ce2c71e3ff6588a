"""The progress workbook of the county's own ledger: every cell, every total, every rate."""

import re
from collections import Counter
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actor import SYSTEM
from accounts.models import Organ, Role
from suggestions.models import Assignment, Suggestion, SuggestionClock, Verdict
from supervision.reports import progress
from tests.county import LedgerTestCase, expected
from tests.factory import make_actor
from tests.reports.books import by_name, looks, summary, tables, written
from tests.suggestions.factory import noon

TODAY = date(2026, 11, 23)
STATES = {"CLOSED": "已办结", "REPLIED": "已答复", "HANDLING": "办理中"}
OPINIONS = {"SATISFIED": "满意", "BASICALLY": "基本满意", "DISSATISFIED": "不满意"}


def letter(number: int) -> str:
    return chr(ord("A") + number)


def remark_of(case: Suggestion) -> str:
    clock = case.clocks.get()
    late = (clock.met_on or TODAY) > clock.due_on
    return "；".join([*(["★重点"] if case.is_key else []), *(["超期"] if late else []), "台账导入"])


def row_of(place: int, case: Suggestion) -> list:
    """A row of table 5, put together from the tables one by one."""
    host = case.assignments.exclude(part="CO_HOST").get()
    reply = getattr(host, "reply", None)
    verdict = case.verdicts.first()
    return [
        place, f"第{case.serial:03d}号", case.title, case.lead.person.name, host.organ.name, "", "", "",
        case.first_handed_over_on, "", STATES[case.status], "", "", reply.letter_on if reply else "",
        reply.doc_no if reply else "", reply.result_class.code if reply else "",
        OPINIONS[verdict.value] if verdict else "", remark_of(case),
    ]  # fmt: skip


class ProgressOfTheCounty(LedgerTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with noon(TODAY):
            cls.content = written(SYSTEM)

    def test_six_sheets_with_the_customary_headings(self):
        found = {name: tuple(heading) for name, (heading, _rows) in tables(self.content).items()}
        assert list(found) == ["汇总", "按承办单位", "按类别", "交办清单", "办理台账", "统计口径"]
        assert (found["按承办单位"], found["办理台账"]) == (progress.BY_ORGAN, progress.LEDGER)
        assert (found["按类别"], found["交办清单"]) == (progress.BY_FIELD, progress.HANDED_OVER)

    def test_every_cell_of_the_ledger(self):
        cases = Suggestion.objects.order_by("serial")
        _heading, rows = tables(self.content)["办理台账"]
        assert rows == [row_of(place, case) for place, case in enumerate(cases, 1)]

    def test_hosts_are_those_that_the_papers_count(self):
        rows = by_name(self.content, "按承办单位", "承办单位")
        rows.pop("合计")
        assert {name: row["主办件"] for name, row in rows.items() if row["主办件"]} == expected("suggestion_ledger")[
            "by_host"
        ]
        assert sum(row["会(协)办件"] for row in rows.values()) == expected("suggestion_ledger")["cohosts"]

    def test_every_count_of_every_organ(self):
        rows = by_name(self.content, "按承办单位", "承办单位")
        rows.pop("合计")
        for name, row in rows.items():
            assert row == self.counted(name, row["序号"]), name

    def counted(self, name: str, place: int) -> dict:
        hosted = Suggestion.objects.filter(assignments__organ__name=name, assignments__part__in=["SOLE", "HOST"])
        co_hosted = Assignment.objects.filter(organ__name=name, part="CO_HOST").count()
        clocks = list(SuggestionClock.objects.filter(suggestion__in=hosted))
        classes = Counter(hosted.values_list("assignments__reply__result_class__code", flat=True))
        verdicts = Counter(Verdict.objects.filter(suggestion__in=hosted).values_list("value", flat=True))
        size, replied = hosted.count(), sum(1 for clock in clocks if clock.met_on)
        content = verdicts["SATISFIED"] + verdicts["BASICALLY"]
        counts = [
            place, name, size, co_hosted, 0, size + co_hosted, 0, 0, 0, "", replied, replied / size if size else "",
            sum(1 for clock in clocks if clock.met_on and clock.met_on <= clock.due_on),
            sum(1 for clock in clocks if (clock.met_on or TODAY) > clock.due_on),
            *(classes[code] for code in "ABCD"), *(verdicts[value] for value in OPINIONS), 0,
            content / sum(verdicts.values()) if verdicts else "", 0, f"{size}件历史台账导入" if size else "",
        ]  # fmt: skip
        return dict(zip(progress.BY_ORGAN, counts, strict=True))

    def test_totals_are_formulas_over_all_rows_of_their_column(self):
        page = looks(self.content)["按承办单位"]
        last = page.max_row
        sums = [place for place, heading in enumerate(progress.BY_ORGAN) if heading not in NO_SUM]
        for place in sums:
            column = letter(place)
            assert page[f"{column}{last}"].value == f"=SUM({column}4:{column}{last - 1})"
        assert page[f"A{last}"].value == "合计"

    def test_rates_below_are_rates_of_the_sums(self):
        page = looks(self.content)["按承办单位"]
        last = page.max_row
        cells = {heading: f"{letter(place)}{last}" for place, heading in enumerate(progress.BY_ORGAN)}
        rate = page[cells["办复率"]].value
        assert rate == f'=IFERROR({cells["已答复"]}/{cells["主办件"]},"")'
        named = re.findall(r"[A-Z]\d+", page[cells["满意率"]].value)
        assert named[:2] == [cells["满意"], cells["基本满意"]]
        assert set(named) == {cells["满意"], cells["基本满意"], cells["不满意"]}

    def test_the_summary_agrees_with_the_papers_and_with_the_sums(self):
        told, found = expected("suggestion_ledger"), summary(self.content)
        named = ("建议总数", "其中重点建议", "已答复", "不满意", "办结")
        assert [found[name] for name in named] == [
            told["suggestions"],
            told["key"],
            told["replied"],
            told["dissatisfied"],
            42,
        ]
        rows = by_name(self.content, "按承办单位", "承办单位")
        rows.pop("合计")
        for name in SUMMED:
            assert found[name] == sum(row[name] for row in rows.values()), name

    def test_shares_are_of_what_stands_beside_them(self):
        rows = by_name(self.content, "汇总", "项目")
        assert rows["已答复"]["比率"] == 81 / 90
        assert rows["满意和基本满意"]["比率"] == 78 / 81
        assert rows["已面商"]["比率"] == ""

    def test_it_prints_on_a4_across_with_its_heading_on_every_page(self):
        for page in looks(self.content):
            assert page.freeze_panes == "A4"
            assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
            assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
            assert page.print_title_rows == "$3:$3"

    def test_dates_are_dates_and_numbers_are_numbers(self):
        page = looks(self.content)["办理台账"]
        assert page["I4"].is_date
        assert page["N4"].is_date
        assert page["A4"].data_type == "n"

    def test_every_heading_that_needs_it_is_explained(self):
        _heading, rows = tables(self.content)["统计口径"]
        explained = "、".join(row[0] for row in rows)
        plain = {"序号", "承办单位", "合计", "备注", "满意率", "主办件"}
        words = [re.sub(r"[A-D]类", "A类", heading) for heading in progress.BY_ORGAN if heading not in plain]
        assert [word for word in words if word not in explained] == []

    def test_an_organ_finds_what_it_may_see_and_no_verdict_before_its_release(self):
        water = Organ.objects.get(name="县水利局")
        actor = make_actor(Role.ORGAN_HANDLER, organ=water)
        content = written(actor)
        visible = Suggestion.objects.visible_to(actor)
        rows = by_name(content, "办理台账", "标题")
        assert set(rows) == set(visible.values_list("title", flat=True))
        assert 0 < len(rows) < 90
        judged = {case.title: case.status for case in visible.exclude(verdicts=None)}
        assert {row["代表意见"] for title, row in rows.items() if judged.get(title) == "REPLIED"} == {"未反馈"}
        assert "未反馈" not in {row["代表意见"] for title, row in rows.items() if judged.get(title) == "CLOSED"}
        assert water.name in looks(content)["汇总"]["A2"].value

    def test_the_government_office_finds_what_went_through_it(self):
        office = Organ.objects.get(kind="GOVERNMENT_OFFICE")
        actor = make_actor(Role.GOVERNMENT_OFFICE, organ=office)
        rows = by_name(written(actor), "办理台账", "标题")
        assert set(rows) == set(Suggestion.objects.filter(hand_overs__to=office).values_list("title", flat=True))

    def test_the_committee_finds_everything(self):
        content = written(make_actor(Role.COMMITTEE_STAFF))
        assert len(by_name(content, "办理台账", "编号")) == 90
        assert summary(content) == summary(written(SYSTEM))

    def test_the_number_of_queries_does_not_grow_with_the_rows(self):
        few = make_actor(Role.ORGAN_HANDLER, organ=Organ.objects.get(name="县财政局"))
        staff = make_actor(Role.COMMITTEE_STAFF)
        counts = []
        for actor in (few, staff):
            with CaptureQueriesContext(connection) as queries:
                written(actor)
            counts.append(len(queries))
        # six sheets, each with its rows, their number and what hangs on them
        assert counts[1] <= counts[0] <= 13


NO_SUM = {"序号", "承办单位", "面商率", "办复率", "满意率", "备注"}
SUMMED = (
    "已签收",
    "已面商",
    "已答复",
    "按期答复",
    "超期",
    "A类",
    "B类",
    "C类",
    "D类",
    "满意",
    "基本满意",
    "不满意",
    "未反馈",
    "重新办理",
)
