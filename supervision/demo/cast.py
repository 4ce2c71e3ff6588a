"""Who plays in the demo county: one account per role, all with one password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from accounts.actor import SYSTEM, Actor, actor_of
from accounts.models import Officer, Organ, Person, Post, Role, User
from accounts.transitions.accounts import PostFacts, give_post, open_account, set_password
from accounts.transitions.organs import OrganFacts, enter_organ
from accounts.transitions.people import PersonFacts, enter_people
from stations.models import Level, Mandate, StationStaff, Term
from stations.transitions.mandates import MandateFacts, enter_mandates
from workflow import clock

#: Known to everybody who reads this file: for the demo county only.
PASSWORD = "Wangchuan-2026"  # noqa: S105

#: The working commission that follows key suggestions, and two more of the congress.
BODY = "县人大常委会农业农村工作委员会"
BODIES = (BODY, "县人大常委会教科文卫工作委员会", "县人大常委会财经城建工作委员会")
OFFICE, WATER, FINANCE, COURT = "县人民政府办公室", "县水利局", "县财政局", "县人民法院"
TRAFFIC, EDUCATION, HEALTH, POWER = "县交通运输局", "县教育局", "县卫生健康局", "县供电公司"
#: The home of 石桥镇, its liaison, and the certificates of three of its county deputies.
HOME, DEPUTY, DEPUTY2, OFFICIAL = "JZ04", "X0034", "X0124", "X0004"
#: Posts have been held since before the first act of the running cases.
HELD_FOR = timedelta(days=30)


def invented(name: str) -> Callable[[], Person]:
    """A person that no list knows."""
    return lambda: enter_people([PersonFacts(name)])[0]


def officer(organ: str, duty: str) -> Callable[[], Person]:
    """Whom the roster names for the organ."""
    return lambda: Officer.objects.select_related("person").filter(organ__name=organ, duty=duty).latest("pk").person


def liaison(code: str) -> Callable[[], Person]:
    """Whom the roster names as liaison of the station."""
    staff = StationStaff.objects.select_related("person")
    return lambda: staff.get(station__code=code, duty=StationStaff.Duty.LIAISON, until=None).person


def deputy(certificate: str) -> Callable[[], Person]:
    """The county deputy of that certificate."""
    return lambda: county_mandate(certificate).person


def county_mandate(certificate: str) -> Mandate:
    """The county mandate of that certificate, in the present term."""
    mandates = Mandate.objects.select_related("person", "station__township", "delegation")
    return mandates.get(certificate_no=certificate, level=Level.COUNTY, term__is_current=True)


def mandate(certificate: str) -> Mandate:
    """The mandate of that certificate, of county or town, in the present term."""
    mandates = Mandate.objects.select_related("person", "station__township", "delegation", "term")
    return mandates.get(certificate_no=certificate, term__is_current=True)


@dataclass(frozen=True)
class Part:
    """An account: its name, whose it is, and the posts held, the first of them on signing in."""

    username: str
    person: Callable[[], Person]
    posts: tuple[tuple[str, str, str], ...]


def _part(username: str, person: Callable[[], Person], role: str, title: str = "", organ: str = "") -> Part:
    return Part(username, person, ((role, title, organ),))


HANDLER, HEAD = Role.ORGAN_HANDLER, Role.ORGAN_HEAD

PARTS = (
    _part("admin", invented("林晓东"), Role.SYSTEM_ADMIN, "系统管理员"),
    _part("chair", invented("周国栋"), Role.CHAIRPERSON, "县人大常委会主任"),
    _part("vice", invented("李建华"), Role.DEPUTY_CHAIRPERSON, "县人大常委会副主任"),
    _part("staff", invented("王芳"), Role.COMMITTEE_STAFF, "代表工作委员会副主任"),
    _part("body", invented("赵文静"), Role.WORKING_BODY, "主任", BODY),
    _part("station", liaison(HOME), Role.STATION, "石桥镇代表之家联络员"),
    _part("deputy", deputy(DEPUTY), Role.DEPUTY),
    _part("deputy2", deputy(DEPUTY2), Role.DEPUTY),
    Part("township", deputy(OFFICIAL), ((Role.TOWNSHIP, "石桥镇人大主席", ""), (Role.DEPUTY, "", ""))),
    _part("govoffice", officer(OFFICE, Officer.Duty.LIAISON), Role.GOVERNMENT_OFFICE, "督查室", OFFICE),
    _part("leader", invented("陈志远"), Role.COUNTY_LEADER, "副县长"),
    _part("unit", officer(WATER, Officer.Duty.LIAISON), HANDLER, "办公室", WATER),
    _part("unithead", officer(WATER, Officer.Duty.HEAD), HEAD, "局长", WATER),
    _part("unit2", officer(FINANCE, Officer.Duty.LIAISON), HANDLER, "办公室", FINANCE),
    _part("traffic", officer(TRAFFIC, Officer.Duty.LIAISON), HANDLER, "办公室", TRAFFIC),
    _part("education", officer(EDUCATION, Officer.Duty.LIAISON), HANDLER, "办公室", EDUCATION),
    _part("health", officer(HEALTH, Officer.Duty.LIAISON), HANDLER, "办公室", HEALTH),
    _part("power", officer(POWER, Officer.Duty.LIAISON), HANDLER, "办公室", POWER),
    _part("court", officer(COURT, Officer.Duty.LIAISON), HANDLER, "办公室", COURT),
    _part("security", invented("孙立群"), Role.SECURITY_ADMIN, "安全管理员"),
    _part("auditor", invented("沈静怡"), Role.AUDIT_ADMIN, "审计管理员"),
)


def engage() -> None:
    """Open the accounts of all parts."""
    for name in BODIES:
        enter_organ(OrganFacts(name, Organ.Kind.CONGRESS_BODY), actor=SYSTEM)
    _second_mandate()
    for part in PARTS:
        user, token = open_account(actor=SYSTEM, person=part.person(), username=part.username)
        for role, title, organ in part.posts:
            give_post(user, actor=SYSTEM, facts=_facts(role, title, organ))
        set_password(token, password=PASSWORD)


def actors() -> dict[str, Actor]:
    """Every account under the last of its posts, by user name, and the town's official as such: who plays."""
    users = User.objects.select_related("person").prefetch_related("posts__organ")
    wanted = users.filter(username__in=[part.username for part in PARTS])
    found = {user.username: actor_of(user, list(user.posts.all())[-1]) for user in wanted}
    official = found["township"].user
    first = official.posts.first()  # type: ignore[union-attr]
    return {**found, "presidium": actor_of(official, first)}  # type: ignore[arg-type]


def accounts() -> list[tuple[str, str, list[str]]]:
    """Every account of the demo: its name, whose it is, and as what it acts."""
    posts = Post.objects.select_related("user__person", "organ").order_by("pk")
    held: dict[tuple[str, str], list[str]] = {}
    for post in posts.filter(user__username__in=[part.username for part in PARTS]):
        words = dict.fromkeys(f"{post} {post.title}".split())
        held.setdefault((post.user.username, str(post.user)), []).append(" ".join(words))
    return [(username, name, titles) for (username, name), titles in held.items()]


def _facts(role: str, title: str, organ: str) -> PostFacts:
    held = Organ.objects.get(name=organ) if organ else None
    return PostFacts(role, held, title, clock.today() - HELD_FOR)


def _second_mandate() -> None:
    """The town's presiding official is a deputy of county and town at once (scenario 40)."""
    county = county_mandate(OFFICIAL)
    home = county.station
    term = Term.objects.get(level=Level.TOWNSHIP, township=home.township, is_current=True)  # type: ignore[union-attr]
    person = PersonFacts(county.person.name, county.person.phone)
    row = MandateFacts("Z0900", person, Level.TOWNSHIP, term, None, home, county.employer_post)
    enter_mandates([row], actor=SYSTEM)
