"""The call list: whom to ring, under which number, about what, and what was answered last; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.models import Organ
from stations.models import Mandate, Station
from supervision.models import CALLED_ABOUT, Call, CallItem
from supervision.pressing import words
from supervision.pressing.late import Late, owed, relation
from supervision.pressing.phones import Contact, book
from workflow import clock
from workflow.rules import rules_in_force

#: Who is due within so many days is reminded before it is late.
SOON = 3
#: The three kinds of party in the order of the list, with the model behind each.
KINDS: dict[str, Any] = {"organ": Organ, "mandate": Mandate, "station": Station}


@dataclass(frozen=True)
class Item:
    """One thing that is owed, and what was last answered about it on the telephone."""

    late: Late
    answer: Call | None
    #: Until when somebody who was told is left in peace.
    until: date | None
    today: date

    @property
    def days(self) -> int:
        """Days left; negative when late."""
        return self.late.days(self.today)

    @property
    def is_broken(self) -> bool:
        """A day was named on the telephone and has passed."""
        return self.answer is not None and self.answer.promised_on is not None and self.answer.promised_on < self.today

    @property
    def rests(self) -> bool:
        """It was answered, and the answer still stands."""
        return self.until is not None and self.today <= self.until


@dataclass(frozen=True)
class Party:
    """Somebody to ring up: an organ, a deputy or a station."""

    row: Organ | Mandate | Station
    items: list[Item]
    contacts: list[Contact]
    last: Call | None
    today: date

    @property
    def kind(self) -> str:
        """organ, mandate or station, as in the address."""
        return relation(self.row)

    @property
    def name(self) -> str:
        """How the list calls it."""
        return str(self.row)

    def __str__(self) -> str:
        return self.name

    @property
    def is_broken(self) -> bool:
        """Named a day on the telephone and did not keep it."""
        return any(item.is_broken for item in self.items)

    @property
    def rests(self) -> bool:
        """Everything was answered, and the answers still stand."""
        return all(item.rests for item in self.items)

    @cached_property
    def keys(self) -> list[str]:
        """The matters, each once, as the form sends them back."""
        return list(dict.fromkeys(item.late.key for item in self.items))

    @property
    def number(self) -> str:
        """The number to ring first; empty without any."""
        return self.contacts[0].number if self.contacts else ""

    @property
    def script(self) -> list[str]:
        """What to say."""
        return words.script(self.row, self._lates, self.today)

    @property
    def message(self) -> str:
        """The same for WeChat."""
        return words.message(self.row, self._lates, self.today)

    @property
    def target(self) -> str:
        """Where the message leads."""
        return words.target(self._lates)

    @property
    def _lates(self) -> list[Late]:
        return [item.late for item in self.items]

    @property
    def rank(self) -> tuple[int, date, str]:
        """Broken words first, whoever rests last; in between the oldest matter first."""
        return 0 if self.is_broken else 2 if self.rests else 1, self.items[0].late.act_by, self.name


def call_list(today: date, kind: str = "", pk: int | None = None) -> list[Party]:
    """Whoever owes something that is late or due within ``SOON`` days; of one kind, or one party, if asked for."""
    owing: dict[tuple[str, int], list[Late]] = defaultdict(list)
    for late in owed(today + timedelta(SOON)):
        owing[relation(late.party), late.party.pk].append(late)
    asked = {key: lates for key, lates in owing.items() if kind in ("", key[0]) and pk in (None, key[1])}
    told, numbers = _told(asked.values()), book(asked.values())
    rest = rules_in_force(today)[1]["reminder_repeat_days"]
    parties = [
        Party(
            lates[0].party,
            [_item(late, told[key], rest, today) for late in lates],
            numbers[key],
            _last(told[key]),
            today,
        )
        for key, lates in asked.items()
    ]
    return sorted(parties, key=lambda party: party.rank)


def party_of(kind: str, pk: int) -> Party | None:
    """One party as it stands today; None when nothing is owed any more."""
    found = call_list(clock.today(), kind, pk)
    return found[0] if found else None


#: Calls to a party, the newest first, by the matter each was about.
Told = dict[str, list[Call]]


def _told(owing: Iterable[Sequence[Late]]) -> dict[tuple[str, int], Told]:
    """Every call about what is owed now, by party and matter."""
    matters: dict[str, set[int]] = defaultdict(set)
    for late in (late for lates in owing for late in lates):
        matters[relation(late.matter)].add(late.matter.pk)
    about = Q(pk__in=[])
    for name, keys in matters.items():
        about |= Q(**{f"{name}__in": keys})
    rows = CallItem.objects.filter(about, call__status=Call.Status.MADE).select_related("call__by__person")
    found: dict[tuple[str, int], Told] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("-call__on", "-call_id"):
        found[_party_of(row.call)][_matter_of(row)].append(row.call)
    return found


def _party_of(call: Call) -> tuple[str, int]:
    return next((kind, key) for kind in KINDS if (key := getattr(call, f"{kind}_id")) is not None)


def _matter_of(row: CallItem) -> str:
    return next(f"{name}:{key}" for name in CALLED_ABOUT if (key := getattr(row, f"{name}_id")) is not None)


def _item(late: Late, told: Told, rest: int, today: date) -> Item:
    answer = next((call for call in told.get(late.key, []) if call.outcome != Call.Outcome.NO_ANSWER), None)
    if answer is None:
        return Item(late, None, None, today)
    until = answer.promised_on or answer.on + timedelta(rest - 1)
    return Item(late, answer, until, today)


def _last(told: Told) -> Call | None:
    calls = [calls[0] for calls in told.values()]
    return max(calls, key=lambda call: (call.on, call.pk), default=None)
