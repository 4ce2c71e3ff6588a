"""What an enemy types, and the forms of a page as a browser would find them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Values that no field was made for, by what they try.
VALUES = {
    "empty": "",
    "blank": " \u3000\t",
    "long": "长" * 10_000,
    "swelling": "\ufdfa" * 30,
    "sounding": "庄" * 30,
    "nul": "a\x00b",
    "direction": "\u202e\u2066文字\u2069\u200f",
    "emoji": "👩‍👩‍👧‍👦🇨🇳",
    "rare": "𠮷𡈽𬀩",
    "full width": "２０２６",
    "superscript": "²",
    "negative": "-1",
    "huge": "9" * 5_000,
    "beyond the database": str(2**63),
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-31",
    "no year": "0000-01-01",
    "script": "\"'><script>alert(1)</script>",
    "formula": '=HYPERLINK("http://x")',
    "header": "a\r\nSet-Cookie: x=1",
    "percent": "%(name)s %s {0} {% now %}",
    "query": "' OR 1=1 --",
}


@dataclass
class Form:
    """A form found on a page: where it goes, its fields with what a browser would send, and their choices."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def filled(self) -> dict[str, list[str]]:
        """Sent as somebody would who fills in what is empty."""
        sent = {name: list(values) for name, values in self.values.items()}
        for name, kind in self.kinds.items():
            if not any(sent.get(name, ())):
                offered = [value for value in self.choices.get(name, ()) if value]
                sent[name] = offered[:1] or (["张三"] if kind in ("text", "textarea") else [])
        return sent


class Forms(HTMLParser):
    """Every form of a page, and every address it leads to."""

    def __init__(self, page: str, url: str) -> None:
        super().__init__()
        self.url, self.found, self.links = url, list[Form](), set[str]()
        self._form: Form | None = None
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Note forms, fields and links."""
        told = dict(attrs)
        if tag == "a" and (told.get("href") or "").startswith("/"):
            self.links.add(told["href"].partition("#")[0])
        if tag == "form":
            self._form = Form(told.get("action") or self.url, (told.get("method") or "get").lower())
            self.found.append(self._form)
        name = told.get("name")
        if self._form is None:
            return
        if tag == "option" and self._select:
            self._offer(self._select, told.get("value", ""), "selected" in told)
        elif name and tag == "select":
            self._select = name
            self._form.kinds[name] = "select"
        elif name and tag == "textarea":
            self._area = name
            self._form.kinds[name] = "textarea"
            self._form.values.setdefault(name, [""])
        elif name and tag in ("input", "button"):
            self._input(name, told.get("type", "text"), told)

    def handle_endtag(self, tag: str) -> None:
        """Leave what has ended."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """What stands in a box of several lines."""
        if self._area and self._form is not None:
            self._form.values[self._area] = [data.removeprefix("\n")]

    def _input(self, name: str, kind: str, told: dict) -> None:
        assert self._form is not None
        self._form.kinds[name] = kind
        if kind in ("checkbox", "radio"):
            self._offer(name, told.get("value", "on"), "checked" in told)
        else:
            self._form.values.setdefault(name, []).append(told.get("value") or "")

    def _offer(self, name: str, value: str, chosen: bool) -> None:
        assert self._form is not None
        self._form.choices.setdefault(name, []).append(value or "")
        if chosen:
            self._form.values.setdefault(name, []).append(value or "")
