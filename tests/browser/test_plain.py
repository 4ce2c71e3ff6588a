"""Without JavaScript everything that matters works: signing in, a filter of a list, an act."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watching import sign_in

pytestmark = pytest.mark.browser


def test_sign_in_filter_and_an_act_without_javascript(visitor):
    page = visitor(java_script_enabled=False)
    sign_in(page, "unit")
    page.goto("/suggestions/")
    page.fill("form.filters [name=q]", "涵管")
    page.click("form.filters button[type=submit]")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.click("table.list td.key a >> nth=0")
    case = page.url
    page.click(".acts-bar a[href$='/sign_receipt/']")
    page.fill("main [name=phone]", "")
    page.click("main form:has([name=version]) button[type=submit]")
    expect(page.locator("main [name=phone]")).to_have_attribute("aria-invalid", "true")
    page.fill("main [name=phone]", "0319-5639250")
    page.click("main form:has([name=version]) button[type=submit]")
    page.wait_for_url(re.compile(re.escape(case) + "$"))
    expect(page.locator(".acts-bar a[href$='/sign_receipt/']")).to_have_count(0)
