"""A year of a county whose machine fails: sweeps that come late, twice, at once or die half-way, and acts in between.

What should have been told is worked out by ``Oracle``, which goes over plain rows and knows nothing of the scan:
neither its chunks and annotations nor its facts.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.db.models import F, Value
from django.db.models.functions import Concat

from accounts.models import Post, Role, User
from deliberations.models import Promise, TownshipTask
from notifications.letters import message_id
from notifications.models import Dispatch, Notification
from notifications.transitions import mark_read, send_due, telling
from stations.models import Level, StationStaff
from suggestions import transitions
from suggestions.models import Commitment, Rating, SuggestionClock
from supervision import reminders
from tests.factory import make_actor, make_mandate, make_organ, make_person
from tests.suggestions import factory as the
from tests.suggestions.behind import met, promised, said
from workflow import clock
from workflow.calendars import load_calendar

HERE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 3, 16)
LADDER, STEP = (30, 15, 7, 3, 1, 0), 3

#: Who is told what: recipient, label, key, day, rung.
Told = tuple[int, str, int, str, str]


class KilledError(BaseException):
    """The process dies here: nothing in the portal may catch it."""


class Mailbox(EmailBackend):
    """Takes letters, and dies before or after one if it is told to."""

    plan = ""
    #: Called with each letter that leaves.
    seen: Callable[[Any], None]

    def send_messages(self, messages: Any) -> int:
        """One by one, as they are sent."""
        plan, Mailbox.plan = Mailbox.plan, ""
        if plan == "before":
            raise KilledError
        for message in messages:
            Mailbox.seen(message)
        if plan == "after":
            raise KilledError
        return len(messages)


class Oracle:
    """What holds on a day, found by looking at every row."""

    def now(self, day: date) -> set[Told]:
        """Everything that somebody should have been told by that day and that still holds."""
        self._posts = list(Post.objects.filter(until=None).select_related("user"))
        self._staff = {post.user_id for post in self._posts if post.role == Role.COMMITTEE_STAFF}
        found = [*self._clocks(), *self._promises(), *self._commitments(), *self._tasks(day)]
        return {
            (who, label, pk, act_by.isoformat(), rung)
            for label, pk, act_by, waits, holders, joins in found
            if (rung := self._rung((act_by - day).days, waits))
            for who in (holders | self._staff if joins and day > act_by else holders)
        }

    def _rung(self, left: int, waits: bool) -> str:
        if left < 0:
            return f"over{(abs(left) - 1) // STEP}"
        passed = [] if waits else [step for step in LADDER if left <= step]
        return str(passed[-1]) if passed else ""

    def _of(self, role: str, **of: Any) -> set[int]:
        return {
            post.user_id
            for post in self._posts
            if post.role == role and all(getattr(post, name) == value for name, value in of.items())
        }

    def _organ(self, pk: int) -> set[int]:
        handlers = self._of(Role.ORGAN_HANDLER, organ_id=pk) | self._of(Role.GOVERNMENT_OFFICE, organ_id=pk)
        return handlers or self._staff

    def _person(self, pk: int) -> set[int]:
        return {post.user_id for post in self._posts if post.role == Role.DEPUTY and post.user.person_id == pk}

    def _clocks(self) -> Iterator[Any]:
        for row in SuggestionClock.objects.select_related("suggestion__lead", "assignment"):
            if row.met_on or row.voided_on:
                continue
            yield "clock", row.pk, row.act_by, False, self._holders(row), True

    def _holders(self, row: SuggestionClock) -> set[int]:
        if row.kind == "FEEDBACK":
            return self._person(row.suggestion.lead.person_id)
        if row.kind == "RELEASE":
            return self._staff
        if row.kind in ("RECEIPT", "CO_HOST"):
            return self._organ(row.assignment.organ_id)
        hosts = [
            part for part in row.suggestion.assignments.all() if part.round == row.round and part.status != "ENDED"
        ]
        return next((self._organ(part.organ_id) for part in hosts if part.part != "CO_HOST"), self._staff)

    def _promises(self) -> Iterator[Any]:
        for row in Promise.objects.select_related("meeting_opinion__speaker"):
            if row.status == "MADE":
                yield "promise", row.pk, row.due_on, False, self._organ(row.organ_id), True
            if row.status == "REPORTED_DONE":
                deputy = self._person(row.meeting_opinion.speaker.person_id)
                yield "promise_report", row.pk, row.reported_on, True, deputy, False

    def _commitments(self) -> Iterator[Any]:
        for row in Commitment.objects.select_related("reply__assignment__suggestion__lead"):
            case = row.reply.assignment.suggestion
            if case.status not in ("HANDLING", "REPLIED", "FOLLOW_UP"):
                continue
            if row.status == "OPEN":
                yield "commitment", row.pk, row.due_on, False, self._organ(row.organ_id), True
            if row.status == "REPORTED_DONE":
                yield "commitment_report", row.pk, row.reported_on, True, self._person(case.lead.person_id), False

    def _tasks(self, day: date) -> Iterator[Any]:
        for row in TownshipTask.objects.filter(done_on=None).select_related("meeting_opinion__meeting"):
            late = self._station(row.meeting_opinion.meeting.station_id) if day > row.due_on else set()
            yield "task", row.pk, row.due_on, False, self._of(Role.TOWNSHIP) | late, True

    def _station(self, pk: int) -> set[int]:
        people = set(StationStaff.objects.filter(station=pk, until=None).values_list("person", flat=True))
        return {post.user_id for post in self._posts if post.role == Role.STATION and post.user.person_id in people}


class Year:
    """The county, its calendar of acts and failures, and what was seen."""

    def __init__(self, seed: int, days: int, *, threads: bool) -> None:
        self.dice, self.days, self.threads = random.Random(seed), days, threads
        self.oracle, self.waiting, self.happened = Oracle(), [], Counter()
        #: What a sweep that ended must have told, what one that died may have, and how often each went as a letter.
        self.must: set[Told] = set()
        self.may: set[Told] = set()
        self.letters: Counter[Told] = Counter()
        self.wrong_letters: list[str] = []
        self.unsent: set[Told] = set()
        self._known: tuple[Any, set[Told]] = (None, set())
        Mailbox.seen = self._seen
        with self._at(FIRST, 8):
            self._found()

    def _found(self) -> None:
        self.county = county = the.make_county()
        make_actor(Role.ORGAN_HANDLER, organ=county.bureau)
        self.empty = make_organ("县供销社", forwards_through=county.office.post.organ)
        presiding = make_person("吴主席")
        make_mandate(presiding, Level.TOWNSHIP, county.station)
        make_actor(Role.TOWNSHIP, person=presiding)
        self.meeting = met(county)
        reading = [county.host.user.pk, county.deputy.user.pk]
        User.objects.filter(pk__in=reading).update(email=Concat(F("username"), Value("@example.cn")))
        for kind, number in ((self._suggestion, 6), (self._promise, 8), (self._task, 5)):
            for _ in range(number):
                self._after(kind(), self.dice.randrange(1, self.days * 2 // 3))

    # lives: each yields the days until its next act

    def _suggestion(self) -> Iterator[int]:
        county, dice = self.county, self.dice
        case = the.assigned(county, co_hosts=[county.helper] if dice.random() < 0.5 else [])
        yield dice.randrange(1, 9)
        the_part = the.part_of(case, county.host)
        transitions.sign_receipt(the_part, actor=county.host, version=the.version_of(case), **the.RECEIPT)
        yield dice.randrange(20, 130)
        if dice.random() < 0.2:
            letter = {"on": clock.today(), "letter": the.make_scan()}
            transitions.withdraw(case, actor=county.staff, version=the.version_of(case), **letter)
            return
        verdict = Rating.DISSATISFIED if dice.random() < 0.4 else Rating.SATISFIED
        yield from self._answered(case, verdict)
        if verdict == Rating.DISSATISFIED:
            yield dice.randrange(10, 50)
            yield from self._answered(case, Rating.SATISFIED)

    def _answered(self, case: Any, verdict: str) -> Iterator[int]:
        county, dice = self.county, self.dice
        reply = the.replied(county, the.fresh(case))
        transitions.deliver(
            reply, actor=county.host, version=the.version_of(reply), mandate=county.lead, way="HAND", on=clock.today()
        )
        if verdict == Rating.SATISFIED:
            self._after(self._commitment(reply), 1)
        yield dice.randrange(2, 30)
        the.evaluate(county, reply, verdict)
        yield dice.randrange(1, 15)
        the.release(county, the.fresh(case))

    def _commitment(self, reply: Any) -> Iterator[int]:
        due = clock.today() + timedelta(self.dice.randrange(20, 60))
        rows = Commitment.objects.filter(
            pk=Commitment.objects.create(reply=reply, text="修完", organ=self.county.bureau, person="李", due_on=due).pk
        )
        yield from self._done_and_seen(rows, "CONFIRMED", confirmed_on=clock.today())

    def _promise(self) -> Iterator[int]:
        organ, due = (
            self.dice.choice([self.county.bureau, self.empty]),
            clock.today() + timedelta(self.dice.randrange(5, 60)),
        )
        made = {"status": "MADE", "organ": organ, "made_on": clock.today(), "due_on": due}
        yield from self._done_and_seen(
            Promise.objects.filter(pk=promised(self.county, self.meeting, **made).pk), "KEPT"
        )

    def _done_and_seen(self, rows: Any, end: str, **fields: Any) -> Iterator[int]:
        yield self.dice.randrange(10, 90)
        rows.update(status="REPORTED_DONE", report="完成", reported_on=clock.today())
        yield self.dice.randrange(1, 12)
        if self.dice.random() < 0.3:
            rows.update(status="MADE" if end == "KEPT" else "OPEN")
            yield self.dice.randrange(1, 20)
        rows.update(status=end, **fields)

    def _task(self) -> Iterator[int]:
        opinion = said(self.county, self.meeting, way="TOWNSHIP", county_lead=None)
        due = clock.today() + timedelta(self.dice.randrange(10, 40))
        task = TownshipTask.objects.create(meeting_opinion=opinion, township=self.county.station.township, due_on=due)
        yield self.dice.randrange(5, 60)
        TownshipTask.objects.filter(pk=task.pk).update(done_on=clock.today(), result="修好")

    def _after(self, life: Iterator[int], days: int) -> None:
        self.waiting.append(((clock.today() - FIRST).days + days, life))

    # the days

    def pass_by(self) -> "Year":
        """Live through it, and see to the last day with a machine that works."""
        for number in range(1, self.days):
            day = FIRST + timedelta(number)
            for at, event in sorted(self._events(number), key=lambda pair: pair[0]):
                with clock.at(datetime.combine(day, at, HERE)):
                    event()
        with self._at(FIRST + timedelta(self.days), 12):
            self._sweep("plain")
            self._send("")
        return self

    def _events(self, number: int) -> Iterator[tuple[time, Callable[[], None]]]:
        dice = self.dice
        for life in [life for due, life in self.waiting if due <= number]:
            yield self._hour(), lambda life=life: self._act(life)
        self.waiting = [(due, life) for due, life in self.waiting if due > number]
        for _ in range(dice.choices((0, 1, 2, 3), (70, 20, 7, 3))[0]):
            plan = dice.choices(("plain", "beside", "killed", "threads"), (40, 20, 30, 10))[0]
            yield self._hour(), lambda plan=plan: self._sweep(plan)
        for _ in range(dice.choices((0, 1, 2), (60, 35, 5))[0]):
            plan = dice.choices(("", "before", "after"), (60, 20, 20))[0]
            yield self._hour(), lambda plan=plan: self._send(plan)
        if dice.random() < 0.2:
            yield self._hour(), self._somebody_reads

    def _hour(self) -> time:
        return time(self.dice.randrange(24), self.dice.randrange(60), self.dice.randrange(60))

    def _act(self, life: Iterator[int]) -> None:
        days = next(life, None)
        self._known = (None, set())
        if days is not None:
            self._after(life, days)

    def _now(self) -> set[Told]:
        if self._known[0] != clock.today():
            self._known = (clock.today(), self.oracle.now(clock.today()))
        return self._known[1]

    def _sweep(self, plan: str) -> None:
        plan = "plain" if plan == "threads" and not self.threads else plan
        self.happened[plan] += 1
        before = self._now()
        try:
            {"plain": reminders.run, "beside": self._beside, "killed": self._killed, "threads": self._threads}[plan]()
        except KilledError:
            self.happened["died"] += 1
            self.may |= before
        else:
            self.must |= before

    def _beside(self) -> None:
        """Between a worker's look and its writing another one runs through, and something is settled."""
        look, rest = telling._missing, [self._settle_something, reminders.run]

        def overtaken(chunk: Any) -> Any:
            missing = look(chunk)
            while rest:
                rest.pop()()
            return missing

        telling._missing = overtaken
        try:
            reminders.run()
        finally:
            telling._missing = look

    def _settle_something(self) -> None:
        """While the sweep runs; what it has looked at already it still tells."""
        promise = Promise.objects.filter(status="MADE").order_by("pk").first()
        if promise and self.dice.random() < 0.3:
            Promise.objects.filter(pk=promise.pk).update(status="KEPT")
            self._known = (None, set())

    def _killed(self) -> None:
        """Dies at the second writing: before it, or with the rows written and not committed."""
        write, left, where = telling._write, [self.dice.randrange(2)], self.dice.choice(("before", "after"))

        def dying(missing: Any) -> int:
            if not left[0] and where == "before":
                raise KilledError
            written = write(missing)
            if not left[0]:
                raise KilledError
            left[0] -= 1
            return written

        telling._write = dying
        try:
            reminders.run()
        finally:
            telling._write = write

    def _threads(self) -> None:
        """Two workers at once, each with a connection of its own."""
        moment, failed = clock.now(), []

        def work() -> None:
            try:
                with clock.at(moment):
                    reminders.run()
            except Exception as error:
                failed.append(error)
            finally:
                connections.close_all()

        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert failed == []

    def _send(self, plan: str) -> None:
        Mailbox.plan = plan
        try:
            send_due()
        except KilledError:
            self.happened["sender died"] += 1
            return
        finally:
            Mailbox.plan = ""
        if self._office_hours():
            # what a dead sender had claimed has its time to come
            due = (
                Notification.objects.filter(read_at=None).exclude(dispatches__state="SENDING").exclude(dispatches=None)
            )
            self.unsent |= {pair for pair in _told(due) & self._now() if not self.letters[pair]}

    def _office_hours(self) -> bool:
        here = clock.now().astimezone(HERE)
        return 8 <= here.hour < 18 and load_calendar().is_working(here.date())

    def _seen(self, message: Any) -> None:
        """A letter leaves: it must be true at this very moment."""
        row = next(row for row in self._on_their_way() if message_id(row) == message.extra_headers["Message-ID"])
        note = row.notification
        if note.kind.startswith("reminder."):
            (pair,) = _told(Notification.objects.filter(pk=note.pk))
            self.letters[pair] += 1
            if pair not in self._now() or not self._office_hours():
                self.wrong_letters.append(f"{clock.now()} {pair}")

    def _on_their_way(self) -> Any:
        return Dispatch.objects.filter(state="SENDING").select_related("notification")

    def _somebody_reads(self) -> None:
        notes = list(
            Notification.objects.filter(read_at=None, void_reason="").select_related("recipient").order_by("pk")
        )
        for note in self.dice.sample(notes, min(3, len(notes))):
            mark_read(note, user=note.recipient)

    def _at(self, day: date, hour: int) -> Any:
        return clock.at(datetime.combine(day, time(hour), HERE))

    # what came of it

    def told(self) -> set[Told]:
        """Everything that was ever told."""
        return _told(Notification.objects.all())

    def missed(self) -> set[Told]:
        """What a sweep that ended should have told and nobody was."""
        return self.must - self.told()

    def invented(self) -> set[Told]:
        """What was told although it never held when a sweep ran."""
        return self.told() - self.must - self.may

    def stale(self) -> set[Told]:
        """What stands unread in an inbox at the end and does not hold."""
        with self._at(FIRST + timedelta(self.days), 13):
            return _told(Notification.objects.unread()) - self._now()

    def lost(self) -> set[Told]:
        """What holds at the end and has left an inbox unread."""
        with self._at(FIRST + timedelta(self.days), 13):
            return self._now() - _told(Notification.objects.in_inbox())


def _told(notes: Any) -> set[Told]:
    found = set()
    for who, fact in notes.filter(kind__startswith="reminder.").values_list("recipient_id", "fact"):
        _kind, label, pk, act_by, rung = fact.split(":")
        found.add((who, label, int(pk), act_by, rung))
    return found
