"""A deputy's note is never lost and never doubled: on a phone in a real browser, through every fault we can think of."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from deliberations.models import Visit, VisitFile
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.phone import (
    FILES,
    NOTE,
    SEND,
    STANDING,
    Phone,
    arrived,
    picture_with_place,
    says,
    typed_by_hand,
)
from tests.browser.watching import sign_in, too_wide
from workflow import clock

pytestmark = pytest.mark.browser

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def phone(browser, portal, db):
    """``phone(who, **options)``: phones that are put away at the end, and did nothing wrong themselves."""
    made = []

    def take(who="deputy", used=browser, home=portal, **options):
        made.append(Phone(used, home, who, **options))
        return made[-1]

    yield take
    for one in made:
        one.close()


@pytest.fixture
def other_browser(browser_type):
    """``other_browser(*flags)``: a browser started in another way."""
    made = []

    def start(*flags):
        made.append(browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags]))
        return made[-1]

    yield start
    for one in made:
        one.close()


# with a network


def test_from_the_first_page_to_the_acknowledgement_it_takes_three_taps(phone):
    here = phone()
    here.tap(f"main a[href='{NOTE}']")
    here.settled()
    here.write("渠道漏水，麦子浇不上。")
    here.hand_in()
    here.becomes("received")
    assert here.taps <= 4
    visit = arrived("渠道漏水，麦子浇不上。")[0]
    assert (visit.on, typed_by_hand(visit).tell_wish) == (clock.today(), True)
    assert too_wide(here.page) <= 0
    here.is_empty()


def test_photos_are_made_small_and_lose_their_place_on_the_phone(phone):
    here, sent = phone(), []
    here.open()
    here.context.route(FILES, lambda route: (sent.append(route.request.post_data_buffer), route.continue_()))
    picture = picture_with_place()
    here.page.set_input_files("[data-camera]", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture})
    expect(here.page.locator("[data-files] img")).to_have_count(1)
    here.note("看看这张照片。", "received")
    here.is_empty()
    row = arrived("看看这张照片。")[0].papers.get()
    assert b"Exif" in picture and sent and b"Exif" not in sent[0] and b"certain maker" not in sent[0]
    with default_storage.open(row.file.path, "rb") as kept:
        assert max(Image.open(BytesIO(kept.read())).size) == 1600


def test_a_recording_arrives_without_a_word_typed_and_within_five_taps(phone, other_browser):
    here = phone(used=other_browser(*MICROPHONE), permissions=["microphone"])
    here.tap(f"main a[href='{NOTE}']")
    here.settled()
    here.tap("[data-record]")
    here.page.wait_for_timeout(2500)
    here.write()
    here.hand_in()
    here.becomes("received")
    here.is_empty()
    assert here.taps <= 5
    row = VisitFile.objects.filter(kind="RECORDING").latest("pk")
    assert (row.file.content_type, typed_by_hand(row.visit).to_be_typed) == ("audio/webm", True)


def test_what_is_no_photo_and_what_is_not_said_gets_its_sentence_at_once(phone):
    here = phone()
    here.open()
    here.hand_in()
    expect(here.page.locator("[data-alert]")).to_have_text(says("words_missing"))
    file = {"name": "假的.jpg", "mimeType": "image/jpeg", "buffer": b"no picture" * 1000}
    here.page.set_input_files("[data-camera]", file)
    expect(here.page.locator("[data-alert]")).to_have_text(says("no_picture", name="假的.jpg"))
    here.page.fill("[name=words]", "路不平。")
    here.hand_in()
    expect(here.page.locator("[data-alert]")).to_have_text(says("wish_missing"))
    assert not arrived("路不平。")


# without


def test_the_page_opens_offline_after_one_visit_and_what_is_noted_arrives_with_the_network(phone):
    here = phone().prepared()
    here.context.set_offline(True)
    for path in ("/", NOTE):
        here.open(path)
        assert "周" not in here.page.locator("header").inner_text()
    here.note("没网的时候说的话。", "kept")
    here.tells("1", says("why_offline"))
    here.open()
    here.tells("1")
    assert not arrived("没网的时候说的话。")
    here.context.set_offline(False)
    here.is_empty()
    visit = arrived("没网的时候说的话。")
    assert [typed_by_hand(one).tell_wish for one in visit] == [True]
    assert visit[0].recorded_by.username == "deputy"


def test_photos_taken_offline_follow_their_note(phone):
    here = phone().prepared()
    here.context.set_offline(True)
    here.open()
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture_with_place(400, 300)}
    for number in range(2):
        here.page.set_input_files("[data-camera]", picture)
        expect(here.page.locator("[data-files] img")).to_have_count(number + 1)
    here.note("", "kept")
    here.page.close()
    here.page = here.context.new_page()
    here.context.set_offline(False)
    before = Visit.objects.latest("pk")
    here.page.goto("/")
    here.delivers("", after=before.pk)
    here.is_empty()
    visit = Visit.objects.latest("pk")
    assert [row.kind for row in visit.papers.all()] == ["PHOTO", "PHOTO"]
    assert typed_by_hand(visit).to_be_typed


def test_a_note_of_yesterday_keeps_its_day(phone):
    here = phone().prepared()
    yesterday = clock.now() - timedelta(days=1)
    here.context.set_offline(True)
    here.page.clock.set_fixed_time(yesterday)
    here.open()
    here.note("昨天听来的。", "kept")
    here.page.clock.set_fixed_time(clock.now())
    here.page.reload()
    here.tells(says("yesterday", hour="").strip("，, ")[:2])
    here.context.set_offline(False)
    here.is_empty()
    assert arrived("昨天听来的。")[0].on == clock.today() - timedelta(days=1)


HTML = {"content_type": "text/html", "body": "<p>welcome</p>"}
ANSWERS = {
    "server error": {"status": 500, **HTML},
    "gateway": {"status": 502, **HTML},
    "a page instead": {"status": 200, **HTML},
    "too large": {"status": 413, **HTML},
    "forbidden": {"status": 403, **HTML},
    "led to sign-in": {"status": 302, "headers": {"Location": "/accounts/sign-in/"}, "body": ""},
    "another's receipt": {"status": 201, "json": {"received": "00000000-0000-0000-0000-000000000000"}},
    "refusal of another": {"status": 422, "json": {"refused": "x", "sentence": "no"}},
    "nothing": {"status": 200, "body": ""},
    "a list": {"status": 201, "json": ["received"]},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_only_an_answer_that_names_it_lets_a_note_go(phone, name):
    here = phone()
    here.open()
    words = f"遇到{name}时说的。"
    here.context.route(SEND, lambda route: route.fulfill(**ANSWERS[name]))
    here.note(words, "kept")
    here.tells("1")
    assert [row["state"] for row in here.lying_here()] == ["waiting"]
    here.context.unroute(SEND)
    here.send_now()
    assert len(arrived(words)) == 1


@pytest.mark.parametrize("address", [SEND, STANDING])
def test_no_answer_at_all_keeps_the_note(phone, address):
    here = phone()
    here.open()
    words = f"断线时说的。{address}"
    here.context.route(address, lambda route: route.abort())
    here.note(words, "kept")
    here.tells(says("why_offline"))
    here.context.unroute(address)
    here.send_now()
    assert len(arrived(words)) == 1


def test_an_answer_that_takes_too_long_keeps_the_note(phone):
    here = phone()
    here.page.clock.install()
    here.open()
    here.context.route(SEND, lambda route: None)
    here.write("等不来的。")
    # once the request is on its way the page counts the seconds
    with here.page.expect_request(SEND):
        here.hand_in()
    here.page.clock.fast_forward(30_000)
    here.becomes("kept")
    here.tells(says("why_slow"))
    here.context.unroute(SEND)
    here.send_now()
    assert len(arrived("等不来的。")) == 1


def test_an_acknowledgement_that_was_lost_doubles_nothing(phone):
    here = phone()
    here.open()

    def swallow(route):
        assert route.fetch().status == 201
        route.abort()

    here.context.route(SEND, swallow)
    here.note("收到了，可回信丢了。", "kept")
    assert len(arrived("收到了，可回信丢了。")) == 1
    here.context.unroute(SEND)
    here.send_now()
    assert len(arrived("收到了，可回信丢了。")) == 1


def test_pressing_twice_is_one_note(phone):
    here = phone()
    here.open()
    here.write("按了两下。")
    here.page.evaluate(
        "const form = document.querySelector('[data-note] form'); form.requestSubmit(); form.requestSubmit();"
    )
    here.becomes("received")
    here.is_empty()
    assert len(arrived("按了两下。")) == 1


def test_a_refused_note_stays_with_its_sentence_and_goes_once_it_is_put_right(phone):
    here = phone()
    here.open()
    here.page.evaluate("document.querySelector('[name=who]').removeAttribute('maxlength')")
    here.page.fill("[name=who]", "王" * 50)
    here.note("名字太长。", "refused_now")
    expect(here.page.locator("[data-queue] .is-wrong")).to_be_visible()
    here.page.locator("[data-queue] li button").first.tap()
    expect(here.page.locator("[name=words]")).to_have_value("名字太长。")
    here.page.fill("[name=who]", "王大爷")
    here.hand_in()
    here.becomes("received")
    here.is_empty()
    assert len(arrived("名字太长。")) == 1


# reload, tabs, people


def test_what_is_half_written_outlives_a_reload(phone):
    here = phone()
    here.open()
    here.page.fill("[name=words]", "写了一半")
    here.page.fill("[name=who]", "李婶")
    here.tap("label:has([name=tell_wish][value=no])")
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture_with_place(400, 300)}
    here.page.set_input_files("[data-camera]", picture)
    expect(here.page.locator("[data-files] img")).to_have_count(1)
    here.page.reload()
    here.settled()
    expect(here.page.locator("[name=words]")).to_have_value("写了一半")
    expect(here.page.locator("[name=who]")).to_have_value("李婶")
    expect(here.page.locator("[name=tell_wish][value=no]")).to_be_checked()
    expect(here.page.locator("[data-files] img")).to_have_count(1)
    stored = here.everything_stored()
    assert "写了一半" not in stored and "李婶" not in stored
    here.hand_in()
    here.becomes("received")
    here.is_empty()
    assert len(arrived("写了一半")) == 1


def test_two_pages_write_two_notes_and_send_each_once(phone):
    here = phone().prepared()
    first, second = here.page, here.context.new_page()
    second.goto(NOTE)
    here.context.set_offline(True)
    for page, words in ((first, "第一页写的。"), (second, "第二页写的。")):
        here.page = page
        here.settled()
        here.note(words, "kept")
    here.tells("2")
    here.context.set_offline(False)
    for page in (first, second):
        here.page = page
        here.is_empty()
    assert (len(arrived("第一页写的。")), len(arrived("第二页写的。"))) == (1, 1)


def test_two_pages_without_web_locks_send_each_once(phone):
    here = phone()
    here.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {get: () => undefined})")
    here.open()
    here.context.set_offline(True)
    here.note("没有锁也不重。", "kept")
    second = here.context.new_page()
    here.context.set_offline(False)
    second.goto("/")
    here.delivers("没有锁也不重。")
    here.is_empty()
    assert len(arrived("没有锁也不重。")) == 1


def test_a_session_that_ended_keeps_the_note_for_the_same_person(phone):
    here = phone()
    here.open()
    Session.objects.all().delete()
    here.note("登录过期时说的。", "kept")
    here.tells(says("why_out"))
    sign_in(here.page, "deputy2")
    here.tells(says("of_another", count=1))
    here.open()
    assert "登录过期时说的。" not in here.page.content()
    assert not arrived("登录过期时说的。")
    here.note("另一个人说的。", "received")
    here.page.goto("/")
    press_sign_out(here.page)
    sign_in(here.page, "deputy")
    here.delivers("登录过期时说的。")
    assert [visit.recorded_by.username for visit in arrived("登录过期时说的。")] == ["deputy"]
    assert [visit.recorded_by.username for visit in arrived("另一个人说的。")] == ["deputy2"]


def press_sign_out(page):
    page.click(".menu summary")
    page.locator("details.person summary").tap()
    with page.expect_navigation():
        page.locator("form[action*='sign-out'] button").tap()


def test_a_draft_outlives_a_sign_out_sealed_for_the_same_person(phone):
    here = phone()
    here.open()
    here.page.fill("[name=words]", "还没写完就退出了")
    here.page.wait_for_timeout(300)
    press_sign_out(here.page)
    assert "notes-keys" not in here.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert "还没写完" not in here.everything_stored()
    sign_in(here.page, "deputy2")
    here.open()
    expect(here.page.locator("[name=words]")).to_have_value("")
    assert "还没写完" not in here.page.content()
    here.page.goto("/")
    press_sign_out(here.page)
    sign_in(here.page, "deputy")
    here.open()
    expect(here.page.locator("[name=words]")).to_have_value("还没写完就退出了")


def test_after_a_sign_out_the_page_opens_offline_and_says_that_nothing_can_be_kept(phone):
    here = phone().prepared()
    press_sign_out(here.page)
    here.context.set_offline(True)
    here.page.goto(NOTE)
    expect(here.page.locator("[data-alert]")).to_have_text(says("nobody"))


# browsers that can do less, or forget


def test_without_a_service_worker_the_open_page_keeps_everything_and_says_what_it_cannot(phone):
    here = phone(service_workers="block")
    here.open()
    expect(here.page.locator("[data-mode]")).to_have_text(says("mode_here"))
    here.context.set_offline(True)
    here.note("没有后台程序时说的。", "kept")
    here.context.set_offline(False)
    here.is_empty()
    assert len(arrived("没有后台程序时说的。")) == 1


def test_where_the_browser_cleared_its_storage_it_is_said(phone):
    here = phone()
    here.open()
    here.context.route(SEND, lambda route: route.abort())
    here.note("要被清掉的。", "kept")
    here.page.goto("/suggestions/")
    devtools = here.context.new_cdp_session(here.page)
    kinds = "indexeddb,local_storage,service_workers,cache_storage"
    devtools.send(
        "Storage.clearDataForOrigin", {"origin": here.page.url.split("/suggestions")[0], "storageTypes": kinds}
    )
    here.open()
    here.tells(says("cleared", count=1))
    here.context.unroute(SEND)
    here.note("清掉以后重新写的。", "received")
    assert len(arrived("清掉以后重新写的。")) == 1


def test_storage_cleared_under_an_open_page_loses_nothing_that_is_in_the_form(phone):
    here = phone()
    here.open()
    here.page.fill("[name=words]", "清理的时候正写着")
    devtools = here.context.new_cdp_session(here.page)
    origin = here.page.url.split(NOTE)[0]
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    here.write("清理的时候正写着。")
    here.hand_in()
    here.becomes("received")
    assert len(arrived("清理的时候正写着。")) == 1


def test_on_an_insecure_origin_what_is_half_written_is_still_there_and_the_plain_form_works(
    phone, other_browser, portal, settings
):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "portal.example"]
    home = re.sub(r"//[^:/]+", "//portal.example", portal)
    here = phone(used=other_browser("--host-resolver-rules=MAP portal.example 127.0.0.1"), home=home)
    here.page.goto(NOTE)
    assert here.page.evaluate("self.isSecureContext") is False
    expect(here.page.locator("[data-mode]")).to_have_text(says("mode_plain"))
    here.page.locator("[name=words]").press_sequentially("微信里写了一半")
    here.page.close()
    here.page = here.context.new_page()
    here.page.goto(NOTE)
    expect(here.page.locator("[name=words]")).to_have_value("微信里写了一半")
    here.tap("label:has([name=tell_wish][value=yes])")
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture_with_place(400, 300)}
    here.page.set_input_files("[name=photos]", [picture, picture])
    with here.page.expect_navigation():
        here.hand_in()
    visit = arrived("微信里写了一半")[0]
    assert visit.papers.count() == 2
    here.page.goto(NOTE)
    expect(here.page.locator("[name=words]")).to_have_value("")


def test_without_any_script_the_page_is_a_plain_form(phone):
    here = phone(java_script_enabled=False)
    here.page.goto(NOTE)
    here.page.fill("[name=words]", "没有脚本也能交。")
    here.page.check("[name=tell_wish][value=yes]", force=True)
    with here.page.expect_navigation():
        here.page.click("[data-note] form button[type=submit]")
    assert len(arrived("没有脚本也能交。")) == 1


def test_the_key_on_the_phone_cannot_be_read(phone):
    here = phone()
    here.open()
    told = here.page.evaluate("""() => new Promise((resolve) => {
        const request = indexedDB.open("notes-keys");
        request.onsuccess = () => {
            const all = request.result.transaction("keys").objectStore("keys").getAll();
            all.onsuccess = () => { request.result.close(); resolve(all.result.map((row) => [row.person, row.key.extractable])); };
        };
    })""")
    assert told == [[str(User.objects.get(username="deputy").uuid), False]]
