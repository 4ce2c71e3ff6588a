"""The problem cases that a standing committee asks about first, told by the verbs like everything else."""

from collections.abc import Iterator

from stations.models import Mandate
from suggestions.models import Objection, Rating
from supervision.demo import problem_words as words
from supervision.demo.cast import DEPUTY, DEPUTY2, EDUCATION, TRAFFIC, mandate
from supervision.demo.moments import Moments
from supervision.demo.passed import PassedRound
from supervision.demo.story import Cast
from supervision.demo.words import Words

#: The village doctor of seventy, the deputies of 王家渡, and one of them who died in office.
DOCTOR, RIVERSIDE, FERRYMAN = "X0154", ("X0016", "X0046", "X0076", "X0106", "X0136", "X0196"), "X0166"


class Problems:
    """What they play with; each method is one matter."""

    def __init__(self, cast: Cast, moments: Moments, numbers: Iterator[int]) -> None:
        self.cast, self.moments, self._numbers = cast, moments, numbers
        self.first, self.second, self.doctor = mandate(DEPUTY), mandate(DEPUTY2), mandate(DOCTOR)

    def play(self) -> list[int]:
        """All of them, the oldest first; their keys."""
        alone = [self._tap(), self._ferry(), self._poles(), self._street(), self._ride(), self._handheld()]
        return [story.pk for story in (*self._clinic(), *alone, *self._roads())]

    def _ride(self) -> PassedRound:
        """Passed round twice, until a county leader settled who leads."""
        story = self._handed_over(words.RIDE, 34, self.second, self.doctor, host="traffic").allot(33)
        story.object_to(32, "学生接送不属于道路客运，应由教育部门牵头。", EDUCATION)
        story.agree(31).pass_on(30, "education", "由县教育局先行研究。")
        story.object_to(28, "运力审批、车辆监管在交通部门，我局没有执法权。", TRAFFIC).agree(27)
        settled = "县政府专题会议确定：县交通运输局牵头，县教育局配合。"
        story.pass_on(26, "traffic", settled, "education", leader="陈志远")
        story.sign_receipt(25)
        return story.contact(18, "与代表、学校一同踏勘两条线路，商定候车点。", "开学就要有车。")

    def _tap(self) -> PassedRound:
        """Committed in the answer, satisfied with it; the day passed, and there is still no water."""
        story = self._under_way(words.TAP, 150, self.first, self.second, host="unit")
        story.contact(135, "到金谷社区后山组实地查看水源和管线走向。", "说个准日子。")
        story.draft_with(100, "接通镇水厂管道2.4公里，建成加压泵房，后山两个组通水", 76, "史浩志")
        story.put_up(99).sign_reply(97, "望水函〔2026〕27号").deliver(95)
        story.evaluate(88, "deputy", Rating.SATISFIED, "答复得实在，就看通不通水。").release(86)
        return story.note_broken(9, "管道上周铺到村口，泵房设备未到货，尚未通水；现每天送水一车。")

    def _clinic(self) -> list[PassedRound]:
        """The third year running, answered in the same words each time."""
        years = ((words.CLINIC_BEFORE_LAST, 760, 9), (words.CLINIC_LAST, 400, 12), (words.CLINIC, 75, 61))
        stories = []
        for text, ago, number in years:
            story = self._under_way(text, ago, self.doctor, host="health")
            story.contact(
                ago - 30, "电话听取代表意见，说明药品配备的有关规定。", "药要送到村里。", away="代表在村卫生室坐诊"
            )
            story.draft(ago - 45, "C").put_up(ago - 46).sign_reply(ago - 48, f"望卫函〔{self._year(ago)}〕{number}号")
            stories.append(story.deliver(ago - 50))
        for story, ago in zip(stories, (700, 340), strict=False):
            story.evaluate_by_telephone(ago, Rating.BASICALLY, "再看看。").release(ago - 3)
        stories[-1].evaluate_by_telephone(6, Rating.DISSATISFIED, "三年答复一个字没改，药还是那几种。")
        return stories

    def _roads(self) -> list[PassedRound]:
        """Six of one village, handled as one case; two are answered, each with a letter of its own."""
        leads = [mandate(number) for number in RIVERSIDE]
        stories = [self._registered(text, 48, lead) for text, lead in zip(words.ROADS, leads, strict=True)]
        first, *others = stories
        first.merge(44, others, words.ROADS_WHY)
        first.hand_over(42).allot(41).sign_receipt(40)
        first.contact(30, "到王家渡村把六条路一并看过，商定先修主街和学校门前。", "年底前先让孩子走上好路。")
        answer = "您提出的建议收悉。经一并勘察，该路段列入今年农村公路养护计划，{}前完工。"
        for number, (story, day) in enumerate(zip(stories, ("11月底", "12月中旬"), strict=False), 71):
            story.draft(14, "A", answer.format(day)).put_up(13).sign_reply(12, f"望交函〔{self._year(12)}〕{number}号")
            story.deliver(10)
        return stories

    def _poles(self) -> PassedRound:
        """A vertical unit that would not have the county's form: kept, and answered by a letter of its own style."""
        story = self._handed_over(words.POLES, 62, self.first, host="power").allot(61)
        story.object_to(
            60, "我公司属垂直管理，按上级规定受理用电诉求，不填报县里的表。", reason=Objection.Reason.HIGHER_LEVEL
        )
        story.keep(58, "驻县垂直管理单位同样负有办理代表建议的责任；可用本单位格式复函，但须如期答复。")
        story.sign_receipt(57)
        story.contact(45, "电话说明迁杆计划。", "尽快。", away="单位要求先走95598工单")
        story.draft(30, "A").put_up(29).sign_reply(27, "国网望电函〔2026〕7号").deliver(25)
        return story.evaluate_by_telephone(15, Rating.BASICALLY, "杆子迁了一根。").release(13)

    def _street(self) -> PassedRound:
        """The organ's own form says satisfied, the call-back says basically satisfied."""
        story = self._under_way(words.STREET, 80, self.doctor, self.second, host="traffic")
        story.contact(66, "逢集日请代表到现场看划线方案。", "要有人管。")
        story.draft(40, "A").put_up(39).sign_reply(37, "望交函〔2026〕58号").deliver(35)
        story.hand_in_form(33, Rating.SATISFIED)
        return story.evaluate_by_telephone(26, Rating.BASICALLY, "线划了，逢集人一多还是乱。").release(24)

    def _ferry(self) -> PassedRound:
        """The lead died after the answer had come; the co-signer continues and is satisfied."""
        story = self._under_way(words.FERRY, 130, mandate(FERRYMAN), self.second, mandate(RIVERSIDE[1]), host="traffic")
        story.contact(115, "到渡口与代表查看码头和救生设备。", "汛期前修好。")
        story.draft(90, "A").put_up(89).sign_reply(87, "望交函〔2026〕49号").deliver(85)
        story.continued(70, self.second, "因病去世")
        return story.evaluate_as(
            58, "deputy2", self.second, Rating.SATISFIED, "码头修好了，老高要是看得到就好了。"
        ).release(56)

    def _handheld(self) -> PassedRound:
        """A photo of the doctor's handwriting; typed by the liaison, read out to him, confirmed and handed in."""
        story = PassedRound(words.HANDHELD, self.cast, self.moments)
        story.write(12, "station", self.doctor, handwriting=words.HANDHELD_SHEET)
        story.confirm(11).hand_in(11)
        return story.register(10, next(self._numbers))

    # --- how they begin

    def _registered(self, text: Words, ago: int, *signed: Mandate, host: str = "traffic") -> PassedRound:
        """On paper, registered the day after."""
        story = PassedRound(text, self.cast, self.moments, host=host).submit(ago, *signed, origin="BETWEEN")
        return story.register(ago - 1, next(self._numbers))

    def _handed_over(self, text: Words, ago: int, *signed: Mandate, host: str) -> PassedRound:
        """Registered and handed over to the government office ``ago``."""
        return self._registered(text, ago + 6, *signed, host=host).hand_over(ago)

    def _under_way(self, text: Words, ago: int, *signed: Mandate, host: str) -> PassedRound:
        """Handed over ``ago``, allotted the day after, receipt signed the day after that."""
        return self._handed_over(text, ago, *signed, host=host).allot(ago - 1).sign_receipt(ago - 2)

    def _year(self, ago: int) -> int:
        return self.moments.day(ago).year
