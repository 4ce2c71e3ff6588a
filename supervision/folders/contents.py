"""What a folder holds, whatever the activity was."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.actor import Actor
from files.models import Attachment
from stations.models import Level
from workflow.models import Case

LEVELS = {
    Level.TOWNSHIP: "乡镇人大代表", Level.COUNTY: "县人大代表", Level.CITY: "市人大代表",
    Level.PROVINCE: "省人大代表", Level.NATION: "全国人大代表",
}  # fmt: skip
#: What stands in the place of words that the voter wants kept.
KEPT = "（按选民意愿保密，不载入本档）"
#: A voter in a folder.
MASK = "**"
PRESENT, LEAVE, ABSENT = "实到", "请假", "缺席"


@dataclass(frozen=True)
class Somebody:
    """A line of the sign-in: who, as what, of which station, whether they came, and how or why not."""

    name: str
    post: str
    state: str
    remark: str = ""


@dataclass(frozen=True)
class Said:
    """What was said, and what came of it."""

    who: str
    words: str
    answer: str
    way: str


@dataclass(frozen=True)
class Picture:
    """A photo or a photographed sheet, with the address under which the pages show it."""

    kind: str
    file: Attachment
    url: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown and printed; a sheet that came as PDF is only named."""
        return self.file.content_type == "image/jpeg"


@dataclass(frozen=True)
class Link:
    """A page that belongs to the activity."""

    label: Any
    url: str


@dataclass(frozen=True)
class Folder:
    """All of one activity."""

    kind: str
    key: str
    #: 代表接待日, 代表培训 …
    what: str
    title: str
    place: str
    on: date
    host: str
    #: Label and value, as they stand at the head.
    facts: list[tuple[str, str]]
    notice: str
    people: list[Somebody]
    record: list[str]
    said: list[Said]
    pictures: list[Picture]
    news: str
    proposed: str
    page: Link
    forms: list[Link] = field(default_factory=list)
    #: Nobody signs in at a visit.
    has_sign_in: bool = True

    @property
    def photos(self) -> list[Picture]:
        """What can be shown."""
        return [row for row in self.pictures if row.is_picture]

    @property
    def papers(self) -> list[Picture]:
        """What can only be named."""
        return [row for row in self.pictures if not row.is_picture]

    @property
    def counts(self) -> str:
        """The foot of the sign-in."""
        states = [row.state for row in self.people]
        due, present = len(states), states.count(PRESENT)
        rate = f"，到会率 {round(100 * present / due)}%" if due and present else ""
        told = f"应到 {due} 人，实到 {present} 人，请假 {states.count(LEAVE)} 人，缺席 {states.count(ABSENT)} 人"
        return f"{told}{rate}"

    @property
    def text(self) -> str:
        """The short news: what was written, else what is proposed."""
        return self.news or self.proposed

    @property
    def words(self) -> int:
        """Characters of the short news, blanks not counted."""
        return len("".join(self.text.split()))

    @property
    def lacks(self) -> list[str]:
        """What a full folder would also hold."""
        kinds = {row.kind for row in self.pictures}
        found = {
            "通知": bool(self.notice),
            "签到": not self.has_sign_in or any(row.state == PRESENT for row in self.people),
            "记录": bool(self.record or self.said),
            "照片": "照片" in kinds,
            "简讯": bool(self.news),
        }
        return [name for name, there in found.items() if not there]


@dataclass(frozen=True)
class Source:
    """Where the folders of one kind come from, and by which verbs news and photos are put in.

    ``find`` gives the subject that the person may see, or None; ``photos`` is None where an activity keeps none.
    """

    kind: str
    label: Any
    find: Callable[[Actor, str], Any]
    build: Callable[[Any, Actor], Folder]
    may_see: Callable[[Actor, Any], bool]
    may_keep: Callable[[Actor, Any], bool]
    case: Callable[[Any], Case]
    write_news: Callable[..., Any]
    photos: Callable[..., Any] | None = None


def sentence_of(*parts: str) -> str:
    """The parts that are there, as sentences in a row."""
    return "".join(f"{part.rstrip('。')}。" for part in parts if part)


def names_of(names: list[str], most: int = 6) -> str:
    """Some names, and how many they are when there are more."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}人"
