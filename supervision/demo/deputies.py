"""Deputies beside their matters: a phone that is bound, one that waits, and what stands in a performance file."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from accounts.actor import Actor
from accounts.models import TrustedDevice
from stations.models import Mandate
from stations.transitions import cards
from supervision.demo.cast import DEPUTY, DEPUTY2, county_mandate
from supervision.transitions import performance
from workflow import clock

#: As a browser in WeChat names itself.
AGENT = "Mozilla/5.0 (Linux; Android 12; HUAWEI NAM-AL00 Build/X) MicroMessenger/8.0"
#: So long ago that nothing said since is called back.
BOUND = timedelta(days=40)

_ENTRIES = (
    (DEPUTY, "CONGRESS", 290, "县十七届人大五次会议", 4),
    (DEPUTY, "SPEECH", 288, "分组审议政府工作报告时就乡村道路养护发言", 0),
    (DEPUTY, "INSPECTION", 120, "视察农村饮水安全工程", 1),
    (DEPUTY, "GROUP", 60, "石桥镇代表小组三季度活动", 1),
    (DEPUTY, "REPORTING", 33, "在南门村向选民述职，测评满意", 0),
    (DEPUTY2, "SITTING_IN", 95, "列席县人大常委会第三十一次会议", 1),
    (DEPUTY2, "GOOD_DEED", 45, "资助两名困难学生", 0),
)


def play(actors: Mapping[str, Actor]) -> None:
    """The liaison has bound one deputy's phone; another has just scanned the card and waits."""
    liaison = actors["station"]
    with clock.at(clock.now() - BOUND):
        cards.confirm(_asked(county_mandate(DEPUTY2), liaison), actor=liaison)
    waiting = Mandate.objects.active(clock.today()).filter(station__staff__person=liaison.person_id)
    others = waiting.exclude(certificate_no__in=(DEPUTY, DEPUTY2)).exclude(person__phone="")
    others = others.filter(person__user=None).select_related("person", "station", "term")
    _asked(others.order_by("certificate_no")[0], liaison)
    for certificate, kind, ago, text, days in _ENTRIES:
        on = clock.today() - timedelta(days=ago)
        performance.enter(county_mandate(certificate), actor=liaison, kind=kind, on=on, text=text, days=Decimal(days))


def _asked(mandate: Mandate, liaison: Actor) -> TrustedDevice:
    card = cards.print_card(mandate, actor=liaison)
    digits = "".join(sign for sign in mandate.person.phone if sign.isdecimal())[-4:]
    return cards.ask(card.code, digits=digits, agent=AGENT, address="")[0]
