"""Every role signs in and opens everything its navigation offers, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from supervision.demo.cast import PARTS
from tests.browser.watching import DESK, PHONE, picture, sign_in, too_wide

pytestmark = pytest.mark.browser

ENTRIES = "nav.side a[href]"
FIRST_ROW = "table.list td.key a[href^='/']"


#: Whose pages are kept as pictures; the others look alike.
PICTURED = ("staff", "deputy", "unit", "station", "auditor")


def look(page, name=""):
    """One heading, nothing sticking out, at both widths."""
    expect(page.locator("h1")).to_have_count(1)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert too_wide(page) <= 0, f"{page.url} at {size['width']}"
        if name:
            picture(page, f"{name}-{size['width']}")
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("username", [part.username for part in PARTS])
def test_every_page_of_the_navigation_opens(visitor, username):
    page = visitor()
    sign_in(page, username)
    paths = page.locator(ENTRIES).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "/" in paths
    assert "/inbox/" in paths
    for path in paths:
        name = f"{username}-{path.strip('/').replace('/', '-') or 'workbench'}" if username in PICTURED else ""
        assert page.goto(path).status == 200
        expect(page.locator(f"{ENTRIES}[aria-current=page]")).to_have_attribute("href", path)
        look(page, name)
        first = page.locator(FIRST_ROW).first
        if first.count() and path not in ("/", "/inbox/"):
            assert page.goto(first.get_attribute("href")).status == 200
            look(page, name and f"{name}-row")


def test_the_sign_in_page_and_a_wrong_password(visitor):
    page = visitor()
    page.goto("/")
    look(page, "sign-in")
    page.fill("[name=username]", "staff")
    page.fill("[name=password]", "not the password")
    page.click("main form button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    look(page, "sign-in-refused")


@pytest.mark.parametrize("username", ["staff", "deputy"])
def test_a_missing_page_says_so_in_the_portals_own_frame(visitor, username):
    page = visitor()
    sign_in(page, username)
    assert page.goto("/suggestions/999999/").status == 404
    look(page, f"{username}-404")


def test_english_is_one_choice_away_and_stays(visitor):
    page = visitor()
    sign_in(page, "staff")
    page.click("details.person summary")
    page.click("details.person button[value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/suggestions/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look(page, "staff-english")
