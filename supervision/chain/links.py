"""What one link of the chain shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse


@dataclass
class Link:
    """One thing that happened: when, by whom, in which state, in which words, and its own page if the reader sees it.

    What is still to come has no date and is not ``reached``.
    """

    label: Any
    on: date | None = None
    who: str = ""
    state: str = ""
    code: str = ""
    words: str = ""
    notes: list[str] = field(default_factory=list)
    url: str = ""
    act: str = ""
    act_label: Any = ""
    reached: bool = True


@dataclass
class Part:
    """A stretch of the way with its links in order."""

    heading: Any
    links: list[Link]
    #: A sentence about what is left out for this reader, or empty.
    left_out: str = ""


def page(name: str, seen: bool, *args: Any) -> str:
    """The address of a page that the reader sees, else nothing."""
    return reverse(name, args=args) if seen else ""


def in_order(links: list[Link]) -> list[Link]:
    """By day; what is still to come stands at the end."""
    return sorted(links, key=lambda link: (not link.reached, link.on or date.max))


def listed(*words: Any) -> str:
    """Words side by side, without the empty ones."""
    return " · ".join(str(word) for word in words if word)
