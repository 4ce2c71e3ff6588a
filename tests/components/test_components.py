"""The pieces pages are made of: every state of each, and the empty one."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row

import pytest
from django import forms
from django.contrib.messages import constants
from django.utils import translation
from django_filters import DateFromToRangeFilter, FilterSet

from accounts.models import Organ
from tests.components.pages import render, texts
from workflow.paging import Page
from workflow.periods import Light


def scrap(source, **context):
    return render("{% load i18n portal %}" + source, context)


def include(name, **context):
    return scrap('{% include "components/' + name + '.html" %}', **context)


@pytest.fixture(autouse=True)
def _english():
    """Sentences are compared with their msgids here."""
    with translation.override("en"):
        yield


# marks


@pytest.mark.parametrize(
    ("colour", "days", "words"),
    [
        ("green", 78, "on time 78 days left"),
        ("yellow", 1, "coming up 1 day left"),
        ("orange", 0, "near due due today"),
        ("red", -4, "overdue 4 days late"),
        ("red", -1, "overdue 1 day late"),
        ("green", None, "on time"),
    ],
)
def test_a_light_is_a_shape_with_its_word_and_days(colour, days, words):
    light = scrap("{% light colour days %}", colour=colour, days=days)
    assert " ".join(light.one("span", cls=f"light-{colour}")["text"].split()) == words
    assert light.one("span", cls="shape")["aria-hidden"] == "true"


def test_a_light_takes_what_counting_gives():
    assert scrap("{% light it %}", it=Light("red", -2)).all("span", cls="light-red")


@pytest.mark.parametrize("nothing", [None, "", "violet"])
def test_without_a_limit_the_light_is_out_and_says_nothing_of_days(nothing):
    assert scrap("{% light it 5 %}", it=nothing).one("span", cls="light-grey")["text"] == "—"


def test_result_classes_and_lights_share_no_mark():
    mark = scrap("{% result_class_mark it %}", it=Row(code="B", label="planned")).one("span", cls="result-class")
    assert mark["text"] == "B planned"
    assert not scrap("{% result_class_mark it %}", it=Row(code="B", label="planned")).all("span", cls="light")


@pytest.mark.parametrize(
    ("code", "tone"),
    [("SUBMITTED", "todo"), ("HANDLING", "active"), ("CLOSED", "done"), ("FAILED", "bad"), ("?", "plain")],
)
def test_the_tone_of_a_state_follows_from_its_code(code, tone):
    assert scrap("{% badge 'word' code %}", code=code).one("span", cls=f"badge-{tone}")["text"] == "word"


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert scrap('{% icon "bell" %}').one("svg")["aria-hidden"] == "true"
    named = scrap('{% icon "bell" "two < three" %}').one("svg")
    assert (named["role"], named["aria-label"]) == ("img", "two < three")


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ it|day }}", date(2026, 11, 23), "2026-11-23"),
        ("{{ it|day }}", datetime(2026, 11, 22, 17, tzinfo=UTC), "2026-11-23"),
        ("{{ it|moment }}", datetime(2026, 11, 23, 1, 5, tzinfo=UTC), "2026-11-23 09:05"),
        ("{{ it|long_day }}", date(2026, 11, 23), "23 November 2026"),
    ],
)
def test_times_are_the_countys_own(source, value, text):
    assert scrap(source, it=value).one("time")["text"] == text


def test_letters_write_the_day_in_chinese():
    with translation.override("zh-hans"):
        assert scrap("{{ it|long_day }}", it=date(2026, 11, 23)).one("time")["text"] == "2026年11月23日"


@pytest.mark.parametrize("filter", ["day", "long_day", "moment", "or_dash"])
def test_nothing_is_shown_as_a_dash(filter):
    assert texts(scrap("<p>{{ it|" + filter + " }}</p>", it=None), "p") == ["—"]


def test_zero_is_not_nothing():
    assert texts(scrap("<p>{{ it|or_dash }}</p>", it=0), "p") == ["0"]


# forms


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="As on the sheet")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    field = forms.ChoiceField(label="Field", choices=[("", "any"), ("a", "A")], required=False)
    agreed = forms.BooleanField(label="Agreed", required=False)
    scan = forms.FileField(label="Scan", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_every_field_has_a_label_and_required_ones_a_mark():
    page = include("form", form=Sample())
    for field in ("id_title", "id_field", "id_agreed", "id_scan"):
        assert len(page.all("label", **{"for": field})) == 1
    assert texts(page, "legend") == ["Kind*"]
    assert len(page.all("span", cls="required")) == 2


def test_help_is_tied_to_its_field():
    page = include("form", form=Sample())
    assert page.one("input", id="id_title")["aria-describedby"] == "id_title_helptext"
    assert page.one("div", id="id_title_helptext")["text"] == "As on the sheet"


def test_errors_are_tied_to_their_fields_and_summed_up_with_links():
    form = Sample({"secret": ""})
    form.add_error(None, "These two do not fit together.")
    page = include("form", form=form)
    wrong = page.one("input", id="id_title")
    assert wrong["aria-invalid"] == "true"
    assert page.one(id=wrong["aria-describedby"].split()[-1])["text"].strip()
    summary = page.one("div", cls="summary")
    assert "These two do not fit together." in summary["text"]
    ids = {element.get("id") for element in page.elements}
    links = [link["href"].removeprefix("#") for link in page.all("a")]
    assert links == ["id_title", "id_kind_0"] and set(links) <= ids
    group = page.one("fieldset", id="id_kind_group")
    assert page.one(id=group["aria-describedby"])["text"].strip()


def test_an_error_of_a_hidden_field_is_not_silent():
    form = Sample({"title": "t", "kind": "a"})
    assert include("form", form=form).one("div", cls="summary")["text"].strip() and form.errors["secret"]


def test_a_form_carries_version_target_and_file_encoding():
    page = include("form", form=Sample(), version=0, action="/there/", form_id="f", cancel_url="/back/")
    form = page.one("form")
    assert (form["action"], form["id"], form["enctype"]) == ("/there/", "f", "multipart/form-data")
    assert page.one("input", name="version")["value"] == "0"
    assert page.one("a")["href"] == "/back/"


def test_a_form_without_a_version_sends_none():
    assert not include("form", form=Sample()).all("input", name="version")


def test_a_dangerous_act_looks_like_one():
    assert include("form", danger=True, submit_label="Delete").one("button", cls="btn-danger")["text"] == "Delete"


def test_labels_and_errors_of_people_are_escaped():
    class Odd(forms.Form):
        name = forms.CharField(label="<b>bold</b>", error_messages={"required": "<i>lost</i>"})

    assert not include("form", form=Odd({})).all("b") and not include("form", form=Odd({})).all("i")


# lists


class SampleFilter(FilterSet):
    made = DateFromToRangeFilter(label="Made")

    class Meta:
        model = Organ
        fields = ["kind"]


def test_both_ends_of_a_range_say_which_they_are():
    page = include("filters", filter_form=SampleFilter(queryset=Organ.objects.none()).form)
    ends = [page.one("input", name=name)["aria-label"] for name in ("made_after", "made_before")]
    assert ends == ["Made: from", "Made: to"]
    assert texts(page, "legend") == ["Made"]


def test_without_words_to_search_all_filters_fold_away_on_a_phone():
    page = include("filters", filter_form=SampleFilter(queryset=Organ.objects.none()).form)
    assert page.one("details", cls="fold") and page.one("form")["method"] == "get"


def test_each_filter_that_is_on_can_be_taken_off():
    chips = [Row(label="State", value="open", remove="?kind=a"), Row(label="Kind", value="A", remove="?")]
    links = [link["href"] for link in include("filters", filter_form=forms.Form(), chips=chips).all("a")]
    assert links == ["?kind=a", "?", "?"]


def test_a_filter_that_cannot_be_read_says_so():
    form = SampleFilter({"kind": "nonsense"}, queryset=Organ.objects.none()).form
    page = include("filters", filter_form=form)
    assert page.one("div", role="alert") and page.one("ul", cls="errorlist")


@pytest.mark.parametrize(
    ("newer", "older", "links"),
    [
        ("", "", []),
        ("", "o", ["?kind=a&after=o"]),
        ("n", "", ["?kind=a", "?kind=a&before=n"]),
        ("n", "o", ["?kind=a", "?kind=a&before=n", "?kind=a&after=o"]),
    ],
)
def test_pages_lead_on_and_keep_the_filters(newer, older, links):
    page = Page([1], 1, False, newer, older)
    tree = render("components/pager.html", {"page": page}, path="/?kind=a&after=x")
    assert [link["href"] for link in tree.all("a")] == links


LIST = (
    '{% extends "components/list.html" %}{% block heading %}Rows{% endblock %}'
    '{% block head %}<th scope="col">Name</th>{% endblock %}'
    '{% block rows %}{% for row in rows %}<tr><td class="key">{{ row }}</td></tr>{% endfor %}{% endblock %}'
)


def test_a_list_shows_its_rows_and_how_many_there_are():
    page = render(LIST, {"rows": ["a", "b"], "page": Page([], 2, False), "counted": "2 rows"})
    assert texts(page, "td") == ["a", "b"]
    assert texts(page, "caption") == ["2 rows"]


def test_a_list_without_rows_says_so_instead_of_a_table():
    page = render(LIST, {"rows": [], "page": Page([], 0, False)})
    assert not page.all("table") and page.one("div", cls="empty")


def test_an_empty_place_may_offer_what_to_do():
    assert include("empty", sentence="No rows.").one("p")["text"] == "No rows."
    assert include("empty", sentence="No rows.", url="/add/", label="Add").one("a")["href"] == "/add/"


# a case


DETAIL = '{% extends "components/detail.html" %}{% block heading %}Case{% endblock %}'


def test_a_case_shows_what_it_is_given():
    page = render(
        DETAIL,
        {
            "facts": [{"label": "Host", "value": "", "wide": True}, {"label": "Station", "value": "S", "url": "/s/"}],
            "steps": [{"label": "reply", "state": "current", "on": None}],
            "acts": [{"label": "Reply", "url": "/r/", "style": "primary"}],
            "events": [{"when": datetime(2026, 1, 1, tzinfo=UTC), "who": "W", "label": "entered"}],
        },
    )
    assert texts(page, "dd") == ["—", "S"]
    assert page.one("ol", cls="steps") and page.one("ol", cls="timeline") and page.one("a", cls="btn-primary")
    assert len(page.all("h1")) == 1


def test_a_case_of_which_nothing_is_given_shows_no_empty_frames():
    page = render(DETAIL)
    assert not page.all("ol") and not page.all("dl") and not page.all("ul")


@pytest.mark.parametrize(
    ("state", "words"), [("done", ""), ("current", ""), ("late", ""), ("todo", "to come"), ("unknown", "not recorded")]
)
def test_a_step_tells_its_state_in_words_too(state, words):
    page = include("steps", steps=[{"label": "reply", "state": state, "on": None, "note": "since May"}])
    step = page.one("li", cls=f"step-{state}")
    labels = " ".join(icon.get("aria-label", "") for icon in page.all("svg"))
    assert words in step["text"] and "since May" in step["text"]
    assert labels or words or step["aria-current"] == "step"


def test_an_act_that_needs_no_page_is_sent_with_the_version():
    acts = [{"label": "Take back", "url": "/t/", "style": "danger", "post": True}, {"label": "Write", "url": "/w/"}]
    page = include("acts", acts=acts, version=7)
    assert page.one("form")["action"] == "/t/" and page.one("input", name="version")["value"] == "7"
    assert page.one("a", cls="btn-secondary")["href"] == "/w/"


def test_the_timeline_tells_who_did_what_why_and_how():
    event = {
        "when": datetime(2026, 11, 23, 1, 5, tzinfo=UTC),
        "who": "Wang",
        "label": "returned",
        "before": "handled",
        "after": "sent",
        "reason": "<b>not ours</b>",
        "how": "by telephone",
        "changes": ["name: A to B"],
    }
    text = include("timeline", events=[event]).one("ol")["text"]
    for word in ("Wang", "returned", "handled", "sent", "<b>not ours</b>", "by telephone", "name: A to B", "09:05"):
        assert word in text


# the rest


@pytest.mark.parametrize(
    ("level", "tone"),
    [
        (constants.DEBUG, "info"),
        (constants.INFO, "info"),
        (constants.SUCCESS, "success"),
        (constants.WARNING, "warning"),
        (constants.ERROR, "danger"),
    ],
)
def test_messages_become_alerts_in_the_live_region(level, tone):
    message = Row(level_tag=constants.DEFAULT_TAGS[level], __str__=lambda: "")
    page = include("messages", messages=[message])
    assert page.one("div", id="alerts")["aria-live"] == "polite"
    assert page.one("div", cls=f"alert-{tone}")


def test_without_messages_the_region_is_there_for_refusals():
    assert not include("messages").one("div", id="alerts")["text"].strip()


def job(state, **more):
    words = {"uuid": "7", "state": state, "get_state_display": state.lower(), "total": 0, "done": 0, "message": ""}
    return Row(**words | {"is_open": state in ("QUEUED", "RUNNING")} | more)


def test_a_running_job_refreshes_itself_and_has_a_link_without_scripts():
    page = include("progress", job=job("RUNNING", total=10, done=4, message="writing"), refresh_url="/jobs/7/")
    box = page.one("div", id="job-7")
    assert (box["hx-get"], box["hx-select"]) == ("/jobs/7/", "#job-7")
    assert page.one("a")["href"] == "/jobs/7/"
    bar = page.one("progress")
    assert (bar["value"], bar["max"]) == ("4", "10") and bar["aria-label"]


def test_a_waiting_job_has_a_bar_without_an_end():
    assert "value" not in include("progress", job=job("QUEUED"), refresh_url="/").one("progress")


def test_a_finished_job_stops_and_gives_its_result():
    page = include("progress", job=job("DONE", total=3, done=3), refresh_url="/j/", result_url="/file/")
    assert "hx-get" not in page.one("div", id="job-7")
    assert [link["href"] for link in page.all("a")] == ["/file/"]


def test_a_failed_job_says_why():
    assert "no such sheet" in include("progress", job=job("FAILED", message="no such sheet")).one("div")["text"]


def test_a_file_is_a_link_and_no_file_a_dash():
    assert include("file_link", file=Row(name="a<b.pdf", size=2048), url="/f/").one("a")["text"] == "a<b.pdf"
    assert texts(scrap('<p>{% include "components/file_link.html" %}</p>'), "p") == ["—"]


def test_the_present_tab_is_marked_and_zero_is_a_count():
    tabs = [{"label": "a", "url": "?a", "current": True, "count": 0}, {"label": "b", "url": "?b", "current": False}]
    page = include("tabs", tabs=tabs)
    assert [link.get("aria-current") for link in page.all("a")] == ["page", None]
    assert texts(page, "span") == ["0"]


def test_a_number_on_the_workbench_opens_its_rows():
    tiles = [{"label": "late", "number": 3, "url": "/late/", "tone": "late", "note": "oldest 4 days"}]
    tile = include("tiles", tiles=tiles).one("a", cls="tile-late")
    assert tile["href"] == "/late/"
    assert tile["text"].split() == ["3", "late", "oldest", "4", "days"]


def test_a_question_before_an_act_names_what_will_happen():
    source = '{% extends "components/confirm.html" %}{% block heading %}Lock{% endblock %}'
    page = render(source, {"sentence": "Nobody can sign in.", "version": 3, "danger": True, "cancel_url": "/back/"})
    assert page.one("p", cls="question")["text"] == "Nobody can sign in."
    assert page.one("input", name="version")["value"] == "3" and page.one("button", cls="btn-danger")


def test_navigation_may_have_groups_and_counts():
    items = [{"label": "Group"}, {"label": "Inbox", "url": "/i/", "icon": "inbox", "current": True, "count": 4}]
    page = include("navigation", items=items)
    assert page.one("li", cls="group")["text"] == "Group"
    assert page.one("span", cls="count")["text"] == "4"
    assert page.one("nav")["aria-label"]
