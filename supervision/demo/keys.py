"""Key suggestions and later dates: nominated, designated on paper, put on a card, given more time."""

from datetime import date
from typing import Any

from accounts.models import Organ
from deliberations.transitions.resolutions import Paper
from files.uploads import store_upload
from suggestions.models import ContactRecord, Extension, Suggestion
from suggestions.transitions import extending, key
from supervision.deadlines import frame
from supervision.demo import letters
from supervision.demo.cast import BODY
from supervision.demo.key_words import CardText
from supervision.demo.moments import Moments
from supervision.demo.story import Story
from supervision.models import Card
from supervision.transitions import cards
from supervision.transitions.card_facts import CardWords
from workflow import clock


def minutes(moments: Moments, ago: int) -> Paper:
    """The minutes of the council of chairpersons of that week: it meets on the first working day."""
    year, week, _weekday = moments.day(ago).isocalendar()
    on = moments.calendar.next_working(date.fromisocalendar(year, week, 1))
    return Paper(f"望川人常主任会纪〔{year}〕{week}号", on)


def nominate(story: Story, ago: int, reason: str) -> None:
    """Staff nominate it for the council."""
    story.act(ago, key.nominate_key, "staff", reason=reason)


def designate(story: Story, ago: int, met: int, reason: str = Suggestion.KeyReason.VITAL) -> None:
    """Staff enter what the council decided at its meeting of ``met`` days ago."""
    leader = story.cast["vice"].user.person  # type: ignore[union-attr]
    named = {"leader": leader, "body": Organ.objects.get(name=BODY), "key_reason": reason}
    story.act(ago, key.designate_key, "staff", paper=minutes(story.moments, met), **named)


def fill_card(story: Story, ago: int, text: CardText) -> Card:
    """Staff fill the card in for the deputy chairperson in charge, due as the reply is."""
    with story.at(ago):
        organ = story.organ
        officers = {row.duty: row.person.name for row in organ.officers.select_related("person")}
        words = CardWords(
            why_key=text.why, requirements=text.requirements, milestones=text.milestones, organ=organ,
            organ_leader=officers["HEAD"], handler=officers["LIAISON"], phone=organ.phone,
            due_on=frame(story.case).proposed, body_person=story.cast["body"].user.person.name,  # type: ignore[union-attr]
        )  # fmt: skip
        return cards.fill_card(story.case, actor=story.cast["staff"], words=words)


def issue_card(story: Story, ago: int, text: CardText) -> Card:
    """Filled in, and the sheet that the deputy chairperson signed recorded the same day."""
    card = fill_card(story, ago, text)
    with story.at(ago, card):
        leader = story.cast["vice"].user.person.name  # type: ignore[union-attr]
        sheet = letters.scan("重点建议督办卡", card.number, text.requirements, f"督办领导：{leader}（签字）")
        stored = store_upload(sheet, user=story.cast["staff"].user)
        return cards.sign_card(card, actor=story.cast["staff"], version=card.version, sheet=stored)


def report_done(story: Story, ago: int, report: str) -> None:
    """The organ reports that what the card asks for is done."""
    card = Card.objects.get(suggestion=story.pk)
    signed = story.organ.officers.select_related("person").get(duty="HEAD").person.name
    with story.at(ago, card):
        told: dict[str, Any] = {"report": report, "on": clock.today(), "signed_by": signed}
        cards.report_completion(card, actor=story.host, version=card.version, **told)


def ask_for_time(story: Story, ago: int, days: int, reason: str, measures: str) -> Extension:
    """The host asks for a day so many days ahead."""
    signed = story.organ.officers.select_related("person").get(duty="HEAD").person.name
    with story.at(ago):
        explained: dict[str, Any] = {
            "explained_on": clock.today(),
            "explained_how": ContactRecord.Manner.TALK,
            "signed_by": signed,
        }
        wanted: dict[str, Any] = {"new_due_on": story.moments.ahead(days), "reason": reason, "measures": measures}
        version = story.case.version
        return extending.request_extension(story.assignment, actor=story.host, version=version, **wanted, **explained)


def agree_time(story: Story, ago: int, asked: Extension) -> None:
    """The government office, which allotted it, agrees."""
    with story.at(ago):
        extending.agree_extension(asked, actor=story.cast["govoffice"], version=story.case.version)


def grant_time(story: Story, ago: int, asked: Extension) -> None:
    """Staff grant what the office agreed to."""
    with story.at(ago):
        extending.grant_extension(asked, actor=story.cast["staff"], version=story.case.version)
