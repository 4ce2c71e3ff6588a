"""The first half of the walk, by its pages: from the topic in the pool to the suggestion that is handed in."""

from typing import Any

from django.urls import reverse

from deliberations.models import Cycle, Meeting, MeetingOpinion, NoticeReceipt, Promise, Topic, TownshipTask, Visit
from suggestions.models import CoSignature, Suggestion
from tests.stories.walking import PHONE, VOTER, WORDS, People, heap, press, read, text, tile, told
from tests.suggestions.web import act_url, pdf, signed_in

MEETINGS, TASKS, PROMISES, VISITS, CYCLES = (
    reverse(f"deliberations:{name}") for name in ("meetings", "township_tasks", "promises", "visits", "cycles")
)
DRAFTS, INTAKE = reverse("suggestions:drafts"), reverse("suggestions:intake")
MINUTES = {"number": "县人大主任会议纪要〔2026〕2号", "on": "2026-02-03"}


def of_cycle(cycle: Cycle, verb: str, part: Any = None) -> str:
    """The page of an act of the cycle."""
    if part is None:
        return reverse("deliberations:cycle_act", args=[cycle.pk, verb])
    return reverse("deliberations:cycle_part_act", args=[cycle.pk, verb, part.pk])


def of_meeting(meeting: Meeting, verb: str, opinion: MeetingOpinion | None = None) -> str:
    """The page of an act of the meeting."""
    if opinion is None:
        return reverse("deliberations:meeting_act", args=[meeting.pk, verb])
    return reverse("deliberations:meeting_opinion_act", args=[meeting.pk, opinion.pk, verb])


def choose_the_topic(people: People) -> Cycle:
    """2 and 3 February: a cycle is planned, two topics are proposed, the council of chairpersons selects one (R22)."""
    staff = people.county.staff
    press(
        staff, reverse("deliberations:plan_cycle"), title="城乡道路议政活动", first_meeting_on="2026-03-16",
        stations=[people.county.station.pk],
    )  # fmt: skip
    cycle = Cycle.objects.get()
    facts = {"source": "PUBLIC_HOT_ISSUE", "reasons": "群众反映集中", "proposing_body": "县人大城建环资工委"}
    for title in ("城乡道路", "校外培训"):
        press(staff, of_cycle(cycle, "add_topic"), title=title, **facts)
    roads, lessons = Topic.objects.order_by("pk")
    assert signed_in(staff).get(of_cycle(cycle, "move_on")).status_code == 409
    press(staff, of_cycle(cycle, "select_topics"), topics=[roads.pk], scan=pdf("纪要.pdf"), **MINUTES)
    press(staff, of_cycle(cycle, "drop_topic", lessons), reason="留待明年", **MINUTES)
    press(staff, of_cycle(cycle, "move_on"))
    roads.refresh_from_db()
    assert (roads.status, roads.resolution.number) == ("SELECTED", MINUTES["number"])
    page = text(people.county.liaison, reverse("deliberations:cycle", args=[cycle.pk]))
    assert "城乡道路" in page
    assert "校外培训" not in page
    return cycle


def notify_the_station(people: People, cycle: Cycle) -> None:
    """9 February, 35 days ahead: the notice with its proof, the station's click, the word to the deputies (R33)."""
    staff, liaison = people.county.staff, people.county.liaison
    notice = read(staff, of_cycle(cycle, "issue_notice")).context["form"]
    assert "override_reason" not in notice.fields
    press(staff, of_cycle(cycle, "issue_notice"), guidance=pdf("走访指南.pdf"))
    receipt = NoticeReceipt.objects.get()
    assert (receipt.days_ahead, receipt.status) == (35, "SENT")
    assert told(liaison, "cycle.notice").url == reverse("deliberations:notice", args=[receipt.pk])
    press(liaison, of_cycle(cycle, "receive_notice", receipt))
    press(liaison, of_cycle(cycle, "convey_notice", receipt), on="2026-02-09")
    receipt.refresh_from_db()
    assert (receipt.status, receipt.received_by) == ("CONVEYED", liaison.user.person)


def train_and_publish(people: People, cycle: Cycle) -> None:
    """11 February: training and publicity are recorded; the preparation is complete and the visits begin."""
    staff = people.county.staff
    press(
        staff, of_cycle(cycle, "record_training"), title="走访选民培训", on="2026-02-11", place="县人大会议室",
        lecturer="李老师", content="怎样走访选民", hours="2", due="30", present="28",
    )  # fmt: skip
    topic = Topic.objects.get(status="SELECTED")
    press(
        staff, of_cycle(cycle, "record_publicity"), channel="WECHAT", title="议政议题公布", on="2026-02-11",
        topics=[topic.pk],
    )  # fmt: skip
    press(staff, of_cycle(cycle, "move_on"))
    steps = read(staff, reverse("deliberations:cycle", args=[cycle.pk])).context["steps"]
    assert [step["state"] for step in steps] == ["done", "done", "done", "current", "todo", "todo"]


def visit(people: People) -> Visit:
    """9 March: three answers on the deputy's phone; the liaison adds where, which way, who."""
    deputy, liaison = people.county.deputy, people.county.liaison
    press(deputy, reverse("deliberations:log_visit"), words=WORDS, who=VOTER, tell_wish="yes")
    assert tile(liaison, f"{VISITS}?waits=completion") == 1
    case = Visit.objects.get()
    assert case.status == "INCOMPLETE"
    topic = Topic.objects.get(status="SELECTED")
    press(
        liaison, reverse("deliberations:visit_act", args=[case.pk, "complete"]), place="南门村", route="TO_MEETING",
        field=people.field.pk, topics=[topic.pk], topic=topic.pk, phone=PHONE, village="南门村", category="ELDER",
    )  # fmt: skip
    _confirm_visit(deputy, case)
    return case


def record_visit(people: People, cycle: Cycle) -> Visit:
    """The same from paper: the liaison writes it down word for word, and notes that the deputy confirmed it by phone."""
    liaison, topic = people.county.liaison, Topic.objects.get(status="SELECTED")
    press(
        liaison, reverse("deliberations:record_visit"), deputies="赵大海", how="PAPER", words=WORDS, place="南门村",
        route="TO_MEETING", field=people.field.pk, topics=[topic.pk], topic=topic.pk, name=VOTER, phone=PHONE,
        village="南门村", category="ELDER",
    )  # fmt: skip
    case = Visit.objects.get(cycle=cycle)
    event = case.events.get()
    assert (event.actor, event.on_behalf_of, event.how) == (liaison.user, people.county.lead.person, "PAPER")
    assert tile(people.county.deputy, f"{VISITS}?waits=confirmation") == 1
    press(liaison, reverse("deliberations:visit_act", args=[case.pk, "confirm"]), how="TELEPHONE")
    assert tile(people.county.deputy, f"{VISITS}?waits=confirmation") == 0
    return case


def _confirm_visit(deputy: Any, case: Visit) -> None:
    """What the liaison added is read large and confirmed by the deputy."""
    page = reverse("deliberations:visit_act", args=[case.pk, "confirm"])
    assert WORDS in text(deputy, page)
    press(deputy, page)
    case.refresh_from_db()
    assert (case.status, case.confirmed_at is not None) == ("RECORDED", True)


def convene(people: People, cycle: Cycle) -> Meeting:
    """16 March: the liaison convenes and opens the meeting, and notes who is there."""
    liaison = people.county.liaison
    row = cycle.stations.get()
    press(
        liaison,
        reverse("deliberations:convene", args=[cycle.pk, row.pk]),
        held_on="2026-03-16",
        place="镇政府会议室",
        chair="李组长",
    )
    meeting = Meeting.objects.get(cycle=cycle)
    assert tile(liaison, f"{MEETINGS}?status=PLANNED") == 1
    press(liaison, of_meeting(meeting, "open_meeting"))
    press(
        liaison, of_meeting(meeting, "note_attendance"), present=f"{people.county.bureau.name} 郑局长 局长",
        leaders="李主任 县人大常委会副主任", recorder="邱小燕",
    )  # fmt: skip
    assert tile(liaison, f"{MEETINGS}?status=OPEN") == 1
    return meeting


def say(people: People, meeting: Meeting, words: str, **options: Any) -> MeetingOpinion:
    """The liaison writes down what a deputy puts forward."""
    speaker = options.pop("speaker", people.county.lead)
    press(people.county.liaison, of_meeting(meeting, "add_opinion"), speaker=speaker.pk, text=words, **options)
    return MeetingOpinion.objects.get(meeting=meeting, text=words)


def deliberate(people: People, meeting: Meeting) -> dict[str, MeetingOpinion]:
    """Five opinions: one explained, one promised, three forwarded, one on each of the lawful ways (R50 to R55)."""
    liaison = people.county.liaison
    topic = Topic.objects.get(status="SELECTED")
    voices = [opinion.pk for case in Visit.objects.all() for opinion in case.opinions.all()]
    said = {
        "road": say(
            people, meeting, "建议加宽南门路，两车会不开。", topic=topic.pk, field=people.field.pk, basis=voices
        ),
        "bus": say(people, meeting, "公交能不能延到南门村？", topic=topic.pk),
        "lamp": say(people, meeting, "南门村口的路灯坏了。", topic=topic.pk),
        "ditch": say(people, meeting, "村道边沟淤了。", speaker=people.local),
        "law": say(people, meeting, "电动车上路应有规定。", speaker=people.local, field=people.field.pk),
    }
    assert signed_in(liaison).get(of_meeting(meeting, "close_meeting")).status_code == 409
    press(
        liaison, of_meeting(meeting, "explain", said["bus"]), text="《城市公共交通管理条例》，客流不足。",
        conditions_limited="on", acknowledgement="UNDERSTANDS",
    )  # fmt: skip
    promise = read(liaison, of_meeting(meeting, "promise", said["lamp"])).context["form"]
    assert promise.initial["due_on"].isoformat() == "2026-03-31"
    press(liaison, of_meeting(meeting, "promise", said["lamp"]), text="换灯六盏")
    press(liaison, of_meeting(meeting, "forward", said["road"]), way="COUNTY_LEAD", county_lead="赵大海")
    press(liaison, of_meeting(meeting, "forward", said["ditch"]), way="TOWNSHIP", due_on="2026-04-15")
    press(liaison, of_meeting(meeting, "forward", said["law"]), way="COMMITTEE")
    return said


def close_meeting(people: People, meeting: Meeting) -> None:
    """All have an outcome: 5 = 1 + 1 + 3 (scenario 3); then organ, township and staff are told what is theirs."""
    press(people.county.liaison, of_meeting(meeting, "close_meeting"))
    counted = Meeting.objects.with_counts().get(pk=meeting.pk)
    assert (counted.counted, counted.explained, counted.promised, counted.forwarded) == (5, 1, 1, 3)
    assert counted.undecided == 0
    assert tile(people.presidium, f"{TASKS}?stands=open") == 1
    assert tile(people.county.host, f"{PROMISES}?due=open") == 1
    assert heap(people.county.staff, INTAKE) == 2
    told(people.county.host, "promise.made")
    told(people.presidium, "meeting.task")


def keep_the_promise(people: People) -> None:
    """24 March: organ reports by 31 March what it promised, the deputy finds it kept; nothing waits any more."""
    promise = Promise.objects.get()
    assert (promise.organ, promise.due_on.isoformat()) == (people.county.bureau, "2026-03-31")
    page = reverse("deliberations:promise_act", args=[promise.pk, "report_done"])
    press(people.county.host, page, text="六盏灯全部换好。", on="2026-03-24")
    told(people.county.deputy, "promise.reported")
    press(people.county.deputy, reverse("deliberations:promise_act", args=[promise.pk, "confirm_kept"]))
    promise.refresh_from_db()
    assert promise.status == "KEPT"
    assert tile(people.county.host, f"{PROMISES}?due=open") == 0


def settle_the_task(people: People) -> None:
    """24 March: the township has cleared the ditch; the station notes it, and the presidium sees it settled."""
    task = TownshipTask.objects.get()
    press(
        people.county.liaison, reverse("deliberations:finish_task", args=[task.pk]), result="已清淤。", on="2026-03-24",
        handler="王所长",
    )  # fmt: skip
    assert tile(people.presidium, f"{TASKS}?stands=open") == 0
    assert "已清淤。" in text(people.presidium, TASKS)


def collect(people: People, meeting: Meeting) -> Suggestion:
    """17 March: staff collect; two drafts, one of a county deputy's lead, one that the standing committee submits."""
    press(people.county.staff, reverse("suggestions:collect_meeting", args=[meeting.pk]))
    road, law = Suggestion.objects.order_by("pk")
    assert heap(people.county.staff, INTAKE) == 0
    assert (road.status, road.lead, road.title) == ("DRAFT", people.county.lead, "关于加宽南门路的建议")
    assert (law.lead, law.submitted_by) == (people.local, "COMMITTEE")
    told(people.county.deputy, "suggestion.collected")
    return road


def complete_and_hand_in(people: People, case: Suggestion) -> None:
    """18 March: the lead completes it, another deputy signs along with one tap, it is handed in."""
    deputy, second = people.county.deputy, people.county.co_signer
    waiting = read(deputy, reverse("supervision:workbench")).context["waiting"]
    assert waiting.url.startswith(reverse("suggestions:detail", args=[case.pk]))
    press(deputy, act_url(case, "edit_draft"), demand="请把南门路加宽到七米。")
    press(deputy, act_url(case, "invite"), nearby=[people.county.second.pk])
    assert tile(second, f"{DRAFTS}?which=asked") == 1
    row = CoSignature.objects.get()
    note = told(second, "suggestion.to_co_sign")
    assert note.url == reverse("suggestions:co_signature", args=[row.pk])
    tap = reverse("suggestions:answer", args=[row.pk, "co_sign"])
    assert f'action="{tap}"' in text(second, note.url)
    assert signed_in(second).post(tap).status_code == 302
    press(deputy, act_url(case, "submit"))
    case.refresh_from_db()
    assert (case.status, CoSignature.objects.get().status) == ("SUBMITTED", "ACCEPTED")


def hand_in_on_paper(people: People, case: Suggestion) -> None:
    """The liaison writes on for the lead, from the signed sheet, and records each signature as it stands there."""
    liaison = people.county.liaison
    press(liaison, act_url(case, "edit_draft"), demand="请把南门路加宽到七米。", sheet=pdf("手稿.pdf"))
    press(liaison, act_url(case, "confirm_draft"), how="PAPER")
    press(liaison, act_url(case, "invite"), nearby=[people.county.second.pk])
    press(liaison, reverse("suggestions:answer", args=[CoSignature.objects.get().pk, "co_sign"]), how="PAPER")
    press(liaison, act_url(case, "submit"), how="PAPER")
    case.refresh_from_db()
    assert case.status == "SUBMITTED"
    recorded = {event.verb: event for event in case.events.filter(how="PAPER")}
    assert {"confirm_draft", "co_sign", "submit"} <= set(recorded)
    assert recorded["confirm_draft"].on_behalf_of == people.county.lead.person
    assert recorded["co_sign"].on_behalf_of == people.county.second.person
