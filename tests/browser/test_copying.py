"""复制到微信 in a browser: by the clipboard where there is one, by selecting where there is none, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PHONE, sign_in, too_wide

pytestmark = pytest.mark.browser

#: Where words are offered for WeChat to staff.
PAGE = "/calls/?who=station"
BOX = "details[data-copy]"


def opened(page):
    """The first box of the page, pressed."""
    sign_in(page, "staff")
    page.goto(PAGE)
    box = page.locator(BOX).first
    box.locator("summary").click()
    return box


def test_one_press_copies_words_and_address(visitor):
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    box = opened(page)
    expect(box.locator("[data-copied]")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == box.locator("textarea").input_value()
    words, address = copied.split("\n")
    assert len(words) <= 120
    assert re.match(r"https?://[^ ]+/deliberations/", address)


def test_without_a_secure_context_the_words_are_selected_and_copied_the_old_way(visitor):
    page = visitor(permissions=["clipboard-read"])
    page.add_init_script(
        "delete Navigator.prototype.clipboard; document.addEventListener('copy', () => { window.copied ="
        " document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd); });"
    )
    box = opened(page)
    expect(box.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("window.copied") == box.locator("textarea").input_value()


def test_where_nothing_may_be_copied_the_words_stand_selected_and_the_page_says_how(visitor):
    page = visitor()
    page.add_init_script("delete Navigator.prototype.clipboard; document.execCommand = () => false;")
    box = opened(page)
    expect(box.locator("[data-selected]")).to_be_visible()
    expect(box.locator("[data-copied]")).to_be_hidden()
    area = box.locator("textarea")
    assert area.evaluate("area => area.selectionEnd - area.selectionStart") == len(area.input_value())


def test_the_second_press_closes_the_box_and_copies_nothing(visitor):
    page = visitor()
    box = opened(page)
    box.locator("summary").click()
    expect(box.locator("textarea")).to_be_hidden()


def test_without_scripts_the_words_stand_in_a_box_that_can_be_selected(visitor):
    page = visitor(PHONE, java_script_enabled=False)
    box = opened(page)
    expect(box.locator("textarea")).to_be_visible()
    expect(box.locator("textarea")).not_to_be_editable()


@pytest.mark.parametrize("width", [390, 320])
def test_the_call_list_and_the_steps_fit_a_phone(visitor, width):
    page = visitor({"width": width, "height": 700})
    opened(page)
    assert too_wide(page) <= 0
    for path in ("/calls/", "/calls/print/", "/calls/made/", "/pressing/"):
        page.goto(path)
        assert too_wide(page) <= 0, path
