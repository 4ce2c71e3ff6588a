"""What must never happen on a page, and the few things that every visitor does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from supervision.demo.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SCREENSHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
#: The browser reports by itself the refusals that a test asked for.
REFUSED = re.compile("the server responded with a status of (403|404|409|422)")


class Watch:
    """Notes everything wrong that a page does: errors, refused content, requests to anywhere else."""

    def __init__(self, page: Page, home: str) -> None:
        self.home, self.wrong = home, list[str]()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def require_nothing(self) -> None:
        """Fail with everything that went wrong."""
        assert not self.wrong, "\n".join(self.wrong)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED.search(message.text):
            self.wrong.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home + "/", "data:", "blob:")):
            self.wrong.append(f"outside: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status}: {response.url}")


def sign_in(page: Page, username: str) -> None:
    """With user name and password, as anybody does."""
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile("//[^/]+/$"))


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, down to a length that a person would look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else DESK["width"]
    shown = {"x": 0, "y": 0, "width": width, "height": 2200}
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, clip=shown)
