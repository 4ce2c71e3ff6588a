"""The running cases: one in each state, one late, one near, one handled again, each waiting for somebody."""

from collections.abc import Callable, Iterable, Iterator

from stations.models import Mandate
from suggestions.models import Rating
from suggestions.transitions.lines import Line
from supervision.demo import words
from supervision.demo.cast import DEPUTY, DEPUTY2, OFFICIAL, county_mandate
from supervision.demo.keys import ask_for_time
from supervision.demo.moments import Moments
from supervision.demo.story import Cast, Story, handed_over_when_due_in

#: Two more deputies of 石桥镇 who sign along.
OTHERS = ("X0064", "X0154")


#: One case, told by who signs and with its number.
Chapter = Callable[["_Teller", int], Story]


class Cases:
    """The cases outside of the chain, the oldest first; between the two halves the chain's are numbered."""

    def __init__(self, cast: Cast, moments: Moments) -> None:
        lead, second, official = (county_mandate(number) for number in (DEPUTY, DEPUTY2, OFFICIAL))
        signed = [county_mandate(number) for number in OTHERS]
        self._tell = _Teller(cast, moments, lead, second, official, signed)

    def play_earlier(self, numbers: Iterator[int]) -> list[int]:
        """Registered before the meetings; their keys."""
        return self._play(EARLIER, numbers)

    def play_later(self, numbers: Iterator[int]) -> list[int]:
        """Registered after them; their keys."""
        return self._play(LATER, numbers)

    def _play(self, chapters: Iterable[Chapter], numbers: Iterator[int]) -> list[int]:
        return [chapter(self._tell, next(numbers)).pk for chapter in chapters]


class _Teller:
    """Who signs, and how a story begins."""

    def __init__(
        self, cast: Cast, moments: Moments, lead: Mandate, second: Mandate, official: Mandate, signed: list[Mandate]
    ) -> None:
        self.cast, self.moments = cast, moments
        self.lead, self.second, self.official, self.signed = lead, second, official, signed

    def begin(self, text: words.Words, ago: int, *signed: Mandate, serial: int, host: str = "unit") -> Story:
        """Submitted five days before the hand-over of ``ago`` and registered the day after."""
        story = Story(text, self.cast, self.moments, host=host)
        return story.submit(ago + 5, *signed).register(ago + 4, serial)

    def under_way(
        self, text: words.Words, ago: int, *signed: Mandate, serial: int, host: str = "unit", co_host: str = ""
    ) -> Story:
        """Handed over ``ago``, allotted the day after, receipt signed the day after that."""
        story = self.begin(text, ago, *signed, serial=serial, host=host)
        return story.hand_over(ago).allot(ago - 1, co_host).sign_receipt(ago - 2)


def _again(tell: _Teller, serial: int) -> Story:
    """Answered with words, the deputy was not satisfied; the second round runs."""
    story = tell.under_way(words.WINTER_WATER, 150, tell.lead, *tell.signed, serial=serial)
    story.contact(130, "到下庄村召开座谈会，听取代表和群众意见，约定入冬前拿出方案。", "希望给出具体时间。")
    line = Line("分段更换下庄村裸露主管道800米并包保温层", tell.moments.ahead(40), "史浩志")
    story.draft(90, "B", line=line).put_up(89).sign_reply(88, "望水函〔2026〕31号").deliver(86)
    why = "只换了几个阀门，水还是上不来。什么时候装加压泵，答复里没有说。"
    return story.evaluate(30, "deputy", Rating.DISSATISFIED, why, "请人大帮着催一催，老人挑水实在危险。").release(27)


def _closed(tell: _Teller, serial: int) -> Story:
    """Solved with a co-host, the deputy satisfied, closed."""
    story = tell.under_way(words.CANAL, 120, tell.lead, tell.second, serial=serial, co_host="unit2")
    story.contact(108, "与代表一同沿渠查看，确定先修漏水最重的600米。", "同意先修这一段。")
    story.opinion(101, "所需资金从小型农田水利维修养护经费中安排，已纳入本年度预算。")
    story.draft(70, "A").put_up(69).sign_reply(67, "望水函〔2026〕38号").deliver(65)
    return story.evaluate(58, "deputy", Rating.SATISFIED, "渠修好了，水到田头了。").release(56)


def _late(tell: _Teller, serial: int) -> Story:
    """Past its date: red for everybody."""
    story = tell.under_way(words.POND, handed_over_when_due_in(-6), tell.second, tell.signed[0], serial=serial)
    return story.contact(
        60, "电话联系代表，说明正在测算清淤方量。", "请抓紧，过了冬修就没工夫了。", away="代表在宁波务工，年底才回来"
    )


def _near(tell: _Teller, serial: int) -> Story:
    """Due in days; the unit's draft is there and goes no further."""
    story = tell.under_way(words.EMBANKMENT, handed_over_when_due_in(9), tell.lead, tell.signed[1], serial=serial)
    story.contact(40, "请代表到险段现场，当面说明护脚方案和工期。", "赞成先做护脚。")
    line = Line("其余120米抛石护脚列入中小河流治理并在汛前完工", tell.moments.ahead(150), "史浩志")
    return story.draft(3, "B", line=line)


def _to_be_signed(tell: _Teller, serial: int) -> Story:
    """The reply lies on the head's desk."""
    story = tell.under_way(words.METER, handed_over_when_due_in(20), tell.signed[0], tell.lead, serial=serial)
    story.contact(35, "走访代表，核对各村水价和换表进度。", "先把水价统一了，群众就没意见。")
    return story.draft(4, "A").put_up(2)


def _released(tell: _Teller, serial: int) -> Story:
    """Judged by the lead; the verdict waits for staff."""
    story = tell.under_way(words.RESERVOIR, 68, tell.second, tell.lead, serial=serial)
    story.contact(55, "与代表、镇村干部一同踏勘岸线，商定禁钓范围。", "范围合适。")
    story.draft(25, "A").put_up(24).sign_reply(22, "望水函〔2026〕52号").deliver(20)
    return story.evaluate(1, "deputy2", Rating.BASICALLY, "牌子立了，垃圾少多了，周末还要有人管。")


def _judged_soon(tell: _Teller, serial: int) -> Story:
    """Answered and delivered; the deputy has not said anything yet."""
    story = tell.under_way(words.UPKEEP, 60, tell.lead, tell.official, serial=serial)
    story.contact(45, "上门走访代表，商定公示的内容和时间。", "按季公示就好。")
    return story.draft(12, "A").put_up(11).sign_reply(9, "望水函〔2026〕57号").deliver(4)


def _co_host_late(tell: _Teller, serial: int) -> Story:
    """The co-host's opinion is late, and the host cannot finish without it."""
    story = tell.under_way(words.PUMP, 48, tell.official, tell.second, serial=serial, co_host="unit2")
    return story.contact(30, "到提灌站查看机泵，估算更换费用约38万元，请财政部门出具意见。", "资金落实是关键。")


def _withdrawn(tell: _Teller, serial: int) -> Story:
    """The matter was solved another way, and the lead took the paper back."""
    story = tell.under_way(words.WELL, 40, tell.second, tell.signed[0], serial=serial)
    return story.withdraw(22, "李家坪村已由乡村振兴项目接通镇水厂管道，不再需要打井，请求撤回本建议。")


def _of_finance(tell: _Teller, serial: int) -> Story:
    """The finance bureau hosts alone and asks for more time; the government office has not said anything."""
    story = tell.under_way(
        words.GRANT, handed_over_when_due_in(25), tell.signed[1], tell.official, serial=serial, host="unit2"
    )
    story.contact(20, "向代表说明奖补资金拨付流程和目前进度。", "希望年底前到账。")
    ask_for_time(story, 2, 50, "两个乡镇的验收资料还在补正。", "资料齐一批、拨付一批，先拨已验收的十一个村。")
    return story


def _at_office(tell: _Teller, serial: int) -> Story:
    """The government office has to choose a host."""
    return tell.begin(words.SCHOOL_BUS, 2, tell.official, tell.lead, serial=serial).hand_over(2)


def _registered(tell: _Teller, serial: int) -> Story:
    """Numbered, to be handed over."""
    return Story(words.PENSION, tell.cast, tell.moments).submit(3, tell.lead, tell.second).register(2, serial)


def _new(text: words.Words) -> Chapter:
    """Just came in, without a number."""
    return lambda tell, _serial: Story(text, tell.cast, tell.moments).submit(1, tell.second, origin="BETWEEN")


#: The oldest first, so that numbers rise with the days.
EARLIER: tuple[Chapter, ...] = (
    _again,
    _closed,
    _late,
    _near,
    _to_be_signed,
    _released,
    _of_finance,
    _judged_soon,
    _co_host_late,
    _withdrawn,
)
LATER: tuple[Chapter, ...] = (_at_office, _registered, _new(words.TOILET), _new(words.GAS_ALARM))
