"""Words as they are compared, by people who type full-width digits and blanks inside names; and as they are sent on."""

import re
import unicodedata
from datetime import date

from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import get_language

#: Characters that sound otherwise when they are a family name.
_FAMILY_NAMES = {
    "曾": "zeng", "单": "shan", "覃": "qin", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "解": "xie", "缪": "miao", "乐": "yue", "员": "yun", "召": "shao", "翟": "zhai", "郗": "xi",
}  # fmt: skip

#: As much as is read of a message in a group.
MOST_IN_WECHAT = 120


def number(text: str) -> int | None:
    """The number written in a form or an address; None for what is none, or none that a row could have.

    >>> number("12"), number("１"), number("-1"), number("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def fold(*texts: str) -> str:
    """Texts as one search column: NFKC, case-folded, blanks squeezed.

    >>> fold("第０３７号", "A类")
    '第037号 a类'
    """
    joined = unicodedata.normalize("NFKC", " ".join(text for text in texts if text)).casefold()
    return re.sub(r"\s+", " ", joined).strip()


def key(text: str) -> str:
    """A name as it is looked up: folded, without blanks and without the kind of its brackets.

    >>> key("会（协）办 单位")
    '会(协)办单位'
    """
    return re.sub(r"\s+", "", fold(text))


def pinyin(text: str, most: int | None = None) -> str:
    """Syllables without tones, for sorting and searching; at most so many characters for a column of that length.

    >>> pinyin("石桥镇")
    'shi qiao zhen'
    """
    return " ".join(_syllables(text)).casefold()[:most]


def _syllables(text: str) -> list[str]:
    # its dictionary takes 55 MB: only a process that needs pinyin loads it
    syllables: list[str] = import_string("pypinyin.lazy_pinyin")(text)
    return syllables


def name_pinyin(name: str, most: int = 120) -> str:
    """The pinyin of a person's name, whose first character is a family name; no name sounds longer than ``most``.

    >>> name_pinyin("曾庆海")
    'zeng qing hai'
    """
    family = _FAMILY_NAMES.get(name[:1])
    sound = f"{family} {pinyin(name[1:])}".strip() if family else pinyin(name)
    return sound[:most]


def typed(syllables: str) -> str:
    """What people type for a name: the syllables in one piece, and their initials.

    >>> typed("shi qiao zhen")
    'shiqiaozhen sqz'
    """
    parts = syllables.split()
    return f"{''.join(parts)} {''.join(part[0] for part in parts)}" if parts else ""


def said_day(day: date) -> str:
    """A day as it is said, without its year: 11月19日, in English 19 November."""
    return date_format(day, "j F" if get_language() == "en" else "n月j日")


def written_day(day: date) -> str:
    """A day as letters write it: 2026年11月19日, in English 19 November 2026."""
    return date_format(day, "j F Y" if get_language() == "en" else "Y年n月j日")


def for_wechat(text: str, address: str = "") -> str:
    """A message to be pasted into WeChat: one paragraph of at most 120 characters, the address on a line of its own.

    >>> for_wechat("请各站  确认", "http://portal.example/")
    '请各站 确认\\nhttp://portal.example/'
    """
    words = " ".join(text.split())
    if len(words) > MOST_IN_WECHAT:
        words = f"{words[: MOST_IN_WECHAT - 1].rstrip()}…"
    return f"{words}\n{address}" if address else words
