"""One person at their own browser, pressing what stands on the pages."""

from playwright.sync_api import expect

from tests.browser.watching import PHONE, picture, sign_in, too_wide

#: What the portal shows when it did not take a form.
REFUSED = "main .summary, #refusal"


class Desk:
    """Signed in; moves by links and buttons, never by typing an address."""

    def __init__(self, visitor, username, *, phone=False):
        self.page = visitor(PHONE, has_touch=True, is_mobile=True) if phone else visitor()
        sign_in(self.page, username)

    def menu(self, path):
        """By the navigation, opening the menu where the entry is folded away."""
        entry = self.page.locator(f"nav.side a[href='{path}']").first
        if not entry.is_visible():
            self.page.click(".menu summary")
        self._go(entry)
        return self

    def follow(self, words):
        """By the link that reads so, anywhere on the page."""
        self._go(self.page.locator("main a", has_text=words).first)
        return self

    def mail(self, words):
        """By the newest notification with these words."""
        self.menu("/inbox/")
        return self.row(words)

    def row(self, words=""):
        """The link of the first row of a list, or of the first that has these words."""
        self._go(self.page.locator("tr", has_text=words).locator("td.key a").first)
        return self

    def press(self, act):
        """The button of an act: a link to its page, or a form that does it at once."""
        self._go(self.page.locator(f"main a[href*='{act}'], main form[action*='{act}'] button").first)
        return self

    def at(self, words, act):
        """The button of an act in the row of a table that has these words."""
        self._go(self.page.locator("tr", has_text=words).locator(f"a[href*='{act}']").first)
        return self

    def send(self, **typed):
        """Fill the page's form and send it; it must be taken."""
        form = self.page.locator("main form[method=post]:has(.buttons)").last
        for name, value in typed.items():
            self._fill(form.locator(f"[name={name}]"), value)
        self._go(form.locator("button[type=submit]"))
        refused = self.page.locator(REFUSED)
        assert not refused.count(), refused.first.inner_text()
        return self

    def note(self, **typed):
        """Hand in the deputy's note, which the page sends by itself, and wait until the portal has named it."""
        expect(self.page.locator("[data-tools]")).to_be_visible()
        form = self.page.locator("[data-note] form")
        for name, value in typed.items():
            self._fill(form.locator(f"[name={name}]"), value)
        form.locator("button[type=submit]").click()
        expect(self.page.locator("[data-done]")).to_have_attribute("data-state", "received", timeout=20_000)
        return self

    def act(self, act, **typed):
        """An act with its page."""
        return self.press(act).send(**typed)

    def see(self, name):
        """Keep a picture; nothing may stick out."""
        assert too_wide(self.page) <= 0, self.page.url
        picture(self.page, name)
        return self

    def reads(self, *sentences):
        """All of this stands on the page."""
        text = self.page.locator("main").inner_text()
        assert [sentence for sentence in sentences if sentence not in text] == [], text
        return self

    def _go(self, target):
        with self.page.expect_navigation():
            target.click()

    def _fill(self, field, value):
        kind = field.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            self._tick(field, kind, value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind.startswith("select"):
            field.select_option(self._option(field, value))
        else:
            field.fill(value)

    def _tick(self, field, kind, value):
        if value is True:
            field.check()
            return
        wanted = [value] if isinstance(value, str) else value
        for box in field.all():
            label = self.page.locator(
                f"label[for='{box.get_attribute('id')}'], label:has(#{box.get_attribute('id')})"
            ).first
            chosen = box.get_attribute("value") in wanted or any(word in label.inner_text() for word in wanted)
            if chosen != box.is_checked() and (chosen or kind == "checkbox"):
                label.click()

    @staticmethod
    def _option(field, wanted):
        """The value of the option that is it, or that has these words."""
        options = field.locator("option").evaluate_all("found => found.map(one => [one.value, one.label])")
        return next(value for value, label in options if wanted == value or wanted in label)
