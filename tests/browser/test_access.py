"""No serious finding of axe on the main pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.watching import DESK, PHONE, sign_in

pytestmark = pytest.mark.browser

AXE = Axe()
PAGES = {
    "staff": ("/", "/suggestions/", "/suggestions/new/", "/stations/", "/stations/deputies/", "/accounts/organs/",
              "/reports/", "/inbox/"),
    "deputy": ("/", "/suggestions/", "/inbox/?show=all"),
    "unit": ("/", "/suggestions/?waits=reply"),
}  # fmt: skip


def serious(page):
    """What axe finds serious or critical, each with the places."""
    found = AXE.run(page).response["violations"]
    return [
        (finding["id"], [node["html"][:120] for node in finding["nodes"]][:5])
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("username", PAGES)
def test_the_main_pages_have_no_serious_finding(visitor, username, size):
    page, found = visitor(size), {}
    page.goto("/accounts/sign-in/")
    found["sign-in"] = serious(page)
    sign_in(page, username)
    for path in PAGES[username]:
        page.goto(path)
        found[path] = serious(page)
    page.goto("/suggestions/")
    page.goto(page.locator("table.list td.key a").first.get_attribute("href"))
    found["case"] = serious(page)
    assert {path: what for path, what in found.items() if what} == {}
