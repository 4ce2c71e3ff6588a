"""What voters see without sign-in: pages of the home station's deputies, and messages that came by their codes."""

from typing import Any
from uuid import UUID, uuid5

from accounts.actor import NOBODY
from deliberations.models import Opinion, SubjectField, Visit
from deliberations.transitions import settling, visiting
from deliberations.transitions.messages import Message, receive_message
from deliberations.transitions.visit_facts import OpinionFacts, VisitFacts, VoterFacts
from stations.models import Mandate, Station
from stations.public import Addressee
from stations.transitions import pages
from supervision.demo.cast import DEPUTY, HOME, mandate
from supervision.demo.moments import Moments
from supervision.demo.story import Cast

#: The forms that were sent, so that each time the demo is built the same codes lead to the same messages.
_FORMS = UUID("6f6b2f86-6d0c-4a5e-9d43-3f0f2a6b7c11")

OPEN = Message("镇卫生院到柳林口的路灯坏了三盏，晚上看病的人摔过跤。", village="石桥村", consents=True)
ANSWERED = Message("村里的文化活动室总锁着门，能不能定个开门时间？", village="南门村", consents=True)
PETITION = Message("我家的宅基地官司判了三年还没执行，请代表过问。", village="石桥村", consents=True)


def open_and_write(cast: Cast, moments: Moments) -> None:
    """Pages for all deputies of the home station, and three messages: new, answered, told the proper way."""
    keeper, station = cast["station"], Station.objects.get(code=HOME)
    with moments.at(20):
        pages.open_pages(station, actor=keeper, version=station.version)
        station.refresh_from_db()
        words = "教了二十年书，常在村里走动。上学、看病、吃水的事，扫码就能跟我说。"
        pages.write_page(mandate(DEPUTY), actor=keeper, version=station.version, words=words)
    _send(moments, 12, Addressee(station), ANSWERED)
    answer = "已与村委会商定：每天下午三点到五点半、周末全天开门，钥匙由值班干部保管。"
    _complete(cast, moments, 10, ANSWERED, OpinionFacts("ANSWERED", on_the_spot_answer=answer, field=_field()))
    _tell(cast, moments, 9, ANSWERED, answer)
    _send(moments, 6, Addressee(station), PETITION)
    reason = "属于涉法涉诉事项，请向人民法院（12368）或人民检察院（12309）提出。"
    _complete(cast, moments, 5, PETITION, OpinionFacts("REFUSED", route_reason=reason, field=_field()))
    deputy: Mandate = mandate(DEPUTY)
    _send(moments, 1, Addressee(station, deputy), OPEN)


def _send(moments: Moments, ago: int, to: Addressee, message: Message) -> None:
    with moments.at(ago):
        receive_message(actor=NOBODY, client_id=_form(message), to=to, message=message)


def _complete(cast: Cast, moments: Moments, ago: int, message: Message, opinion: OpinionFacts) -> None:
    visit = _visit(message)
    facts: dict[str, Any] = {"visit": VisitFacts(visit.on, "群众扫码", kind=Visit.Kind.QR), "topics": []}
    with moments.at(ago, visit):
        voter = VoterFacts(village=message.village)
        visiting.complete_visit(
            visit, actor=cast["station"], version=visit.version, opinion=opinion, voter=voter, **facts
        )


def _tell(cast: Cast, moments: Moments, ago: int, message: Message, text: str) -> None:
    visit = _visit(message)
    opinion = Opinion.objects.select_related("visit").get(visit=visit)
    with moments.at(ago, visit):
        about: dict[str, Any] = {"on": moments.day(ago), "how": "IN_PERSON", "text": text, "final": True}
        settling.tell_voter(opinion, actor=cast["station"], version=visit.version, **about)


def _visit(message: Message) -> Visit:
    return Visit.objects.select_related("station").get(client_id=_form(message))


def _form(message: Message) -> UUID:
    return uuid5(_FORMS, message.words)


def _field() -> SubjectField:
    return SubjectField.objects.order_by("order", "pk")[0]
