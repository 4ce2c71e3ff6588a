"""The frame round every page."""

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Post, Role
from notifications.models import Notification
from tests.components.pages import Tree, render
from tests.factory import SINCE, make_actor, make_organ
from workflow import clock

PAGE = '{% extends "base.html" %}{% block heading %}<em>Roads</em> & bridges{% endblock %}{% block content %}here{% endblock %}'

pytestmark = pytest.mark.django_db


def test_title_says_what_the_heading_says_without_its_markup():
    page = render(PAGE)
    assert page.one("title")["text"].startswith("Roads & bridges ·")
    assert page.one("h1")["text"] == "Roads & bridges"


def test_a_page_may_have_another_title_than_its_heading():
    page = render(PAGE + "{% block title %}Short{% endblock %}")
    assert page.one("title")["text"].startswith("Short ·")


def test_the_first_thing_on_a_page_leads_to_its_content():
    page = render(PAGE)
    assert page.one("a", cls="skip")["href"] == "#main"
    assert page.one("main")["id"] == "main"


def test_nobody_signed_in_sees_neither_navigation_nor_bell_nor_number_box():
    page = render(PAGE)
    assert not page.all("nav") and not page.all("a", cls="bell") and not page.all("input", id="jump")


def test_signed_in_person_finds_number_box_bell_and_sign_out():
    page = render(PAGE, actor=make_actor(Role.COMMITTEE_STAFF))
    assert page.one("form", cls="jump")["action"] == reverse("suggestions:jump")
    assert page.one("input", id="jump")["name"] == "q"
    assert page.one("a", cls="bell")["href"] == reverse("notifications:inbox")
    assert page.one("form", action=reverse("accounts:sign_out"))["method"] == "post"


def test_the_entry_of_the_present_page_is_marked():
    page = render(PAGE, actor=make_actor(Role.COMMITTEE_STAFF), path=reverse("stations:list") + "7/")
    current = [link["href"] for link in page.all("a") if link.get("aria-current") == "page"]
    assert current == [reverse("stations:list")]


def test_a_page_of_no_entry_marks_none_not_even_the_workbench_at_the_root():
    page = render(PAGE, actor=make_actor(Role.COMMITTEE_STAFF), path="/nowhere/")
    assert not [link for link in page.all("a") if "aria-current" in link]
    assert render(PAGE, actor=make_actor(Role.DEPUTY), path="/").one("a", href="/", **{"aria-current": "page"})


def test_an_administrator_is_not_offered_suggestions():
    links = {link.get("href") for link in render(PAGE, actor=make_actor(Role.SYSTEM_ADMIN)).all("a")}
    assert reverse("suggestions:list") not in links and reverse("accounts:accounts") in links


def test_the_bell_counts_what_is_unread_and_only_the_readers_own():
    actor, other = make_actor(Role.COMMITTEE_STAFF), make_actor(Role.COMMITTEE_STAFF)
    for number in range(3):
        Notification.objects.create(recipient=actor.user, fact=f"f{number}", kind="k", url="/", created_at=clock.now())
    assert [mark["text"] for mark in render(PAGE, actor=actor).all("span", cls="count")] == ["3"]
    assert not render(PAGE, actor=other).all("span", cls="count")


def test_a_person_with_one_post_has_no_switch():
    assert not render(PAGE, actor=make_actor(Role.COMMITTEE_STAFF)).all("button", name="post")


def test_a_person_with_two_posts_can_switch_and_sees_what_waits_in_each():
    actor = make_actor(Role.COMMITTEE_STAFF)
    other = Post.objects.create(user=actor.user, role=Role.ORGAN_HANDLER, organ=make_organ(), since=SINCE)
    Notification.objects.create(recipient=actor.user, post=other, fact="f", kind="k", url="/", created_at=clock.now())
    actor = type(actor)(actor.user, actor.post, tuple(actor.user.posts.select_related("organ")))
    page = render(PAGE, actor=actor)
    assert page.one("form", cls="posts")["action"] == reverse("accounts:switch_post")
    present, waiting = page.all("button", name="post")
    assert (present["value"], present["aria-current"]) == (str(actor.post.pk), "true")
    assert waiting["value"] == str(other.pk) and "1" in waiting["text"]


def test_only_a_deputys_pages_are_large():
    assert "large" in render(PAGE, actor=make_actor(Role.DEPUTY)).one("body")["class"].split()
    assert "large" not in render(PAGE, actor=make_actor(Role.STATION)).one("body")["class"].split()


def test_every_page_names_the_county_and_whom_to_ask(settings):
    settings.COUNTY_NAME, settings.HELP_LINE = "青禾县", "办公室 王芳 0000-123"
    page = render(PAGE)
    assert "办公室 王芳 0000-123" in page.one("footer")["text"]
    assert page.one("span", cls="county")["text"] == "青禾县"


@pytest.mark.parametrize(("now", "other"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_the_other_language_is_one_press_away_and_leads_back_here(settings, now, other):
    with translation.override(now):
        page = render("base_public.html", path="/here/?page=2")
    assert page.one("button", name="language")["value"] == other
    assert page.one("input", name="next")["value"] == "/here/?page=2"


@pytest.mark.parametrize("role", Role)
def test_ids_are_unique_and_every_input_has_a_label(role):
    page = render(PAGE, actor=make_actor(role))
    ids = [element["id"] for element in page.elements if "id" in element]
    assert len(ids) == len(set(ids))
    labels = {label.get("for") for label in page.all("label")}
    inputs = [element for element in page.all("input") if element.get("type") != "hidden"]
    assert all(element["id"] in labels for element in inputs)


@pytest.mark.parametrize("code", ["400", "403", "404", "409"])
def test_a_refusal_says_one_sentence_and_the_way_back(code):
    page = render(f"errors/{code}.html", {"sentence": "The case has moved on.", "back_url": "/back/"})
    assert page.one("section", id="refusal")
    assert page.one("h1")
    assert "/back/" in {link["href"] for link in page.all("a")}
    if code in ("403", "409"):
        assert "The case has moved on." in page.one("section", id="refusal")["text"]


def test_the_page_of_a_broken_portal_needs_no_request_and_names_the_id():
    page = Tree(get_template("errors/500.html").render({"request_id": "a1b2c3"}))
    assert page.one("code")["text"] == "a1b2c3"
    assert page.one("h1")["text"] == _("Something broke here")
