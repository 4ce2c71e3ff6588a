"""A thousand suggestions at every point of their life, the same in every run; the larger sets repeat them."""

from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Organ, Post, Role, User
from deliberations.models import SubjectField
from stations.models import Level, Mandate
from suggestions.models import (
    Assignment,
    ContactRecord,
    Delivery,
    Evaluation,
    HandOver,
    Rating,
    Reply,
    ResultClass,
    Suggestion,
    SuggestionClock,
    SuggestionEvent,
    SuggestionEventDetail,
    Verdict,
)
from suggestions.transitions.intake import search_text

SIZE = 1000
#: What the tables are filled in, parents before what points at them.
MODELS = (
    Suggestion, HandOver, Assignment, ContactRecord, Reply, Delivery, Evaluation, Verdict, SuggestionClock,
    SuggestionEvent, SuggestionEventDetail,
)  # fmt: skip
#: Of a hundred, so many are closed, answered, in hand and with the government office; the others are entered.
CLOSED, REPLIED, HANDLING, AT_OFFICE = 80, 85, 95, 97
#: A word that stands in all of them, one in a few of a hundred, and the text around them.
COMMON, SOME = "建议", "校车"
_PLACES = ["南门路", "北关村", "东河桥", "西街", "白庙乡", "柳林镇", "石桥村", "王庄", "李家湾", "三里屯"]
_MATTERS = ["道路", "供水", "医疗", "路灯", "垃圾", "养老", "停车", "排水", "公交", "绿化", "学位", "电梯"]
_ZONE = ZoneInfo("Asia/Shanghai")


class Pattern:
    """Rows that are collected by table and written at once."""

    def __init__(self, today: date) -> None:
        self.today, self.random = today, Random(1)  # noqa: S311
        self.rows: dict[type, list[Any]] = {model: [] for model in MODELS}
        self.keys = {model: count(_next(model)) for model in MODELS}
        self.leads = list(Mandate.objects.filter(level=Level.COUNTY).select_related("person").order_by("pk"))
        self.organs = list(Organ.objects.filter(kind=Organ.Kind.GOVERNMENT_DEPARTMENT, closed_on=None).order_by("pk"))
        self.office = Organ.objects.filter(kind=Organ.Kind.GOVERNMENT_OFFICE).first()
        self.fields, self.classes = list(SubjectField.objects.all()), list(ResultClass.objects.all())
        self.staff = Post.objects.filter(role=Role.COMMITTEE_STAFF).select_related("user").first()

    @transaction.atomic
    def write(self) -> None:
        """Make the suggestions and put all rows in their tables."""
        for number in range(SIZE):
            self._suggestion(number)
        for model, rows in self.rows.items():
            model._base_manager.bulk_create(rows, batch_size=1000)  # type: ignore[attr-defined]

    def add(self, model: type, **values: Any) -> Any:
        """One more row, with its key."""
        row = model(pk=next(self.keys[model]), **values)
        self.rows[model].append(row)
        return row

    def _suggestion(self, number: int) -> None:
        share, lead = number % 100, self.random.choice(self.leads)
        began = self.today - timedelta(days=100 + number * 2 if share < REPLIED else number % 60)
        status = _status(share)
        words = " ".join(self.random.sample(_MATTERS, 3)) + (SOME if number % 25 == 0 else "")
        case = self.add(
            Suggestion, status=status, lead=lead, title=f"关于{self.random.choice(_PLACES)}{words}的{COMMON}",
            facts=f"{words}，群众反映多年。" * 6, demand=f"请解决{words}问题。", received_on=began, registered_on=began,
            created_at=_noon(began), series="BENCH", scope="0", serial=number + 1, field=self.random.choice(self.fields),
            first_handed_over_on=None if status == "SUBMITTED" else began,
        )  # fmt: skip
        case.search_text = search_text(case, ())
        acts = ["submit", "register"]
        if status != "SUBMITTED":
            acts += ["hand_over", *self._handled(case, began, share)]
        self._record(case, acts)

    def _handled(self, case: Any, began: date, share: int) -> list[str]:
        given = self.add(HandOver, suggestion=case, to=self.office, on=began, slip_no="1")
        due_on, answered = began + timedelta(90), share < REPLIED
        met = {"met_on": began + timedelta(60)} if answered else {}
        self._clock(case, "REPLY", began, due_on, **met)
        if case.status == "AT_FORWARDER":
            return []
        host, helper = self.random.sample(self.organs, 2)
        state = "ANSWERED" if answered else "ACCEPTED" if share % 2 else "ASSIGNED"
        signed = {"received_on": began, "received_by": "孙一", "handler": "周科员", "phone": "0319-5212345"}
        parts = [
            self.add(Assignment, suggestion=case, hand_over=given, organ=organ, part=part, status=state, **signed)
            for organ, part in ((host, "HOST"), (helper, "CO_HOST"))
        ]
        words = {"stage": "DURING", "manner": "VISIT", "people": "周科员", "points": "一起看了现场。"}
        self.add(ContactRecord, assignment=parts[0], on=began + timedelta(20), **words)
        acts = ["allot", "sign_receipt", "record_contact"]
        return acts + self._answered(case, parts[0], began + timedelta(60)) if answered else acts

    def _answered(self, case: Any, host: Any, on: date) -> list[str]:
        reply = self.add(
            Reply, assignment=host, status="RELEASED", doc_no="望函〔2026〕1号", body="已列入计划。" * 20, letter_on=on,
            released_on=on, signed_by="郑局长", result_class=self.random.choice(self.classes),
        )  # fmt: skip
        self.add(Delivery, reply=reply, mandate=case.lead, way="HAND", on=on)
        self._clock(case, "FEEDBACK", on, on + timedelta(30), **({"met_on": on} if case.status == "CLOSED" else {}))
        if case.status != "CLOSED":
            return ["draft_reply", "submit_reply", "release_reply"]
        rating, known = self.random.choice([Rating.SATISFIED, Rating.BASICALLY]), {"released_on": on}
        self.add(
            Evaluation, reply=reply, mandate=case.lead, source="OWN", attitude=rating, result=rating, on=on, **known
        )
        self.add(Verdict, suggestion=case, round=1, value=rating, **known)
        case.closed_on, case.closing_basis = on, rating
        return ["draft_reply", "submit_reply", "release_reply", "evaluate", "release_verdict"]

    def _clock(self, case: Any, kind: str, start: date, due_on: date, **more: Any) -> None:
        days = {"start_on": start, "due_on": due_on, "act_by": due_on, "original_due_on": due_on}
        self.add(SuggestionClock, suggestion=case, kind=kind, rule_key="bench", **days, **more)

    def _record(self, case: Any, acts: list[str]) -> None:
        """As many events as there would be; nothing checks what they say."""
        for seq, verb in enumerate(acts, start=1):
            event = self.add(
                SuggestionEvent, suggestion=case, seq=seq, verb=verb, to_state=case.status, at=case.created_at,
                actor=self.staff.user, post=self.staff, detail_digest="0" * 64, hash="0" * 64,
            )  # fmt: skip
            self.add(SuggestionEventDetail, event=event, salt="0" * 32)
        case.version = len(acts)


def _status(share: int) -> str:
    bounds = ((CLOSED, "CLOSED"), (REPLIED, "REPLIED"), (HANDLING, "HANDLING"), (AT_OFFICE, "AT_FORWARDER"))
    return next((status for bound, status in bounds if share < bound), "SUBMITTED")


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=_ZONE)


def _next(model: Any) -> int:
    last = model._base_manager.order_by("-pk").first()
    return (last.pk if last else 0) + 1


def account(name: str) -> User:
    """A demo account."""
    return User.objects.get(username=name)
