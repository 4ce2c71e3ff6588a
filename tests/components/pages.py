"""Rendering a template, or a scrap of one, as a page of somebody would be rendered."""

from html.parser import HTMLParser

from django.template import engines
from django.test import RequestFactory

from accounts.actor import SYSTEM

#: Elements that never have an end.
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta"}


class Tree(HTMLParser):
    """What a browser would find: every element with its attributes and its own text, and tags that do not match."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.wrong = [], [], []
        self.feed(text)
        self.close()
        self.wrong += [name for name, _ in self.open]

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", **{key: value or "" for key, value in attrs}}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append((tag, element))

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "text": "", **{key: value or "" for key, value in attrs}})

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data):
        for _, element in self.open:
            element["text"] += data

    def all(self, tag="", **wanted):
        """Elements of a tag with these attributes; ``cls`` is one class among others."""
        cls = wanted.pop("cls", None)
        return [
            element
            for element in self.elements
            if (not tag or element["tag"] == tag)
            and (cls is None or cls in element.get("class", "").split())
            and all(element.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag="", **wanted):
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]


def request_of(path="/", actor=SYSTEM):
    request = RequestFactory().get(path)
    request.actor = actor
    return request


def render(source, context=None, *, path="/", actor=SYSTEM):
    """The tree of a template (by name) or of a scrap (anything with a brace)."""
    engine = engines["django"]
    template = engine.from_string(source) if "{" in source else engine.get_template(source)
    text = template.render(context or {}, request_of(path, actor))
    tree = Tree(text)
    assert not tree.wrong, tree.wrong
    return tree


def texts(tree, tag):
    """The text of every element of a tag."""
    return [element["text"].strip() for element in tree.all(tag)]
