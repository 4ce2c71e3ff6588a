"""The small language of a Word template: placeholders, repeated parts and conditions, and nothing else.

It is a part of Jinja. What is no name of the form, calls anything, reckons or reaches into a value is refused before
it is ever run; the sandbox is the second wall.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

#: Stand in the text, until it is a document again, for what is not known, for a new line, for a tabulator.
#: Unicode keeps these characters free for such use.
GAP, LINE, TAB = "\ufdd0", "\ufdd1", "\ufdd2"

#: What XML cannot hold, and our own marks.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdd2\ufffe\uffff]")
_MARKUP = re.compile(r"<[^>]*>")
_TAG = re.compile(r"\{[{%].*?[}%]\}")
#: Halves of a tag in what should be plain text; the last two are typed by an input method in Chinese.
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}")
_FULL_WIDTH = re.compile(r"｛｛|｝｝|｛%|%｝")
#: What a repeated part knows of itself.
_LOOP = dict.fromkeys(("index", "first", "last", "length"), "text")

#: The names of a form: "text", "flag", or the names of each of its rows.
Known = Mapping[str, Any]


class Fault(NamedTuple):
    """What is wrong with a template: a code, and the words that show where."""

    code: str
    words: str


def environment() -> SandboxedEnvironment:
    """Everything is escaped; an unknown name is an error, never silence."""
    return SandboxedEnvironment(autoescape=True, finalize=shown, undefined=StrictUndefined, keep_trailing_newline=True)


def shown(value: Any) -> str:
    """A value as text: what is not known is a gap; what XML cannot hold is left out.

    >>> shown("a\\r\\nb\\x07") == "a" + LINE + "b", shown(None) == GAP
    (True, True)
    """
    if value is None:
        return GAP
    text = _UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", LINE).replace("\t", TAB)


def faults(source: str, known: Known) -> list[Fault]:
    """What is wrong with the text of a template; nothing of it is run."""
    if _FULL_WIDTH.search(source):
        return [Fault("full_width", _words(_line_of(source, _FULL_WIDTH)))]
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        return [Fault("broken", _near(source, error.lineno))]
    found = list(dict.fromkeys(_in(tree, source, known, {})))
    return found or ([] if _names(tree) else [Fault("no_placeholder", "")])


def _in(node: nodes.Node, source: str, known: Known, rows: Mapping[str, Known]) -> Iterator[Fault]:
    """The faults in a node; ``rows`` are the names that a repeated part gives to its rows."""
    if isinstance(node, nodes.For):
        yield from _in_repeated(node, source, known, rows)
    elif isinstance(node, nodes.Output):
        for child in node.nodes:
            yield from _in_output(child, source, known, rows)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        if _kind(node, known, rows) is None:
            yield Fault("unknown", _spelled(node))
    elif isinstance(node, _PLAIN):
        for part in node.iter_child_nodes():
            yield from _in(part, source, known, rows)
    else:
        yield Fault("not_possible", _near(source, node.lineno))


#: Nodes that are what their children are: a template, a condition, a comparison with a word.
_PLAIN = (nodes.Template, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const)


def _in_output(node: nodes.Node, source: str, known: Known, rows: Mapping[str, Known]) -> Iterator[Fault]:
    if isinstance(node, nodes.TemplateData):
        if _LEFT_OVER.search(_MARKUP.sub("", node.data)):
            yield Fault("broken", _words(_line_of(node.data, _LEFT_OVER)))
    elif not isinstance(node, nodes.Name | nodes.Getattr):
        yield Fault("not_possible", _near(source, node.lineno))
    elif _kind(node, known, rows) is None:
        yield Fault("unknown", _spelled(node))
    elif _kind(node, known, rows) != "text":
        yield Fault("not_a_text", _spelled(node))


def _in_repeated(node: nodes.For, source: str, known: Known, rows: Mapping[str, Known]) -> Iterator[Fault]:
    row: nodes.Node = node.target
    names = _kind(node.iter, known, rows) if isinstance(node.iter, nodes.Name) else None
    if node.recursive or node.test or not isinstance(row, nodes.Name) or not isinstance(node.iter, nodes.Name):
        yield Fault("not_possible", _near(source, node.lineno))
    elif names is None:
        yield Fault("unknown", node.iter.name)
    elif not isinstance(names, Mapping):
        yield Fault("not_a_list", node.iter.name)
    else:
        for child in (*node.body, *node.else_):
            yield from _in(child, source, known, {**rows, row.name: names, "loop": _LOOP})


def _kind(node: nodes.Node, known: Known, rows: Mapping[str, Known]) -> Any:
    """What a name stands for; None for one that the form does not have, or that reaches into a value."""
    if isinstance(node, nodes.Name):
        # a row itself is no text; its own names are
        return rows.get(node.name) or known.get(node.name)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return rows.get(node.node.name, {}).get(node.attr)
    return None


def _names(tree: nodes.Template) -> bool:
    return any(True for _found in tree.find_all((nodes.Name,)))


def _spelled(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_spelled(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _near(source: str, number: int | None) -> str:
    """The tags in a line of the source, else its words."""
    lines = source.split("\n")
    line = lines[min(max((number or 1) - 1, 0), len(lines) - 1)]
    tags = _TAG.findall(_MARKUP.sub("", line))
    return " ".join(tags)[:80] or _words(line)


def _line_of(source: str, pattern: re.Pattern[str]) -> str:
    return next((line for line in source.split("\n") if pattern.search(_MARKUP.sub("", line))), source)


def _words(line: str) -> str:
    return _MARKUP.sub("", line).strip()[:80]
