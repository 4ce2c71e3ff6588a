"""Pages of what is being written: new, the lists, one draft, the invitation, on a phone without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from suggestions.models import CoSignature, Suggestion
from suggestions.transitions import cosigning
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import fresh, make_scan, submitted, version_of
from tests.suggestions.test_cosigning import invite, invited
from tests.suggestions.test_drafting import WORDS, drafted, edit, hand_in, sent_back, typed
from tests.suggestions.web import act, act_url, hidden, send, signed_in

NEW, DRAFTS, LIST = "suggestions:draft", "suggestions:drafts", "suggestions:list"


def body(actor, url):
    page = signed_in(actor).get(url)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def detail(case):
    return reverse("suggestions:detail", args=[case.pk])


def test_a_deputy_drafts_and_hands_in_in_four_pages(county):
    page = body(county.deputy, reverse(LIST))
    assert reverse(NEW) in page
    answer = send(county.deputy, reverse(NEW), **WORDS, publicity="TITLE_ONLY")
    assert answer.status_code == 302
    case = Suggestion.objects.get()
    assert (case.publicity, case.demand) == ("TITLE_ONLY", "请加宽。")
    assert act_url(case, "submit") in body(county.deputy, detail(case))
    act(county.deputy, case, "submit")
    assert fresh(case).status == "SUBMITTED"
    assert "关于修南门路的建议" in body(county.deputy, reverse(LIST))


def test_without_words_and_photo_the_form_says_what_is_lacking(county):
    answer = send(county.deputy, reverse(NEW), title="修路", publicity="FULL")
    assert answer.status_code == 422
    assert answer.context["form"].errors["facts"]
    assert "修路" in answer.content.decode()


def test_the_same_page_sent_twice_makes_one_draft_and_other_words_another(county):
    client = signed_in(county.deputy)
    sent = hidden(client.get(reverse(NEW))) | WORDS | {"publicity": "FULL"}
    assert [client.post(reverse(NEW), sent).status_code for _ in range(2)] == [302, 302]
    assert Suggestion.objects.count() == 1
    again = client.post(reverse(NEW), sent | {"facts": "别的事。"})
    assert again.status_code == 409
    assert "别的事。" in again.content.decode()
    assert client.post(reverse(NEW), sent | hidden(again) | {"facts": "别的事。"}).status_code == 302
    assert Suggestion.objects.count() == 2


def test_pages_are_for_the_deputys_side_and_staff_only(county):
    case = drafted(county)
    for actor in (county.host, county.office, make_actor(Role.CHAIRPERSON), make_actor(Role.WORKING_BODY)):
        client = signed_in(actor)
        assert client.get(reverse(NEW)).status_code == 403
        assert client.get(reverse(DRAFTS)).status_code == 403
        assert client.get(detail(case)).status_code == 404
        assert client.get(act_url(case, "edit_draft")).status_code == 404


def test_two_who_write_at_once_do_not_overwrite_each_other(county):
    case = drafted(county)
    client = signed_in(county.deputy)
    opened = hidden(client.get(act_url(case, "edit_draft")))
    edit(case, county.liaison)
    answer = client.post(act_url(case, "edit_draft"), opened | WORDS | {"facts": "我写的话。", "publicity": "FULL"})
    assert answer.status_code == 409
    assert "我写的话。" in answer.content.decode()
    assert fresh(case).facts == "道路只有三米宽。"


def test_what_came_back_shows_why_and_is_completed(county):
    case = sent_back(county, hand_in(drafted(county), county.deputy))
    page = body(county.deputy, detail(case))
    assert "请写清路段。" in page
    act(county.deputy, case, "edit_draft", title=case.title, facts="南门路一段。", demand="", publicity="FULL")
    act(county.deputy, case, "submit")
    assert fresh(case).status == "SUBMITTED"


def test_the_station_sees_what_waits_to_be_confirmed_and_to_be_typed(county):
    to_confirm = typed(county, title="关于代录一件的建议")
    to_type = drafted(county, title="关于照片一件的建议", facts="", demand="", sheet=make_scan("手稿.jpg"))
    pages = {which: body(county.liaison, f"{reverse(DRAFTS)}?which={which}") for which in ("confirm", "type")}
    assert to_confirm.title in pages["confirm"]
    assert to_type.title not in pages["confirm"]
    assert to_type.title in pages["type"]
    unknown = signed_in(county.liaison).get(f"{reverse(DRAFTS)}?which=no_such")
    assert unknown.context["which"] == "confirm"


def test_empty_lists_say_so(county):
    for actor, which, sentence in (
        (county.deputy, "", "draft"), (county.deputy, "asked", "asked"), (county.liaison, "confirm", "confirm"),
        (county.liaison, "type", "type"), (county.staff, "asked", "answer"),
    ):  # fmt: skip
        page = body(actor, f"{reverse(DRAFTS)}?which={which}")
        assert 'class="empty"' in page, (which, sentence)


def test_committee_lists_leave_drafts_out_unless_asked_for(county):
    draft, case = drafted(county, title="关于草稿一件的建议"), submitted(county, title="关于已交一件的建议")
    listed = body(county.staff, reverse(LIST))
    assert case.title in listed
    assert draft.title not in listed
    assert draft.title in body(county.staff, f"{reverse(LIST)}?status=DRAFT")
    assert draft.title not in body(make_actor(Role.CHAIRPERSON), f"{reverse(LIST)}?status=DRAFT")


def test_a_deputy_is_invited_reads_and_answers_with_one_tap(county):
    answer = send(county.deputy, act_url(drafted(county), "invite"), nearby=[county.second.pk], others="")
    assert answer.status_code == 302, answer.context["form"].errors
    row = CoSignature.objects.get()
    url = reverse("suggestions:co_signature", args=[row.pk])
    assert url in body(county.co_signer, f"{reverse(DRAFTS)}?which=asked")
    page = body(county.co_signer, url)
    for words in ("赵大海", WORDS["title"], WORDS["facts"]):
        assert words in page
    tap = reverse("suggestions:answer", args=[row.pk, "co_sign"])
    assert f'action="{tap}"' in page
    assert signed_in(county.co_signer).post(tap).status_code == 302
    assert CoSignature.objects.get().status == "ACCEPTED"


def test_named_twice_in_two_ways_is_asked_once(county):
    case = drafted(county)
    answer = send(county.deputy, act_url(case, "invite"), nearby=[county.second.pk], others="钱小河")
    assert answer.status_code == 302
    assert case.cosignatures.count() == 1


def test_nobody_named_is_refused_in_words(county):
    answer = send(county.deputy, act_url(drafted(county), "invite"), others="")
    assert answer.status_code == 422


def test_a_station_records_a_signature_on_paper(county):
    silent = make_mandate(make_person("孙不上网"), station=county.station)
    row = invited(county, None, silent)
    url = reverse("suggestions:answer", args=[row.pk, "co_sign"])
    assert url in body(county.liaison, reverse("suggestions:co_signature", args=[row.pk]))
    assert send(county.liaison, url, how="PAPER").status_code == 302
    assert CoSignature.objects.get().status == "ACCEPTED"
    assert signed_in(county.co_signer).get(url).status_code == 404


def test_a_late_tap_gets_a_sentence(county):
    row = invited(county)
    hand_in(row.suggestion, county.deputy)
    client = signed_in(county.co_signer)
    late = client.post(reverse("suggestions:answer", args=[row.pk, "co_sign"]))
    assert late.status_code == 409
    assert "2026-03-16" in late.content.decode()
    page = body(county.co_signer, reverse("suggestions:co_signature", args=[row.pk]))
    assert "2026-03-16" in page
    assert WORDS["facts"] not in page


def test_only_who_signed_stands_on_the_page_afterwards(county):
    other = make_mandate(make_person("孙远山"), station=county.station)
    case = invite(county, drafted(county), county.second, other)
    cosigning.co_sign(case.cosignatures.get(mandate=county.second), actor=county.co_signer)
    assert "孙远山" in body(county.deputy, detail(case))
    case = hand_in(case, county.deputy)
    page = body(county.staff, detail(case))
    assert "钱小河" in page
    assert "孙远山" not in page


def test_a_draft_given_up_is_shown_as_such_and_offers_nothing(county):
    case = drafted(county)
    act(county.deputy, case, "discard")
    page = signed_in(county.deputy).get(detail(case))
    assert page.status_code == 200
    assert page.context["acts"] == []


@pytest.mark.parametrize(("who", "most"), [("deputy", 26), ("liaison", 30), ("staff", 28)])
def test_the_pages_cost_the_same_however_much_is_there(county, who, most):
    actor = getattr(county, who)
    others = [make_mandate(make_person(f"联名{number}"), station=county.station) for number in range(12)]
    case = invite(county, drafted(county), *others)
    for number in range(8):
        typed(county, title=f"关于第{number}件事的建议")
    client = signed_in(actor)
    for url in (detail(case), reverse(DRAFTS), f"{reverse(DRAFTS)}?which=asked", reverse(LIST)):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= most, (url, len(queries))


def test_versions_are_carried_by_the_one_tap_of_the_lead(county):
    case = typed(county)
    client = signed_in(county.deputy)
    shown = hidden(client.get(detail(case)))
    assert shown["version"] == str(version_of(case))
    edit(case, county.liaison)
    late = client.post(act_url(case, "confirm_draft"), {"version": shown["version"]})
    assert late.status_code == 409
    assert fresh(case).confirmed_at is None


def test_whoever_records_the_word_of_the_lead_has_the_text_before_the_eyes(county):
    case = typed(county)
    page = body(county.liaison, act_url(case, "confirm_draft"))
    assert WORDS["facts"] in page
    assert 'name="how"' in page
    act(county.liaison, case, "confirm_draft", how="TELEPHONE")
    assert WORDS["facts"] in body(county.deputy, act_url(case, "submit"))
    assert 'name="how"' not in body(county.deputy, act_url(case, "submit"))


def test_who_types_a_sheet_sees_it_beside_the_fields(county):
    case = drafted(county, facts="", demand="", sheet=make_scan("手稿.pdf"))
    sheet = reverse("suggestions:sheet", args=[case.pk])
    page = body(county.liaison, act_url(case, "edit_draft"))
    assert f'href="{sheet}"' in page
    assert f'src="{sheet}"' not in page
    type(case.sheet).objects.filter(pk=case.sheet_id).update(content_type="image/jpeg")
    assert f'src="{sheet}"' in body(county.liaison, act_url(case, "edit_draft"))
