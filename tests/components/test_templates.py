"""Rules that hold for every template of the project: the content security policy, and the house's own."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.components.pages import Tree

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SPRITE = ROOT / "static" / "vendor" / "bootstrap-icons-1.13.2" / "sprite.svg"
CODE = [path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] not in (".venv", "var", "tests")]

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", re.IGNORECASE)
ICON = re.compile(r"""\{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|default:"([a-z0-9-]+)" %\}""")
#: The third word of an entry of the navigation, and the icon of an act.
CODE_ICON = re.compile(r"""\(_\("[^"]+"\), "[a-z_]+:[a-z_]+", "([a-z0-9-]+)"|"icon": "([a-z0-9-]+)\"""")


def name_of(path):
    return str(path.relative_to(ROOT))


def sprite():
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


def found(pattern, text):
    return {name for groups in pattern.findall(text) for name in groups if name}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles_and_is_short(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    assert len(path.read_text().splitlines()) <= 100


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_no_style_script_or_handler_of_its_own(path):
    assert not INLINE.findall(path.read_text())


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=name_of)
def test_nothing_comes_from_elsewhere(path):
    assert not OUTSIDE.findall(path.read_text())
    assert "@import" not in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_icon_is_in_the_sprite(path):
    assert found(ICON, path.read_text()) <= sprite()


def test_every_icon_that_code_names_is_in_the_sprite():
    named = {name for path in CODE for name in found(CODE_ICON, path.read_text())}
    assert "inbox" in named
    assert named <= sprite()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_form_that_changes_something_carries_a_token(path):
    text = path.read_text()
    assert len(re.findall(r'<form[^>]*method="post"', text)) == text.count("{% csrf_token %}")


def test_htmx_is_told_to_keep_to_the_policy_and_where_refusals_go():
    config = Tree(get_template("components/htmx_config.html").render()).one("meta", name="htmx-config")
    told = json.loads(config["content"])
    assert (told["includeIndicatorStyles"], told["allowEval"], told["allowScriptTags"]) == (False, False, False)

    def handling(status):
        return next(row for row in told["responseHandling"] if re.fullmatch(row["code"], status))

    assert handling("200") == handling("302") | {"code": "[23]..", "swap": True}
    assert handling("422")["swap"] and "target" not in handling("422")
    for status in ("403", "404", "409", "500"):
        assert (handling(status)["target"], handling(status)["select"]) == ("#alerts", "#refusal")
