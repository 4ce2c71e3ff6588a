"""An old person's old phone: a bar of three, text of 20 px, targets of 60 px, nothing wider than the screen."""

import pytest

from tests.browser.watching import sign_in, too_wide

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
PATHS = ("/", "/suggestions/", "/inbox/?show=all", "/stations/", "/accounts/me/")
#: The text and the targets that are smaller than promised; a link that fills its card is as large as the card.
SMALL = """() => {
  const seen = (e) => e.getClientRects().length && e.getBoundingClientRect().width > 1;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && seen(parent) && parseFloat(getComputedStyle(parent).fontSize) < 20) {
      found.push(texts.currentNode.data.trim());
    }
  }
  for (const target of document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")) {
    const box = (target.closest(".choices label, .check") ?? target).getBoundingClientRect();
    if (seen(target) && !target.closest(".key, .lead, .skip") && box.height < 59.5) found.push(target.outerHTML);
  }
  return found;
}"""


def case_pages(page):
    """A case that waits for the deputy, and the page on which the deputy judges."""
    page.goto("/suggestions/?waits=evaluation")
    case = page.locator("table.list td.key a").first.get_attribute("href")
    page.goto(case)
    return [case, page.locator("a[href$='/evaluate/']").first.get_attribute("href")]


def test_a_deputy_reads_and_hits_everything_on_a_narrow_phone(visitor):
    page = visitor(NARROW)
    sign_in(page, "deputy")
    found = {}
    for path in (*PATHS, *case_pages(page)):
        page.goto(path)
        found[path] = [*page.evaluate(SMALL), *(["too wide"] if too_wide(page) > 0 else [])]
    assert {path: what for path, what in found.items() if what} == {}


def test_a_deputys_bar_has_three_pages_and_the_menu_the_others(visitor):
    page = visitor(NARROW)
    sign_in(page, "deputy")
    entries = page.locator("nav.side a")
    offered = [entry.get_attribute("href") for entry in entries.all() if entry.is_visible()]
    assert offered == ["/", "/suggestions/", "/inbox/"]
    page.click(".menu summary")
    assert all(entry.is_visible() for entry in entries.all())
    assert entries.count() > 3
