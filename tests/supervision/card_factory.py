"""Key suggestions with their card at every point of its life, brought there by the verbs themselves."""

from dataclasses import replace
from datetime import date
from itertools import count

from accounts.actor import Actor
from accounts.models import Organ, Role
from deliberations.transitions.resolutions import Paper
from suggestions.models import Suggestion
from suggestions.transitions.key import designate_key
from supervision.models import Card, CardVersion
from supervision.transitions import cards
from supervision.transitions.card_facts import CardWords
from tests.factory import make_actor, make_organ
from tests.suggestions.factory import County, accepted, fresh, make_scan, version_of
from workflow import clock

#: Before the reply of what was handed over on the day of most tests is due.
DUE = date(2026, 5, 29)
_numbers = count(1)


def make_leader() -> Actor:
    """A deputy chairperson."""
    return make_actor(Role.DEPUTY_CHAIRPERSON)


def make_body() -> Actor:
    """Somebody of a working commission."""
    name = f"县人大第{next(_numbers)}工委"
    return make_actor(Role.WORKING_BODY, organ=make_organ(name, Organ.Kind.CONGRESS_BODY))


def make_key(county: County, case: Suggestion, leader: Actor, body: Actor | None = None) -> Suggestion:
    """Designated by the council of chairpersons."""
    body = body or make_body()
    designate_key(
        case, actor=county.staff, version=version_of(case), paper=Paper("县人大主任会议纪要〔2026〕3号", clock.today()),
        leader=leader.user.person, body=body.post.organ, key_reason=Suggestion.KeyReason.VITAL,
    )  # fmt: skip
    return fresh(case)


def key_case(county: County, leader: Actor, body: Actor | None = None, **options) -> Suggestion:
    """A key suggestion whose host has signed for it."""
    return make_key(county, accepted(county, **options), leader, body)


def words(county: County, **options) -> CardWords:
    """What the card says."""
    told = CardWords(
        why_key="事关全县民生",
        requirements="两个月内完工",
        organ=county.bureau,
        organ_leader="李副局长",
        due_on=DUE,
        handler="周科员",
        phone="0310-5212345",
        co_organs=(county.helper,),
        body_person="冯主任",
    )
    return replace(told, **options)


def current(card: Card) -> Card:
    """The card as the database has it."""
    return Card.objects.select_related("suggestion", "leader", "body").get(pk=card.pk)


def last(card: Card) -> CardVersion:
    """Its newest version."""
    return CardVersion.objects.filter(card=card).latest("version")


def filled(county: County, case: Suggestion, **options) -> Card:
    """Filled in by staff."""
    return cards.fill_card(case, actor=county.staff, words=words(county, **options))


def signed(county: County, card: Card, **options) -> Card:
    """Issued with the sheet that the deputy chairperson signed."""
    told = {"actor": county.staff, "signed_on": clock.today(), "sheet": make_scan("督办卡.pdf")}
    return cards.sign_card(card, version=current(card).version, **(told | options))


def issued(county: County, leader: Actor, body: Actor | None = None, **options) -> Card:
    """The signed card of a case that its host handles."""
    return signed(county, filled(county, key_case(county, leader, body), **options))


def amended(county: County, card: Card, **options) -> CardVersion:
    """The next version, with its sheet."""
    told = {
        "actor": county.staff, "words": words(county, requirements="分两段施工"), "reason": "工程分段",
        "signed_on": clock.today(), "sheet": make_scan("督办卡2.pdf"),
    }  # fmt: skip
    return cards.amend_card(card, version=current(card).version, **(told | options))


def reported(county: County, card: Card, **options):
    """The host's report of completion."""
    told = {"actor": county.host, "report": "道路已拓宽并通车。", "on": clock.today(), "signed_by": "李副局长"}
    return cards.report_completion(card, version=current(card).version, **(told | options))


def concluded(county: County, card: Card, *, accepted: bool = True, **options) -> Card:
    """What the deputy chairperson made of it, entered by staff."""
    told = {
        "actor": county.staff,
        "conclusion": "同意销号。" if accepted else "路灯未装，继续办。",
        "on": clock.today(),
    }
    return cards.conclude(card, version=current(card).version, accepted=accepted, **(told | options))
