"""A deputy's phone: a browser of its own, what a person presses on it, and faults put between it and the portal."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import translation
from PIL import Image
from playwright.sync_api import expect

from deliberations.models import Opinion, Visit
from deliberations.note_words import WORDS
from tests.browser.watching import PHONE, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTE = "/deliberations/visits/new/"
SEND, FILES, STANDING = "**/notes/send/", "**/notes/*/files/", "**/notes/standing/"
#: What the page itself must never do; a request that fails is what these tests are about.
WRONG = re.compile("Refused to|Content Security Policy|Uncaught|is not a function")


def says(key: str, /, **values: Any) -> str:
    """A sentence of the page, as it is shown in Chinese."""
    with translation.override("zh-hans"):
        return str(WORDS[key]) % values


class Phone:
    """One phone; ``who`` is signed in on it. Counts what is tapped."""

    def __init__(self, browser: Browser, home: str, who: str = "deputy", **options: Any) -> None:
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "has_touch": True, "is_mobile": True}
        self.context = browser.new_context(base_url=home, viewport=PHONE, **{**settings, **options})
        self.context.set_default_timeout(10_000)
        self.wrong: list[str] = []
        self.taps = 0
        self.context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        self.context.on("console", lambda message: WRONG.search(message.text) and self.wrong.append(message.text))
        self.page = self.context.new_page()
        if who:
            sign_in(self.page, who)

    def open(self, path: str = NOTE) -> Page:
        """Go there, and wait until the page knows whose phone it is."""
        self.page.goto(path)
        return self.settled()

    def settled(self) -> Page:
        """The tools for photos appear once everything is ready."""
        expect(self.page.locator("[data-tools]")).to_be_visible()
        return self.page

    def prepared(self) -> Phone:
        """The page was opened once with a network, and the worker has all it needs."""
        self.open()
        expect(self.page.locator("[data-mode]")).to_have_text(says("mode_offline"))
        return self

    def tap(self, target: Any) -> None:
        """Press something, and count it."""
        (self.page.locator(target) if isinstance(target, str) else target).first.tap()
        self.taps += 1

    def write(self, words: str = "", *, wish: str = "yes") -> None:
        """Speak or type, and say whether an answer is wanted."""
        if words:
            self.page.fill("[name=words]", words)
        self.tap(f"label:has([name=tell_wish][value={wish}])")

    def hand_in(self) -> None:
        """Press 交上去."""
        self.tap("[data-note] form button[type=submit]")

    def becomes(self, state: str) -> None:
        """What is said after handing in."""
        expect(self.page.locator("[data-done]")).to_have_attribute("data-state", state, timeout=20_000)

    def note(self, words: str, state: str) -> None:
        """A whole note, and what becomes of it."""
        self.write(words)
        self.hand_in()
        self.becomes(state)

    def tells(self, *sentences: str) -> None:
        """What the queue says."""
        for sentence in sentences:
            expect(self.page.locator("[data-told]")).to_contain_text(sentence)

    def send_now(self) -> None:
        """Press 现在交, and wait until nothing is left."""
        self.page.locator("[data-send-now]").tap()
        self.is_empty()

    def is_empty(self) -> None:
        """Nothing waits on this phone."""
        expect(self.page.locator("[data-queue]")).to_be_hidden(timeout=20_000)

    def delivers(self, words: str, after: int = 0) -> None:
        """Wait until the portal has a note with these words; the page may be at it still."""
        for _time in range(100):
            if Visit.objects.filter(opinions__words=words, pk__gt=after).exists():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"not delivered: {words}")

    def lying_here(self) -> list[dict[str, Any]]:
        """The items as the browser stores them, without what is sealed."""
        return self.page.evaluate("""() => new Promise((resolve, reject) => {
            const request = indexedDB.open("notes");
            request.onerror = reject;
            request.onsuccess = () => {
                const all = request.result.transaction("items").objectStore("items").getAll();
                all.onsuccess = () => { request.result.close(); resolve(all.result.map(({box, ...row}) => row)); };
            };
        })""")

    def everything_stored(self) -> str:
        """Every byte that any storage of the browser holds, as text in which words would be found."""
        return self.page.evaluate("""async () => {
            const text = (value) => value instanceof ArrayBuffer ? new TextDecoder("utf-8", {fatal: false}).decode(value)
                : value instanceof Uint8Array ? text(value.buffer) : value instanceof CryptoKey ? "key"
                : value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value);
            const parts = [text({...localStorage}), text({...sessionStorage}), document.cookie];
            for (const {name} of await indexedDB.databases()) {
                const db = await new Promise((resolve) => {
                    const request = indexedDB.open(name);
                    request.onsuccess = () => resolve(request.result);
                });
                for (const store of db.objectStoreNames) {
                    const rows = await new Promise((resolve) => {
                        const all = db.transaction(store).objectStore(store).getAll();
                        all.onsuccess = () => resolve(all.result);
                    });
                    parts.push(...rows.map(text));
                }
                db.close();
            }
            return parts.join(" ");
        }""")

    def close(self) -> None:
        """Put it away; the page itself must have done nothing wrong."""
        self.context.close()
        assert not self.wrong, "\n".join(self.wrong)


def arrived(words: str) -> list[Visit]:
    """The notes with these words that the portal has."""
    return list(Visit.objects.filter(opinions__words=words).order_by("pk"))


def typed_by_hand(visit: Visit) -> Opinion:
    """The one opinion of a note."""
    return visit.opinions.get()


def picture_with_place(width: int = 2400, height: int = 1800) -> bytes:
    """A photo as a phone's camera makes it: large, and with where and by what it was taken."""
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    tags = Image.Exif()
    tags[0x010F] = "a phone of a certain maker"
    tags.get_ifd(0x8825)[2] = (38.0, 12.0, 33.0)
    stream = BytesIO()
    picture.save(stream, "JPEG", exif=tags, quality=90)
    return stream.getvalue()
