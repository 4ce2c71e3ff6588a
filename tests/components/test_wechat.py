"""复制到微信: short words with an address, in a box that can be selected where nothing is copied by itself."""

import pytest
from django.conf import settings

from tests.components.pages import render
from workflow.text import MOST_IN_WECHAT, for_wechat


@pytest.mark.parametrize("length", [0, 1, MOST_IN_WECHAT - 1, MOST_IN_WECHAT])
def test_what_is_short_enough_stays_as_it_is(length):
    assert for_wechat("请" * length) == "请" * length


@pytest.mark.parametrize("length", [MOST_IN_WECHAT + 1, 500])
def test_longer_words_are_cut_by_characters_and_say_so(length):
    said = for_wechat("请" * length, "https://portal.example/")
    words, address = said.split("\n")
    assert words == "请" * (MOST_IN_WECHAT - 1) + "…"
    assert address == "https://portal.example/"


def test_a_character_outside_the_basic_plane_counts_as_one_and_is_never_halved():
    assert for_wechat("𠮷" * MOST_IN_WECHAT) == "𠮷" * MOST_IN_WECHAT
    assert for_wechat("𠮷" * 200)[-2:] == "𠮷…"


def test_lines_and_blanks_become_one_paragraph():
    assert for_wechat(" 请\n各站  确认 ") == "请 各站 确认"


def test_the_box_holds_words_and_absolute_address_and_needs_no_script():
    page = render("{% load portal %}{% wechat words path %}", {"words": "A < B & C", "path": "/calls/?who=organ"})
    assert page.one("textarea")["text"] == f"A < B & C\n{settings.SITE_URL}/calls/?who=organ"
    assert "readonly" in page.one("textarea")
    assert page.one("details")["data-copy"] == ""
    assert not page.all("script")


def test_without_a_page_there_is_no_address():
    assert render('{% load portal %}{% wechat "您说的路" %}').one("textarea")["text"] == "您说的路"


@pytest.mark.django_db
def test_every_page_brings_the_script_that_copies():
    page = render('{% extends "base.html" %}')
    assert any(script["src"].split("?")[0].endswith("js/copy.js") for script in page.all("script", type="module"))
