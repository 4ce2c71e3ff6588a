"""The description of the API in a browser: read and tried under the strict content policy, with a key made just now."""

import pytest
from playwright.sync_api import expect

from tests.browser.watching import sign_in, too_wide

pytestmark = pytest.mark.browser


def test_somebody_makes_a_key_and_tries_an_address(visitor):
    page = visitor()
    sign_in(page, "unit")
    page.goto("/accounts/me/")
    page.click("main a[href='/accounts/me/keys/']")
    page.fill("[name=name]", "抄送程序")
    page.locator("main form button.btn-primary").last.click()
    key = page.locator("code.key-text").inner_text()
    assert key.startswith("wc_") and too_wide(page) <= 0
    page.goto("/api/docs/")
    page.click("#operations-tag-me")
    page.click("#operations-me-me button.opblock-summary-control")
    page.click("#operations-me-me .try-out__btn")
    page.click("#operations-me-me .execute")
    expect(page.locator("#operations-me-me .live-responses-table")).to_contain_text("ORGAN_HANDLER")
    told = page.evaluate(
        "key => fetch('/api/v1/me/', {credentials: 'omit', headers: {Authorization: `Bearer ${key}`}})"
        ".then(answer => answer.json())",
        key,
    )
    assert told["role"] == "ORGAN_HANDLER"
