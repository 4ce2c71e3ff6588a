"""Every report for every role: its rows are those that the pages show, and no planted word reaches the wrong reader."""

from django.test import TestCase
from django.urls import reverse

from deliberations.models import Meeting, MeetingOpinion, Opinion
from suggestions.models import Evaluation, Objection, Rating, Reply, Suggestion, Verdict
from supervision import policies
from supervision.reports import REPORTS, offered
from tests.deliberations.visiting import NAME, PHONE
from tests.reports.books import rows_of, unpacked, written
from tests.suggestions.factory import TODAY, accepted, evaluate, in_review, judged, noon, release, replied
from tests.suggestions.objection_factory import objected
from tests.sweep.cast import make_world

COMMITTEE = {"staff", "chair", "vice", "body"}
ORGANS = {"office", "host", "head", "co_host", "stranger"}
HANDLING = COMMITTEE | ORGANS
#: Whose work it is at the stations.
GOING = {"liaison", "other_liaison", "deputy", "co_signer", "other_deputy"}
MAY = {
    "progress": HANDLING,
    "dissatisfied": HANDLING,
    "station_ledger": COMMITTEE | GOING,
    "activities": COMMITTEE | {"liaison", "other_liaison"},
    "deliberation": HANDLING | GOING | {"township"},
}

#: By report and sheet: what of the portal is listed there, a row each.
LISTED = {
    ("progress", "办理台账"): lambda actor: Suggestion.objects.visible_to(actor).submitted(),
    ("progress", "交办清单"): lambda actor: (
        Suggestion.objects.visible_to(actor).exclude(first_handed_over_on=None).exclude(status="WITHDRAWN")
    ),
    ("station_ledger", "走访(接待)登记台账"): lambda actor: Opinion.objects.visible_to(actor),
    ("deliberation", "议政会汇总表"): lambda actor: Meeting.objects.visible_to(actor).deliberations(),
    ("deliberation", "意见建议清单"): lambda actor: MeetingOpinion.objects.visible_to(actor),
}

#: What may be read nowhere in a report, whoever asks for it.
WORDS = {"judgement": "金丝雀评价", "remark": "金丝雀备注", "draft": "金丝雀草稿", "basis": "金丝雀理由"}
DEPUTYS_PHONE = "13977776666"


class WhoReadsWhat(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(noon(TODAY))
        cls.world = make_world()
        county = cls.world.county
        judged(county, Rating.DISSATISFIED)
        reply = replied(county)
        evaluate(county, reply, Rating.DISSATISFIED, text=WORDS["judgement"], private_remark=WORDS["remark"])
        objected(county, accepted(county), basis=WORDS["basis"])
        Reply.objects.filter(pk=in_review(county).pk).update(body=WORDS["draft"])
        county.lead.person.phone = DEPUTYS_PHONE
        county.lead.person.save(update_fields=["phone"])
        cls.held_back = reply.assignment.suggestion

    def test_who_may_have_which(self):
        for label, actor in self.world.cast.items():
            expected = {name for name, may in MAY.items() if label in may}
            self.assertEqual({report.name for report in offered(actor)}, expected, label)
            self.assertEqual(policies.can_make_reports(actor), bool(expected), label)

    def test_asking_for_another_is_refused_and_makes_no_job(self):
        for label, actor in self.world.cast.items():
            self.client.force_login(actor.user)
            for name, may in MAY.items():
                answer = self.client.post(reverse("supervision:make_report", args=[name]))
                self.assertEqual(answer.status_code, 302 if label in may else 403, (label, name))
        self.assertEqual(set(MAY), set(REPORTS))

    def test_the_rows_are_those_that_one_sees(self):
        seen = set()
        for label, actor in self.world.cast.items():
            for (name, sheet), listed in LISTED.items():
                found = len(rows_of(written(actor, name), sheet))
                self.assertEqual(found, listed(actor).count(), (label, name, sheet))
                seen |= {(name, sheet)} if found else set()
        self.assertEqual(seen, set(LISTED))

    def test_a_list_of_what_did_not_satisfy_holds_the_verdicts_that_one_sees(self):
        for label, actor in self.world.cast.items():
            verdicts = Verdict.objects.filter(
                suggestion__in=Suggestion.objects.visible_to(actor), value=Rating.DISSATISFIED
            )
            if label not in COMMITTEE:
                verdicts = verdicts.filter(released_on__isnull=False)
            rows = rows_of(written(actor, "dissatisfied"), "不满意件清单")
            self.assertEqual(len(rows), verdicts.count(), label)
        self.assertEqual(len(rows_of(written(self.world.county.host, "dissatisfied"), "不满意件清单")), 1)

    def test_titles_are_of_what_one_sees(self):
        for label, actor in self.world.cast.items():
            visible = set(Suggestion.objects.visible_to(actor).submitted().values_list("pk", flat=True))
            hidden = Suggestion.objects.exclude(pk__in=visible).exclude(serial=None)
            told = {row["编号"] for row in rows_of(written(actor, "progress"), "办理台账")}
            self.assertFalse(told & {case.number for case in hidden}, label)

    def test_no_report_holds_what_stands_in_none(self):
        self.assertTrue(Evaluation.objects.filter(text=WORDS["judgement"], private_remark=WORDS["remark"]).exists())
        self.assertTrue(Objection.objects.filter(basis=WORDS["basis"]).exists())
        for label, actor in self.world.cast.items():
            for name in REPORTS:
                content = unpacked(written(actor, name))
                for word in (*WORDS.values(), NAME, PHONE):
                    self.assertNotIn(word, content, (label, name))

    def test_a_deputys_number_is_for_those_who_must_talk_with_them(self):
        readers = {
            label
            for label, actor in self.world.cast.items()
            for name in REPORTS
            if DEPUTYS_PHONE in unpacked(written(actor, name))
        }
        self.assertEqual(readers, COMMITTEE | (ORGANS - {"stranger"}))

    def test_a_verdict_that_is_held_back_is_told_when_it_is_released(self):
        host = self.world.county.host
        before = len(rows_of(written(host, "dissatisfied"), "不满意件清单"))
        release(self.world.county, self.held_back)
        self.assertEqual(len(rows_of(written(host, "dissatisfied"), "不满意件清单")), before + 1)

    def test_nobody_without_a_post_finds_anything(self):
        actor = self.world.cast["postless"]
        for (name, sheet), _listed in LISTED.items():
            self.assertEqual(rows_of(written(actor, name), sheet), [])

    def test_every_role_is_tried(self):
        tried = {actor.role for actor in self.world.cast.values()}
        self.assertLessEqual({"COUNTY_LEADER", "PARTY_OFFICE", "DELEGATION_OFFICER", "AUDIT_ADMIN", "TOWNSHIP"}, tried)
