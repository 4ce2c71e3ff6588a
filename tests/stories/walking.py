"""Who walks in the stories, and how: a browser without JavaScript that opens a page and sends back its own form."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.urls import reverse

from accounts.actor import Actor
from accounts.models import Organ, Role
from deliberations.models import SubjectField
from notifications.models import Notification
from notifications.texts import sentence
from stations.models import Level, Mandate
from tests.factory import make_actor, make_mandate, make_organ, make_person
from tests.suggestions.factory import County, make_county
from tests.suggestions.web import signed_in
from workflow.verification import verify

#: The voter; these stand on no page but that of the act that opens the name.
VOTER, PHONE = "欧阳秋菊", "13912345678"
#: What the factory of the county enters without an act.
_MADE = ("accounts.User:", "stations.Station:", "stations.Mandate:", "accounts.Organ:")
WORDS = "南门路太窄，两辆车会不开，娃上学都要绕田埂。"


@dataclass
class People:
    """Everybody who takes part in the walk."""

    county: County
    vice: Actor
    body: Actor
    local: Mandate
    local_deputy: Actor
    presidium: Actor
    court: Actor
    field: SubjectField

    def everybody(self) -> dict[str, Actor]:
        """Each by the name of the part they play."""
        names = ("staff", "office", "host", "head", "co_host", "liaison", "deputy", "co_signer", "stranger")
        own = {"vice": self.vice, "body": self.body, "local_deputy": self.local_deputy, "presidium": self.presidium}
        return {name: getattr(self.county, name) for name in names} | own


def make_people() -> People:
    """A county with its station, a township deputy, the presidium, a deputy chairperson, a commission and the court."""
    county = make_county()
    local = make_mandate(make_person("李乡亲"), Level.TOWNSHIP, county.station)
    presiding = make_mandate(make_person("吴主席"), Level.TOWNSHIP, county.station).person
    commission = make_organ("县人大城建环资工委", Organ.Kind.CONGRESS_BODY)
    return People(
        county=county,
        vice=make_actor(Role.DEPUTY_CHAIRPERSON, person=make_person("周副主任")),
        body=make_actor(Role.WORKING_BODY, organ=commission),
        local=local,
        local_deputy=make_actor(Role.DEPUTY, person=local.person),
        presidium=make_actor(Role.TOWNSHIP, person=presiding),
        court=make_actor(Role.ORGAN_HANDLER, organ=make_organ("县人民法院", Organ.Kind.COURT)),
        field=SubjectField.objects.first(),
    )


def read(actor: Actor, url: str, **query: str) -> Any:
    """A page that must be there."""
    answer = signed_in(actor).get(url, query)
    assert answer.status_code == 200, (actor.role, url, answer.status_code)
    return answer


def text(actor: Actor, url: str, **query: str) -> str:
    """Its words, as the browser gets them."""
    return str(read(actor, url, **query).content.decode())


def press(actor: Actor, url: str, **typed: Any) -> Any:
    """Open the page, change what is typed, leave what it proposes, send it; it must lead on."""
    answer = _sent(actor, url, typed)
    left = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, (actor.role, url, answer.status_code, left is not None and left.errors)
    return answer


def refused(actor: Actor, url: str, **typed: Any) -> int:
    """The same where it must lead nowhere; returns with which answer the page, or the form, was refused."""
    opened = signed_in(actor).get(url)
    answer = opened if opened.status_code == 409 else _sent(actor, url, typed)
    assert answer.status_code in (409, 422), (actor.role, url, answer.status_code)
    return int(answer.status_code)


def _sent(actor: Actor, url: str, typed: dict[str, Any]) -> Any:
    client = signed_in(actor)
    page = client.get(url)
    assert page.status_code == 200, (actor.role, url, page.status_code)
    return client.post(url, _Form.of(page) | typed)


class _Form(HTMLParser):
    """What a browser would send of the forms on a page if nobody typed anything."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.name, self.inside, self.several, self.first = "", False, False, False

    @classmethod
    def of(cls, page: Any) -> dict[str, Any]:
        """Of the page's own part, without head and menu."""
        parser, html = cls(), page.content.decode()
        parser.feed(html[html.index('id="main"') :])
        return parser.sent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields with what stands in them."""
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("method") == "post"
        elif tag == "input" and self.inside:
            self._input(given)
        elif tag in ("textarea", "select") and self.inside:
            self.name, self.several = str(given["name"]), "multiple" in given
            self.sent[self.name] = [] if self.several else ""
            self.first = tag == "select" and not self.several
        elif tag == "option" and self.name and ("selected" in given or self.first):
            self._add(self.name, str(given["value"]), several=self.several)
            self.first = False

    def handle_data(self, data: str) -> None:
        """The words in a text area; those of an option say nothing."""
        if self.name and self.lasttag == "textarea":
            self.sent[self.name] += data

    def handle_endtag(self, tag: str) -> None:
        """A browser drops the line break with which a text area begins."""
        if tag == "textarea" and self.name:
            self.sent[self.name] = self.sent[self.name].removeprefix("\n")
        if tag in ("textarea", "select"):
            self.name = ""
        elif tag == "form":
            self.inside = False

    def _input(self, given: dict[str, str | None]) -> None:
        kind, name = given.get("type"), given.get("name")
        if not name or kind in ("file", "submit") or (kind in ("radio", "checkbox") and "checked" not in given):
            return
        self._add(name, given.get("value") or "on" * (kind == "checkbox"), several=kind == "checkbox")

    def _add(self, name: str, value: str, *, several: bool) -> None:
        self.sent[name] = [*self.sent.get(name, []), value] if several else value


def tile(actor: Actor, query: str) -> int:
    """The number on the workbench that leads to this address; the list behind it must hold as many rows."""
    found = {row["url"]: row["number"] for row in read(actor, reverse("supervision:workbench")).context["tiles"]}
    assert query in found, (actor.role, query, sorted(found))
    assert found[query] == _rows(read(actor, query))
    return int(found[query])


def assert_numbers_agree(people: People) -> None:
    """Every number on every workbench is the number of rows behind it."""
    for who, actor in people.everybody().items():
        client = signed_in(actor)
        for row in client.get(reverse("supervision:workbench")).context["tiles"]:
            assert row["number"] == _rows(client.get(row["url"])), (who, row["url"])


def _rows(page: Any) -> int:
    context = page.context
    return int(context["page"].count) if "page" in context else len(context["rows"])


def heap(actor: Actor, url: str) -> int:
    """How much lies on that page for staff, as the workbench says."""
    heaps = read(actor, reverse("supervision:workbench")).context["heaps"]
    return sum(row["number"] for row in heaps if row["url"] == url)


def told(actor: Actor, kind: str) -> Notification:
    """The one fact of that kind that stands in the inbox as a sentence, and whose link opens for the reader."""
    note = Notification.objects.get(recipient=actor.user, kind=kind)
    assert sentence(note) in [sentence(row) for row in read(actor, reverse("notifications:inbox")).context["rows"]]
    opened = signed_in(actor).get(reverse("notifications:open", args=[note.pk]), follow=True)
    assert opened.status_code == 200, (kind, note.url)
    return note


def assert_nothing_was_lost_or_altered() -> None:
    """The whole record holds, everything told is a sentence, and no voter's name stands in either."""
    assert [fault for fault in verify().faults if not fault["place"].startswith(_MADE)] == []
    for note in Notification.objects.all():
        said = sentence(note)
        assert said
        assert "%(" not in said
        assert VOTER not in said
        assert PHONE not in said
