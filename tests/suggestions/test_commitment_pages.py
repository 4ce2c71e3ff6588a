"""The ledger of commitments (F22), the suggestion's page, and who finds them on the first page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from suggestions import transitions
from suggestions.models import Assignment, Commitment, Reply, ResultClass, Suggestion
from supervision.chain import chain_of
from tests.suggestions.commitment_factory import (
    BY,
    again,
    commitment_of,
    committed,
    confirm,
    followed,
    line,
    of,
    report,
)
from tests.suggestions.factory import (
    accepted,
    contact,
    evaluate,
    fresh,
    noon,
    opinion,
    part_of,
    release,
    replied,
    version_of,
)
from tests.suggestions.web import act, act_url, pdf, send, signed_in

LEDGER = "suggestions:commitments"


def address(row, verb):
    return reverse("suggestions:commitment_act", args=[row.pk, verb])


def press(actor, row, verb, **typed):
    """One act by its page, which leads back to the line."""
    answer = send(actor, address(row, verb), **typed)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert answer.url.endswith(f"#commitment-{row.pk}")


def listed(actor, **wish):
    return [row.pk for row in signed_in(actor).get(reverse(LEDGER), wish).context["rows"]]


def buttons(actor, case):
    """The addresses of what this person can do with the commitments of the page."""
    page = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk]))
    rows = [row for part in page.context["rounds"] if hasattr(part, "reply") for row in part.reply.commitments.all()]
    return [button["verb"] for row in rows for button in row.acts]


class TestTheDraft:
    def test_the_form_asks_for_one_line_and_one_more_each_time(self, county):
        case = accepted(county)
        part, chosen = part_of(case, county.host), ResultClass.objects.get(code="B")
        first = {"text_0": "建成人行道", "due_on_0": "2026-12-31", "person_0": "李副局长"}
        act(county.host, case, "draft_reply", part, result_class=chosen.pk, body="已列入计划。", **first)
        assert [row.text for row in Commitment.objects.all()] == ["建成人行道"]
        form = signed_in(county.host).get(act_url(case, "draft_reply", part)).context["form"]
        assert form["text_0"].value() == "建成人行道"
        assert "text_1" in form.fields
        assert "text_2" not in form.fields

    def test_a_line_that_was_begun_is_completed(self, county):
        case = accepted(county)
        part, chosen = part_of(case, county.host), ResultClass.objects.get(code="B")
        answer = send(county.host, act_url(case, "draft_reply", part), result_class=chosen.pk, text_0="建成人行道")
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"due_on_0", "person_0"}

    def test_a_day_that_is_over_is_refused_with_all_that_was_typed(self, county):
        case = accepted(county)
        part, chosen = part_of(case, county.host), ResultClass.objects.get(code="B")
        typed = {"text_0": "建成人行道", "due_on_0": "2026-01-01", "person_0": "李副局长"}
        answer = send(county.host, act_url(case, "draft_reply", part), result_class=chosen.pk, **typed)
        assert answer.status_code == 422
        assert "建成人行道" in answer.content.decode()

    def test_the_page_names_what_the_draft_lacks(self, county):
        case = accepted(county)
        part, chosen = part_of(case, county.host), ResultClass.objects.get(code="B")
        transitions.draft_reply(part, actor=county.host, version=case.version, result_class=chosen, body="")
        contact(county, case)
        opinion(county, case)
        page = signed_in(county.host).get(reverse("suggestions:detail", args=[case.pk]))
        sentence = gettext(
            "Class %(letter)s needs a commitment: what will be done, by when and by whom. Add it to the reply."
        )
        assert page.context["lacking"] == sentence % {"letter": "B"}
        assert not any("submit_reply" in button["url"] for button in page.context["acts"])


class TestByTheirPages:
    def test_scenario_20_reported_with_a_picture_and_confirmed_with_one_tap(self, county):
        row = followed(county)
        press(county.host, row, "report_commitment", text="已建成。", on="2026-03-16", picture=pdf("验收.pdf"))
        page = signed_in(county.deputy).get(reverse("supervision:workbench"))
        assert page.context["waiting"].url.endswith(f"#commitment-{row.pk}")
        assert "已建成。" in signed_in(county.deputy).get(address(row, "confirm_commitment")).content.decode()
        picture = signed_in(county.deputy).get(reverse("suggestions:commitment_picture", args=[row.pk]))
        assert picture.status_code == 200
        press(county.deputy, row, "confirm_commitment")
        assert of(row).status == Suggestion.Status.CLOSED

    def test_denied_the_organ_reads_why(self, county):
        row = followed(county)
        report(county, row)
        press(county.deputy, row, "deny_commitment", words="只修了一半。")
        page = signed_in(county.host).get(reverse("suggestions:detail", args=[of(row).pk])).content.decode()
        assert "只修了一半。" in page
        assert again(row).status == "OPEN"

    def test_each_is_offered_what_is_theirs(self, county):
        row = followed(county)
        case = of(row)
        assert buttons(county.host, case) == ["report_commitment"]
        assert buttons(county.staff, case) == ["report_commitment"]
        assert buttons(county.deputy, case) == buttons(county.co_signer, case) == buttons(county.co_host, case) == []
        report(county, row)
        assert buttons(county.deputy, case) == ["confirm_commitment", "deny_commitment"]
        assert buttons(county.liaison, case) == ["confirm_commitment", "deny_commitment"]
        assert buttons(county.host, case) == buttons(county.co_signer, case) == []

    def test_after_its_day_staff_record_how_it_stands(self, county):
        row = followed(county)
        with noon(BY + timedelta(1)):
            assert buttons(county.staff, of(row)) == ["report_commitment", "note_broken"]
            press(county.staff, row, "note_broken", reason="未开工。")

    def test_whoever_does_not_see_the_suggestion_finds_nothing(self, county):
        row = followed(county)
        assert signed_in(county.stranger).get(address(row, "report_commitment")).status_code == 404

    def test_the_words_of_the_page_and_the_class_that_b_became(self, county):
        row = followed(county)
        page = signed_in(county.deputy).get(reverse("suggestions:detail", args=[of(row).pk]))
        assert page.context["stage"] == gettext("an answer has come, the rest is followed up")
        page = signed_in(county.staff).get(reverse("suggestions:detail", args=[of(row).pk]))
        assert page.context["ball"]["who"] == county.bureau.name
        report(county, row)
        page = signed_in(county.staff).get(reverse("suggestions:detail", args=[of(row).pk]))
        assert "赵大海" in page.context["ball"]["who"]
        confirm(county, row)
        page = signed_in(county.staff).get(reverse("suggestions:detail", args=[of(row).pk]))
        became = gettext("every commitment is kept: class %(code)s is class A now") % {"code": "B"}
        assert became in page.content.decode()
        assert "B → A" in page.content.decode()

    def test_an_earlier_answers_commitment_stands_there_and_is_not_pressed(self, county):
        reply = committed(county)
        evaluate(county, reply, "DISSATISFIED")
        case = release(county, reply.assignment.suggestion)
        assert buttons(county.host, case) == ["report_commitment"]
        replied(county, fresh(case))
        page = signed_in(county.host).get(reverse("suggestions:detail", args=[case.pk]))
        assert commitment_of(reply).text in page.content.decode()
        assert buttons(county.host, case) == []

    def test_the_chain_leads_there(self, county):
        row = followed(county)
        report(county, row)
        confirm(county, row)
        case = Suggestion.objects.with_judged().get(pk=of(row).pk)
        links = [link for part in chain_of(case, county.staff) for link in part.links]
        (link,) = [link for link in links if link.url and f"#commitment-{row.pk}" in link.url]
        assert (link.words, link.code, link.reached) == (row.text, "CONFIRMED", True)


class TestTheLedger:
    def test_it_is_narrowed_by_how_it_stands(self, county):
        first, second, third = (followed(county) for _ in range(3))
        report(county, second)
        report(county, third)
        confirm(county, third)
        assert listed(county.staff) == [first.pk, second.pk, third.pk]
        assert listed(county.staff, due="open") == [first.pk, second.pk]
        assert listed(county.staff, due="reported") == [second.pk]
        assert listed(county.staff, due="kept") == [third.pk]
        assert listed(county.staff, due="overdue") == []
        with noon(BY + timedelta(1)):
            assert listed(county.staff, due="overdue") == [first.pk, second.pk]

    def test_each_sees_their_own(self, county):
        ours = followed(county)
        theirs = followed(county, line(organ=county.helper))
        assert listed(county.host) == [ours.pk, theirs.pk]
        assert listed(county.co_host) == [theirs.pk]
        assert listed(county.deputy) == listed(county.liaison) == [ours.pk, theirs.pk]
        assert listed(county.stranger) == []

    def test_a_draft_is_in_no_ledger(self, county):
        case = accepted(county)
        words = {"result_class": ResultClass.objects.get(code="B"), "body": "", "commitments": [line()]}
        transitions.draft_reply(part_of(case, county.host), actor=county.host, version=version_of(case), **words)
        assert listed(county.host) == listed(county.staff) == []

    def test_an_imported_answer_of_class_b_is_told_as_unknown(self, county):
        reply = replied(county)
        part = reply.assignment
        Suggestion.objects.filter(pk=part.suggestion_id).update(imported_from="台账.xlsx 台账!3")
        Reply.objects.filter(pk=reply.pk).update(result_class=ResultClass.objects.get(code="B"))
        page = signed_in(county.staff).get(reverse(LEDGER))
        assert [case.pk for case in page.context["unknown"]] == [part.suggestion_id]
        assert not Commitment.objects.exists()
        assert Assignment.objects.filter(pk=part.pk).exists()

    def test_it_costs_the_same_however_long(self, county, django_assert_max_num_queries):
        for _row in range(6):
            followed(county)
        client = signed_in(county.staff)
        with django_assert_max_num_queries(16):
            assert len(client.get(reverse(LEDGER)).context["rows"]) == 6

    @pytest.mark.parametrize(
        ("who", "wish"), [("staff", "due=overdue"), ("host", "due=open"), ("deputy", "due=reported")]
    )
    def test_each_desk_counts_its_own(self, county, who, wish):
        row = followed(county)
        if who == "deputy":
            report(county, row)
        with noon(BY + timedelta(1)):
            page = signed_in(getattr(county, who)).get(reverse("supervision:workbench"))
            tiles = {tile["url"]: tile["number"] for tile in page.context["tiles"]}
            assert tiles[f"{reverse(LEDGER)}?{wish}"] == 1


def test_the_case_page_costs_no_more_for_many_commitments(county, django_assert_max_num_queries):
    case = of(followed(county))
    client = signed_in(county.host)
    url = reverse("suggestions:detail", args=[case.pk])
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    many = of(followed(county, *(line(f"第{n}段") for n in range(6))))
    with django_assert_max_num_queries(len(seen)):
        client.get(reverse("suggestions:detail", args=[many.pk]))
