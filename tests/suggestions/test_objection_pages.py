"""Objections and merged suggestions on their pages: forms by which everything is done, and who reads what."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from suggestions.models import MergeGroup, Objection
from suggestions.transitions import key
from supervision.workbench.rows import organ_rows
from tests.suggestions.council_factory import designate, vice
from tests.suggestions.factory import accepted, assigned, drafted, fresh, part_of, registered, transitions, version_of
from tests.suggestions.objection_factory import agreed, education, granted, line_up, live, merged, objected, refused
from tests.suggestions.test_pages import detail_url, queries
from tests.suggestions.web import act, act_url, send, signed_in

WORDS = {"reason": "NOT_OURS", "basis": "学生接送由教育部门负责。"}


def text(actor, url):
    return signed_in(actor).get(url).content.decode()


def labels(actor, case):
    return [row["label"] for row in signed_in(actor).get(detail_url(case)).context["acts"]]


class TestObjections:
    def test_the_whole_way_by_the_forms(self, county):
        case = accepted(county)
        part = part_of(case, county.host)
        act(county.host, case, "object", part, proposed=education().pk, **WORDS)
        assert "学生接送" in text(county.office, act_url(case, "agree_objection", part))
        act(county.office, case, "agree_objection", part)
        page = signed_in(county.staff).get(act_url(case, "grant_objection", part))
        assert page.context["form"]["host"].value() == education().pk
        act(county.staff, case, "grant_objection", part, host=education().pk, decision="由县教育局办理。")
        assert line_up(case)["县教育局"] == ("HOST", "ASSIGNED")

    def test_refused_by_its_form(self, county):
        case = assigned(county)
        objected(county, case)
        act(county.office, case, "refuse_objection", live(case, county.bureau), decision="属你局职责。")
        assert Objection.objects.get().decision == "属你局职责。"

    @pytest.mark.parametrize(
        ("reason", "host", "co_hosts"),
        [("MORE_ORGANS", "bureau", {"proposed"}), ("REVERSED", "proposed", {"bureau"}), ("HANDLED", "proposed", set())],
    )
    def test_the_decision_is_filled_in_as_the_organ_asks(self, county, reason, host, co_hosts):
        case = accepted(county)
        agreed(county, objected(county, case, reason=reason))
        organs = {"bureau": county.bureau.pk, "proposed": education().pk}
        page = signed_in(county.staff).get(act_url(case, "grant_objection", live(case, county.bureau)))
        form = page.context["form"]
        assert form["host"].value() == organs[host]
        assert set(form["co_hosts"].value()) == {organs[name] for name in co_hosts}

    def test_a_co_hosts_objection_leaves_the_host_where_it_is(self, county):
        case = accepted(county)
        agreed(county, objected(county, case, actor=county.co_host))
        page = signed_in(county.staff).get(act_url(case, "grant_objection", live(case, county.helper)))
        assert page.context["form"]["host"].value() == county.bureau.pk

    def test_names_are_asked_for_only_where_they_are_needed(self, county):
        case = assigned(county)
        part = live(case, county.bureau)

        def asked(who, verb):
            return set(signed_in(who).get(act_url(case, verb, part)).context["form"].fields)

        assert "signed_by" not in asked(county.host, "object")
        refused(county, objected(county, case))
        refused(county, objected(county, case))
        assert "signed_by" in asked(county.host, "object")
        lacking = send(county.host, act_url(case, "object", part), proposed=education().pk, **WORDS)
        assert lacking.status_code == 422
        agreed(county, objected(county, case, signed_by="郑局长"))
        assert {"decided_by"} == asked(county.staff, "grant_objection") & {"decided_by", "agreed_by", "how"}
        designate(county, case, vice())
        assert {"agreed_by", "how"} < asked(county.staff, "grant_objection")

    def test_the_page_tells_until_when_and_that_the_term_runs_on(self, county):
        case = accepted(county)
        assert "2026-03-25" in text(county.host, detail_url(case))
        objected(county, case)
        page = text(county.host, detail_url(case))
        assert _("The reply term runs on until it is decided.") in page and _("objection pending") in page

    def test_the_deputys_side_reads_the_record_and_not_what_the_offices_write(self, county):
        case = accepted(county)
        granted(county, agreed(county, objected(county, case)))
        assert signed_in(county.staff).get(detail_url(case)).context["objections"]
        page = signed_in(county.deputy).get(detail_url(case))
        assert page.context["objections"] == []
        assert page.context["host"].organ == education()
        assert _("objection granted") in page.content.decode()

    def test_what_was_taken_is_not_found_any_more(self, county):
        case = accepted(county)
        granted(county, agreed(county, objected(county, case)))
        client = signed_in(county.host)
        assert client.get(detail_url(case)).status_code == 404
        assert client.get(reverse("suggestions:list")).context["page"].count == 0

    @pytest.mark.parametrize("who", ["staff", "host", "office", "deputy"])
    def test_objections_cost_the_page_no_query(self, county, who):
        client = signed_in(getattr(county, who))
        case = accepted(county)
        before = queries(client, detail_url(case))
        refused(county, objected(county, case))
        refused(county, objected(county, case, actor=county.co_host))
        assert queries(client, detail_url(case)) == before

    def test_the_list_is_narrowed_to_what_waits_to_be_decided(self, county):
        accepted(county)
        case = accepted(county)
        objected(county, case)
        page = signed_in(county.office).get(reverse("suggestions:list"), {"waits": "objection"})
        assert [row.pk for row in page.context["rows"]] == [case.pk]

    def test_the_workbench_counts_what_waits_to_be_decided(self, county):
        objected(county, accepted(county))
        page = signed_in(county.office).get("/")
        tile = next(row for row in page.context["tiles"] if row["url"].endswith("waits=objection"))
        assert tile["number"] == 1

    def test_whoever_decides_has_it_in_hand(self, county):
        case = accepted(county)

        def hands():
            return signed_in(county.staff).get(detail_url(case)).context["ball"]["who"]

        assert hands() == county.bureau.name
        objection = objected(county, case)
        assert hands() == county.office.post.organ.name
        agreed(county, objection)
        assert hands() == _("Deputy affairs commission")
        granted(county, objection)
        assert hands() == education().name

    def test_the_organs_workbench_leads_to_no_refusal(self, county):
        case = assigned(county)
        objected(county, case)
        row = organ_rows(county.host)[0]
        assert row.next_act == {"label": _("Waits for the decision on the objection"), "url": detail_url(case)}
        assert not row.ticks[0]["done"]

    def test_the_chain_tells_of_it(self, county):
        case = accepted(county)
        granted(county, agreed(county, objected(county, case)))
        page = text(county.staff, reverse("supervision:chain", args=[case.pk]))
        assert _("Objection") in page and "学生接送" in page
        assert "学生接送" not in text(county.deputy, reverse("supervision:chain", args=[case.pk]))


class TestMerging:
    def test_merged_and_dissolved_by_the_forms(self, county):
        case, other = registered(county), registered(county, title="关于修北门路的建议")
        assert _("Handle together with others") in labels(county.staff, case)
        act(county.staff, case, "merge", members=[other.pk], reason="同一个村的路")
        assert MergeGroup.objects.get().lead == case
        assert _("Hand over") in labels(county.staff, case)
        assert _("Hand over") not in labels(county.staff, other)
        act(county.staff, fresh(other), "dissolve", reason="不是同一条路")
        assert fresh(case).merge_group is None

    def test_each_links_to_the_others_that_the_reader_may_see(self, county):
        first, second, _third = merged(county)
        page = signed_in(county.staff).get(detail_url(second))
        assert len(page.context["merged"]["seen"]) == 2 and page.context["merged"]["beside"] == 0
        assert detail_url(first) in page.content.decode()

    def test_a_deputy_reads_how_many_others_ask_for_the_same(self, county):
        lead, *_others = merged(county)
        page = signed_in(county.deputy).get(detail_url(lead))
        assert page.context["merged"]["others"] == 2

    def test_the_list_marks_them(self, county):
        merged(county)
        registered(county)
        page = text(county.staff, reverse("suggestions:list"))
        assert page.count(_("handled together")) == 3

    def test_what_the_leading_one_is_answered_is_proposed_for_the_others(self, county):
        lead, other = merged(county, 2)
        words = {"to": county.office.post.organ, "on": lead.received_on}
        transitions.hand_over(lead, actor=county.staff, version=version_of(lead), **words)
        words = {"host": county.bureau, "version": version_of(lead)}
        transitions.allot(fresh(lead), actor=county.office, **words)
        acts = {row.suggestion_id: row.next_act["label"] for row in organ_rows(county.host)}
        assert acts == {lead.pk: _("Sign for receipt"), other.pk: _("Sign at the leading suggestion")}
        receipt = {"received_by": "孙一", "leader": "李副局长", "handler": "周科员", "phone": "1"}
        part = part_of(lead, county.host)
        transitions.sign_receipt(part, actor=county.host, version=version_of(lead), **receipt)
        drafted(county, fresh(lead))
        form = signed_in(county.host).get(act_url(other, "draft_reply", part_of(other, county.host))).context["form"]
        assert form["body"].value() == "已列入计划。"

    def test_what_is_nominated_is_not_offered(self, county):
        case, nominated = registered(county), registered(county, title="关于修北门路的建议")
        key.nominate_key(nominated, actor=county.staff, version=version_of(nominated), reason="关系全县。")
        page = signed_in(county.staff).get(act_url(case, "merge"))
        assert not page.context["form"].fields["members"].queryset.exists()
