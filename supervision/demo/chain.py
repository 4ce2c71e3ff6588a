"""Suggestions of the chain: collected from the meetings, written by deputies, designated as key, handed over together."""

from collections.abc import Iterator
from typing import Any

from accounts.models import Organ
from deliberations.models import Attendance, Meeting
from deliberations.transitions import hand_over_meetings as together
from deliberations.transitions.hand_over_meetings import Attendee, MeetingFacts
from stations.models import Mandate
from suggestions.models import Rating, Suggestion
from suggestions.transitions import hand_over_many
from suggestions.transitions.lines import Line
from supervision.demo import draft_words, key_words, words
from supervision.demo.cast import COURT, DEPUTY, DEPUTY2, FINANCE, OFFICE, WATER, mandate
from supervision.demo.drafts import Draft
from supervision.demo.keys import (
    agree_time,
    ask_for_time,
    designate,
    fill_card,
    grant_time,
    issue_card,
    nominate,
    report_done,
)
from supervision.demo.moments import Moments
from supervision.demo.story import Cast, Story, handed_over_when_due_in
from supervision.demo.words import Words

#: Days before today of the hand-over meeting, and after today of the next.
HANDED_OVER, NEXT_MEETING = 14, 5
COUNCIL = 19
HALL = "县政府三楼会议室"


class Chain:
    """What the chain plays with; each method is one suggestion."""

    def __init__(
        self,
        cast: Cast,
        moments: Moments,
        collected: dict[str, Suggestion],
        numbers: Iterator[int],
        between: Iterator[int],
    ) -> None:
        self.cast, self.moments, self.collected = cast, moments, collected
        self.lead, self.second = mandate(DEPUTY), mandate(DEPUTY2)
        self._numbers, self._between = numbers, between

    def play(self) -> list[int]:
        """All of them; their keys."""
        older = [self._twice(), self._overdue(), self._granted(), self._asking(), self._reported()]
        told = [self._leak(), *self._at_the_meeting(), self._culvert(), self._nominated(), self._designated()]
        drafts = [
            self._handwritten(),
            self._photographed(),
            self._signing(),
            self._handed_in(),
            self._of_committee(),
            self._returned(),
        ]
        ended = [self._refused(), self._referred(), self._given_up()]
        return [story.pk for story in (*older, *told, *drafts, *ended)]

    # --- key suggestions and later dates, handed over before the round

    def _twice(self) -> Story:
        """Twice answered in vain: on the council's agenda, the third round runs."""
        story = self._under_way(key_words.SAND, 160, self.lead, self.second)
        story.contact(130, "与代表一同到河边查看，商定增加夜查。", "光巡查不行，要抓住人。")
        story.draft(95, "C").put_up(94).sign_reply(92, "望水函〔2026〕29号").deliver(90)
        story.evaluate(64, "deputy", Rating.DISSATISFIED, "还在挖，护坡没有修。").release(62)
        story.contact(50, "座谈，通报夜查情况，听取护坡修复意见。", "要有修护坡的时间表。")
        line = Line("护坡修复方案报省立项，并先行修复最险的200米", self.moments.ahead(60), "史浩志")
        story.draft(38, "B", key_words.SAND_AGAIN, line).put_up(37).sign_reply(35, "望水函〔2026〕47号").deliver(33)
        why = "船是扣了一艘，护坡还是老样子，一句“拟报立项”等到什么时候？"
        return story.evaluate(13, "deputy", Rating.DISSATISFIED, why, "请主任会议听一听，群众盯着。").release(11)

    def _overdue(self) -> Story:
        """A key suggestion past its date: red on the card too."""
        ago = handed_over_when_due_in(-3)
        story = self._registered(key_words.PIPES, ago + 9, mandate("X0094"), self.lead)
        nominate(story, ago + 8, "三村两千三百人饮水，工程停工四个月。")
        designate(story, ago + 2, ago + 3)
        story.hand_over(ago).allot(ago - 1, "unit2").sign_receipt(ago - 2)
        issue_card(story, ago - 4, key_words.PIPES_CARD)
        story.opinion(ago - 20, "二期工程尾款已列入预算，按进度拨付。")
        return story.contact(40, "到王家渡村向代表通报停工原因，协调复工。", "要给老百姓一个准日子。")

    def _reported(self) -> Story:
        """Done, the deputy satisfied; the deputy chairperson has to strike the card off."""
        story = self._registered(key_words.WATER_TEST, 82, self.second, self.lead)
        nominate(story, 81, "涉及全县农村饮水安全。")
        designate(story, 77, 78)
        story.hand_over(75).allot(74).sign_receipt(73)
        issue_card(story, 71, key_words.WATER_TEST_CARD)
        story.contact(60, "请代表参加方案讨论，商定公布的内容。", "结果一定要贴到村里。")
        story.draft(24, "A").put_up(23).sign_reply(21, "望水函〔2026〕53号").deliver(19)
        story.evaluate(10, "deputy2", Rating.SATISFIED, "墙上看得到了，大家放心。").release(8)
        report_done(story, 4, "全县43处集中供水工程完成首次检测并逐村公布，邀请代表8人次参加取样，建立了每季公布制度。")
        return story

    def _asking(self) -> Story:
        """A later date of a key suggestion is asked for; the deputy chairperson in charge decides."""
        ago = handed_over_when_due_in(12)
        story = self._registered(key_words.DRAINAGE, ago + 9, mandate("X0061"), mandate("X0031"))
        nominate(story, ago + 8, "城区内涝，连续三年提出。")
        designate(story, ago + 2, ago + 3, Suggestion.KeyReason.HOT)
        story.hand_over(ago).allot(ago - 1).sign_receipt(ago - 2)
        issue_card(story, ago - 4, key_words.DRAINAGE_CARD)
        story.contact(30, "与代表一同查看南门桥卡口。", "雨季前必须通。")
        agree_time(story, 4, ask_for_time(story, 5, 42, key_words.MORE_TIME, key_words.MORE_STEPS))
        return story

    def _granted(self) -> Story:
        """More time was asked for and granted."""
        ago = handed_over_when_due_in(6)
        story = self._under_way(key_words.TREES, ago, self.second, mandate("X0154"))
        story.contact(20, "上门说明占用林地审批进度。", "理解，但要盯紧。")
        asked = ask_for_time(story, 16, 36, key_words.EXTRA_TIME, key_words.EXTRA_STEPS)
        agree_time(story, 15, asked)
        grant_time(story, 14, asked)
        return story

    # --- collected from the meetings of the round

    def _leak(self) -> Story:
        """The whole walk: said by a voter, forwarded, answered, satisfied, closed; one voter is still to be told."""
        story = self._collected("leak", draft_words.LEAK, 34)
        story.invite(34, self.second, mandate("X0064"))
        story.sign_along(33, self.second).sign_along(33, mandate("X0064")).hand_in(32)
        story.register(31, next(self._numbers)).hand_over(30).allot(29).sign_receipt(28)
        story.contact(27, "开挖当天请代表到场，商定抢修和补路的次序。", "先修赶集那一段。")
        story.draft(16, "A").put_up(16).sign_reply(15, "望水函〔2026〕58号").deliver(14)
        return story.evaluate(9, "deputy", Rating.SATISFIED, "修得快，水压上来了，路也补平了。").release(7)

    def _at_the_meeting(self) -> list[Story]:
        """Three to the government office and one to the court, handed over at one meeting; then each goes on."""
        ditch = self._handed_in_from("ditch", draft_words.DITCH)
        sewer = self._handed_in_from("sewer", draft_words.SEWER)
        court = self._handed_in_from("circuit", words.CIRCUIT, host="court")
        dam = self._registered(key_words.DAM, 22, mandate("X0016"), self.lead)
        nominate(dam, 21, "下游六个村四千多人安全。")
        designate(dam, COUNCIL - 1, COUNCIL)
        meeting = self._meet()
        self._give(meeting, OFFICE, ditch, sewer, dam)
        self._give(meeting, COURT, court)
        self._close(meeting)
        ditch.allot(13).sign_receipt(12).contact(
            8, "与领衔代表、提出意见的镇代表一同查看排水沟。", "镇里出工，县里出机械。"
        )
        sewer.allot(12, "unit2").sign_receipt(11)
        dam.allot(13).sign_receipt(12)
        fill_card(dam, 2, key_words.DAM_CARD)
        court.sign_receipt(13)
        return [ditch, sewer, dam, court]

    def _culvert(self) -> Story:
        """Collected, allotted yesterday; the receipt is not signed."""
        story = self._handed_in_from("culvert", words.CULVERT)
        return story.hand_over(3).allot(1)

    def _nominated(self) -> Story:
        """Nominated as key; the council has not met since."""
        story = self._handed_in_from("gate", draft_words.GATE)
        nominate(story, 4, draft_words.GATE_WHY)
        return story

    def _designated(self) -> Story:
        """Designated as key; the card is not filled in, the next meeting hands it over."""
        story = self._registered(key_words.BRIDGE, 10, self.lead, self.second)
        nominate(story, 9, key_words.BRIDGE_WHY)
        designate(story, 2, 3)
        facts = MeetingFacts(
            self.moments.ahead(NEXT_MEETING),
            HALL,
            "县人大常委会代工委",
            "县人民政府办公室",
            chair="李建华",
            key_only=True,
        )
        with self.moments.at(1):
            together.plan(facts, actor=self.cast["staff"])
        return story

    def _of_committee(self) -> Story:
        """The standing committee submits it; it waits to be registered."""
        return self._collected("lift", draft_words.LIFT, 15).hand_in(4)

    # --- written between the meetings

    def _handwritten(self) -> Story:
        """Typed by the liaison from a handwritten sheet; the deputy has not confirmed it."""
        return self._draft(draft_words.HANDWRITTEN).write(2, "station", self.lead)

    def _photographed(self) -> Story:
        """A title and a photo of the sheet, sent by the deputy; the liaison has to type it."""
        story = self._draft(draft_words.PHOTO)
        return story.write(1, "deputy2", self.second, handwriting=draft_words.PHOTO_TEXT)

    def _signing(self) -> Story:
        """Co-signers are asked; one signed on paper, one does not, deputy2 has not answered."""
        village, clinic = mandate("X0094"), mandate("X0154")
        story = self._draft(draft_words.SIGNING).write(6, "deputy", self.lead)
        story.invite(5, self.second, village, clinic)
        return story.sign_along(4, village).decline(3, clinic)

    def _handed_in(self) -> Story:
        """Written and handed in by the deputy; it waits to be registered."""
        return self._draft(draft_words.HANDED_IN).write(5, "deputy2", self.second).hand_in(2)

    def _returned(self) -> Story:
        """Without concrete content: back to the deputy."""
        story = self._draft(draft_words.RETURNED).write(9, "deputy", self.lead).hand_in(8)
        return story.send_back(6, draft_words.RETURN_WHY)

    def _refused(self) -> Story:
        """The matter is before a court."""
        story = self._draft(draft_words.IN_COURT).write(28, "deputy2", self.second).hand_in(27)
        return story.refuse(25, Suggestion.Refusal.IN_COURT, draft_words.COURT_WHY)

    def _referred(self) -> Story:
        """Beyond the county: to the city's deputies."""
        story = self._draft(draft_words.EXIT).write(26, "staff", mandate("X0001")).confirm(25).hand_in(25)
        return story.refer(23, draft_words.EXIT_TO, draft_words.EXIT_WHY)

    def _given_up(self) -> Story:
        """The village did it meanwhile, and the deputy gave the draft up."""
        return self._draft(draft_words.GIVEN_UP).write(41, "deputy", self.lead).discard(38)

    # --- how they begin

    def _draft(self, text: Words, host: str = "unit") -> Draft:
        return Draft(text, self.cast, self.moments, host=host)

    def _registered(self, text: Words, ago: int, *signed: Mandate) -> Story:
        """On paper, registered the day after."""
        return (
            Story(text, self.cast, self.moments)
            .submit(ago, *signed, origin="BETWEEN")
            .register(ago - 1, next(self._between))
        )

    def _under_way(self, text: Words, ago: int, *signed: Mandate) -> Story:
        story = self._registered(text, ago + 5, *signed)
        return story.hand_over(ago).allot(ago - 1).sign_receipt(ago - 2)

    def _collected(self, key: str, text: Words, ago: int, host: str = "unit") -> Draft:
        """Completed and confirmed; what the standing committee submits needs no confirmation."""
        story = self._draft(text, host).take(self.collected[key]).complete(ago)
        by_deputy = story.case.submitted_by == Suggestion.SubmittedBy.DEPUTY
        return story.confirm(ago - 1) if by_deputy else story

    def _handed_in_from(self, key: str, text: Words, host: str = "unit") -> Draft:
        story = self._collected(key, text, 26, host).hand_in(24)
        story.register(23, next(self._numbers))
        return story

    # --- the hand-over meeting

    def _meet(self) -> Meeting:
        day, staff = self.moments.day(HANDED_OVER), self.cast["staff"]
        facts = MeetingFacts(day, HALL, "县人民政府", "县人大常委会代工委", chair="陈志远", recorder="王芳")
        with self.moments.at(HANDED_OVER + 4):
            meeting = together.plan(facts, actor=staff)
        return self._on(meeting, together.open_meeting)

    def _give(self, meeting: Meeting, to: str, *stories: Story) -> None:
        cases = [story.case for story in stories]
        fresh = Meeting.objects.get(pk=meeting.pk)
        with self.moments.at(HANDED_OVER, fresh, *cases):
            given: dict[str, Any] = {"suggestions": cases, "to": Organ.objects.get(name=to)}
            hand_over_many(fresh, actor=self.cast["staff"], version=fresh.version, **given)

    def _close(self, meeting: Meeting) -> None:
        came = [self._attendee(OFFICE), self._attendee(WATER), self._attendee(COURT)]
        reason = {"state": Attendance.State.LEAVE, "leave_reason": "参加市局会议"}
        came += [Attendee("陈志远", "副县长"), Attendee("", "", Organ.objects.get(name=FINANCE), **reason)]
        self._on(meeting, together.note_attendance, attendees=came)
        self._on(meeting, together.close_meeting)

    def _attendee(self, name: str) -> Attendee:
        organ = Organ.objects.get(name=name)
        head = organ.officers.select_related("person").get(duty="HEAD").person.name
        return Attendee(head, "主要负责人", organ)

    def _on(self, meeting: Meeting, verb: Any, **about: Any) -> Meeting:
        fresh = Meeting.objects.get(pk=meeting.pk)
        with self.moments.at(HANDED_OVER, fresh):
            return verb(fresh, actor=self.cast["staff"], version=fresh.version, **about)  # type: ignore[no-any-return]
