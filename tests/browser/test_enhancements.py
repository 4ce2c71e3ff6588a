"""What the portal's own script adds to pages that work without it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PHONE, sign_in

pytestmark = pytest.mark.browser


def test_a_number_typed_anywhere_opens_the_suggestion(visitor):
    page = visitor()
    sign_in(page, "staff")
    page.keyboard.type("203")
    expect(page.locator("#jump")).to_have_value("203")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/suggestions/\d+/$"))
    expect(page.locator("h1")).to_contain_text("第203号")


def test_figures_typed_into_a_field_stay_there(visitor):
    page = visitor()
    sign_in(page, "staff")
    page.goto("/suggestions/")
    page.locator("form.filters [name=q]").press_sequentially("203")
    expect(page.locator("#jump")).to_have_value("")


def test_a_form_is_sent_once_however_often_it_is_pressed(visitor):
    page = visitor()
    sign_in(page, "staff")
    page.goto("/suggestions/new/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    with page.expect_navigation():
        page.locator("main form").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")
    expect(page.locator(".summary")).to_be_focused()
    assert len(sent) == 1


def test_menus_close_with_escape_and_give_the_focus_back(visitor):
    page = visitor(PHONE)
    sign_in(page, "staff")
    expect(page.locator("nav.side")).to_be_hidden()
    page.click(".menu summary")
    expect(page.locator("nav.side")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("nav.side")).to_be_hidden()
    expect(page.locator(".menu summary")).to_be_focused()


def test_a_refusal_of_a_part_appears_above_the_page_instead_of_replacing_it(visitor):
    page = visitor()
    sign_in(page, "staff")
    heading = page.locator("main h1").inner_text()
    page.evaluate("htmx.ajax('GET', '/suggestions/999999/', {target: 'main'})")
    expect(page.locator("#alerts #refusal")).to_be_visible()
    expect(page.locator("main .heading h1")).to_have_text(heading)


def test_a_part_refreshed_after_the_session_ended_leads_to_the_sign_in_page(visitor):
    page = visitor()
    sign_in(page, "staff")
    page.context.clear_cookies()
    page.evaluate("htmx.ajax('GET', '/suggestions/', {target: 'main', select: '.list'})")
    page.wait_for_url(re.compile("/accounts/sign-in/"))
