"""The page of an act: what was typed is never lost, nothing is done twice, each refusal has its status."""

import pytest
from django.urls import reverse

from files.models import Attachment
from suggestions import transitions
from suggestions.models import Evaluation, Rating, Reply, Suggestion
from suggestions.views.catalogue import ACTS, acts_of
from tests.factory import make_mandate
from tests.suggestions.checks import events, last
from tests.suggestions.factory import (
    accepted,
    assigned,
    at_office,
    contact,
    evaluate,
    fresh,
    in_review,
    part_of,
    registered,
    replied,
    submitted,
    version_of,
)
from tests.suggestions.web import act, act_url, hidden, pdf, send, signed_in

SUBMIT = "suggestions:submit"
CONTACT = {
    "stage": "DURING", "on": "2026-03-16", "manner": "VISIT", "people": "周科员", "points": "谈了两个小时的修路办法",
}  # fmt: skip


def test_a_page_opened_before_the_last_change_is_refused_with_all_that_was_typed(county):
    case = accepted(county)
    url = act_url(case, "record_contact", part_of(case, county.host))
    client = signed_in(county.host)
    opened = hidden(client.get(url))
    contact(county, case)
    answer = client.post(url, opened | CONTACT)
    assert answer.status_code == 409
    assert "谈了两个小时的修路办法" in answer.content.decode()
    assert reverse("suggestions:detail", args=[case.pk]) in answer.content.decode()
    assert fresh(case).version == int(opened["version"]) + 1


def test_once_looked_at_it_can_be_sent_again(county):
    case = accepted(county)
    url = act_url(case, "record_contact", part_of(case, county.host))
    client = signed_in(county.host)
    opened = hidden(client.get(url))
    contact(county, case)
    again = client.post(url, opened | CONTACT)
    assert client.post(url, hidden(again) | CONTACT).status_code == 302


def test_the_same_form_sent_twice_is_one_act(county):
    case = accepted(county)
    url = act_url(case, "record_contact", part_of(case, county.host))
    client = signed_in(county.host)
    form = hidden(client.get(url)) | CONTACT
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 409]
    assert len([event for event in events(case) if event.verb == "record_contact"]) == 1


def test_without_a_version_nothing_is_done(county):
    case = at_office(county)
    form = {"host": county.bureau.pk}
    assert signed_in(county.office).post(act_url(case, "allot"), form).status_code == 409
    assert fresh(case).status == "AT_FORWARDER"


def test_a_page_without_questions_that_comes_too_late_is_a_plain_refusal(county):
    reply = in_review(county)
    reply.refresh_from_db()
    url = act_url(reply.assignment.suggestion, "submit_reply", reply.assignment)
    assert signed_in(county.host).get(url).status_code == 409
    assert signed_in(county.host).post(url, {"version": version_of(reply)}).status_code == 409


def test_what_a_form_lacks_is_said_at_the_field(county):
    case = at_office(county)
    answer = send(county.office, act_url(case, "allot"))
    assert answer.status_code == 422
    assert "host" in answer.context["form"].errors
    assert fresh(case).status == "AT_FORWARDER"


def test_what_the_verb_refuses_is_said_at_the_field_too(county):
    case = accepted(county)
    part = part_of(case, county.host)
    answer = send(county.host, act_url(case, "record_contact", part), **(CONTACT | {"manner": "PHONE"}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["no_personal_reason"]
    assert "谈了两个小时的修路办法" in answer.content.decode()


def test_an_act_of_a_part_needs_its_part_and_one_of_the_whole_has_none(county):
    case = accepted(county)
    part = part_of(case, county.host)
    client = signed_in(county.host)
    assert client.get(act_url(case, "record_contact")).status_code == 404
    assert signed_in(county.staff).get(act_url(case, "withdraw", part)).status_code == 404
    assert client.get(act_url(registered(county), "record_contact", part)).status_code == 404


def test_a_verb_without_a_page_has_no_address(county):
    case = accepted(county)
    for verb in ("import", "release_reply", "drop"):
        assert signed_in(county.staff).get(f"/suggestions/{case.pk}/{verb}/").status_code == 404


def test_a_refused_letter_leaves_no_file_behind(county):
    reply = in_review(county)
    url = act_url(reply.assignment.suggestion, "sign_reply", reply.assignment)
    wrong = {"doc_no": "1号", "letter_on": "2030-01-01", "signed_by": "郑", "scan": pdf()}
    assert send(county.host, url, **wrong).status_code == 422
    assert not Attachment.objects.exists()
    assert Reply.objects.get().status == "REVIEW"


def test_on_paper_the_page_asks_for_the_scan(county):
    reply = in_review(county)
    url = act_url(reply.assignment.suggestion, "sign_reply", reply.assignment)
    answer = send(county.host, url, doc_no="1号", letter_on="2026-03-16", signed_by="郑")
    assert list(answer.context["form"].errors) == ["scan"]


def test_the_way_back_from_the_office_has_its_page(county):
    case = at_office(county)
    act(county.office, case, "send_back", reason="属于法院职权")
    assert (fresh(case).status, last(case).detail.reason) == ("REGISTERED", "属于法院职权")


def test_a_withdrawal_is_entered_with_its_letter(county):
    case = assigned(county)
    act(county.staff, case, "withdraw", on="2026-03-16", letter=pdf("撤回函.pdf"))
    case = fresh(case)
    assert (case.status, case.withdrawal_letter.name) == ("WITHDRAWN", "撤回函.pdf")


def test_before_registration_only_what_was_entered_is_corrected(county):
    case = submitted(county)
    page = signed_in(county.staff).get(act_url(case, "correct"))
    assert "field" not in page.context["form"].fields
    act(county.staff, case, "correct", title="关于修北门路的建议", publicity="FULL", reason="打错一字")
    assert fresh(case).title == "关于修北门路的建议"


def test_a_reply_is_taken_back(county):
    reply = in_review(county)
    act(county.host, reply.assignment.suggestion, "return_reply", reply.assignment, reason="改日期")
    assert Reply.objects.get().status == "DRAFT"


def test_staff_waive_an_opinion_by_its_page(county):
    case = accepted(county)
    act(county.staff, case, "waive_opinion", part_of(case, county.co_host), waive_reason="催办三次未回")
    assert part_of(case, county.co_host).status == "ANSWERED"


def test_the_liaison_enters_the_signed_form_for_a_deputy_of_the_station(county):
    elsewhere = make_mandate()
    reply = replied(county, co_signers=[county.second, elsewhere])
    case = reply.assignment.suggestion
    page = signed_in(county.liaison).get(act_url(case, "evaluate", reply.assignment))
    form = page.context["form"]
    assert [value for value, _label in form.fields["source"].choices] == ["LIAISON_SCAN"]
    assert list(form.fields["mandate"].queryset) == [county.lead, county.second]
    assert form.fields["scan"].required and "number_called" not in form.fields
    act(
        county.liaison, case, "evaluate", reply.assignment, source="LIAISON_SCAN", mandate=county.lead.pk,
        on="2026-03-16", scan=pdf("征询表.pdf"), attitude="SATISFIED", result="BASICALLY",
    )  # fmt: skip
    assert (Evaluation.objects.get().result, last(case).on_behalf_of) == ("BASICALLY", county.lead.person)
    # thanks are due to the deputy who judges, not to whoever types it in
    assert not ACTS["evaluate"].then


def test_staff_enter_a_call_back(county):
    reply = replied(county)
    url = act_url(reply.assignment.suggestion, "evaluate", reply.assignment)
    typed = {
        "source": "CALL_BACK", "mandate": county.lead.pk, "on": "2026-03-16", "attitude": "SATISFIED",
        "result": "SATISFIED",
    }  # fmt: skip
    assert list(send(county.staff, url, **typed).context["form"].errors) == ["number_called"]
    assert send(county.staff, url, **typed, number_called="0310-5219999").status_code == 302


def test_a_second_judgement_by_page_is_refused_with_what_was_typed(county):
    reply = replied(county)
    evaluate(county, reply)
    url = act_url(reply.assignment.suggestion, "evaluate", reply.assignment)
    answer = send(county.deputy, url, attitude="SATISFIED", result=Rating.DISSATISFIED, text="我改主意了")
    assert answer.status_code == 409
    assert "我改主意了" in answer.content.decode()


def test_the_page_of_release_says_so_while_there_is_no_verdict(county):
    case = replied(county).assignment.suggestion
    assert signed_in(county.staff).get(act_url(case, "release_verdict")).status_code == 409


def test_the_next_number_and_the_office_are_proposed(county):
    registered(county, serial=12)
    case = submitted(county)
    assert signed_in(county.staff).get(act_url(case, "register")).context["form"].initial["serial"] == 13
    case = registered(county)
    page = signed_in(county.staff).get(act_url(case, "hand_over"))
    assert page.context["form"].initial["to"] == county.office.post.organ


def paper(**options):
    return {
        "title": "关于修南门路的建议", "lead": "赵大海", "facts": "路窄。", "origin": "BETWEEN", "publicity": "FULL",
        "received_on": "2026-03-16",
    } | options  # fmt: skip


def entered(county, **options):
    """What came of the page of entry: the suggestion, or the fields that were wrong."""
    answer = send(county.staff, reverse(SUBMIT), **paper(**options))
    if answer.status_code == 302:
        return Suggestion.objects.latest("pk")
    assert answer.status_code == 422
    return list(answer.context["form"].errors)


@pytest.mark.parametrize("typed", ["赵大海", " 赵 大海 ", "zdh", "ZDH", "zhaodahai", "number"])
def test_a_deputy_is_found_by_name_number_or_pinyin(county, typed):
    typed = county.lead.certificate_no if typed == "number" else typed
    assert entered(county, lead=typed).lead == county.lead


@pytest.mark.parametrize("typed", ["钱小河、孙大山", "钱小河，孙大山", "钱小河 孙大山", "qxh sds", "钱小河\n孙大山"])
def test_co_signers_are_parted_however_people_part_them(county, typed):
    third = make_mandate()
    third.person.name, third.person.pinyin = "孙大山", "sun da shan"
    third.person.save()
    third.search_text = f"{third.certificate_no} 孙大山 sundashan sds"
    third.save()
    case = entered(county, co_signers=typed)
    assert {row.mandate for row in case.cosignatures.all()} == {county.second, third}


def test_a_name_borne_twice_asks_for_the_number_and_names_both(county):
    twin = make_mandate()
    twin.person.name = "赵大海"
    twin.person.save()
    twin.search_text = f"{twin.certificate_no} 赵大海"
    twin.save()
    answer = send(county.staff, reverse(SUBMIT), **paper())
    assert twin.certificate_no in str(answer.context["form"].errors["lead"])
    assert county.lead.certificate_no in str(answer.context["form"].errors["lead"])


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"lead": "无此人"}, "lead"),
        ({"co_signers": "钱小河、无此人"}, "co_signers"),
        ({"co_signers": "赵大海"}, "co_signers"),
        ({"received_on": "2026-03-17"}, "received_on"),
        ({"title": ""}, "title"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_is_wrong_on_the_page_of_entry_is_said_at_its_field(county, options, field):
    assert entered(county, **options) == [field]
    assert not Suggestion.objects.exists()


def test_a_page_of_entry_sent_twice_enters_one(county):
    client = signed_in(county.staff)
    form = hidden(client.get(reverse(SUBMIT))) | paper()
    first, second = (client.post(reverse(SUBMIT), form) for _ in range(2))
    assert first.url == second.url
    assert Suggestion.objects.count() == 1
    assert Suggestion.objects.get().events.count() == 1


def test_sent_again_after_registration_it_leads_to_the_case(county):
    client = signed_in(county.staff)
    form = hidden(client.get(reverse(SUBMIT))) | paper()
    client.post(reverse(SUBMIT), form)
    case = Suggestion.objects.get()
    transitions.register(case, actor=county.staff, version=1, field=county.field, reply_term="NORMAL")
    assert client.post(reverse(SUBMIT), form).url == reverse("suggestions:detail", args=[case.pk])


def test_two_pages_of_entry_are_two_suggestions(county):
    entered(county)
    entered(county)
    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize("who", ["host", "office", "deputy", "liaison"])
def test_the_page_of_entry_is_for_staff(county, who):
    client = signed_in(getattr(county, who))
    assert client.get(reverse(SUBMIT)).status_code == 403
    assert client.post(reverse(SUBMIT), paper()).status_code == 403


def test_a_deputy_judges_with_the_answer_before_the_eyes_and_is_told_what_follows(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    url, client = act_url(case, "evaluate", reply.assignment), signed_in(county.deputy)
    opened = client.get(url)
    assert reply.body in opened.content.decode()
    sent = hidden(opened) | {"attitude": Rating.SATISFIED, "result": Rating.SATISFIED}
    told = [str(message) for message in client.post(url, sent, follow=True).context["messages"]]
    assert told[0].endswith(str(acts_of(county.deputy)["evaluate"].then)) and acts_of(county.deputy)["evaluate"].then
