"""Acts by program: what pages do, with the refusals of pages, in their order."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Organ, Role
from deliberations.models import Visit
from suggestions.models import Assignment, CoSignature, Evaluation, Reply, ResultClass
from suggestions.transitions import cosigning, drafting
from tests.factory import make_actor, make_mandate, make_station
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    contact,
    fresh,
    in_review,
    make_county,
    noon,
    part_of,
    replied,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with noon(TODAY):
        yield


@pytest.fixture
def county():
    return make_county()


def client_of(actor):
    client = Client()
    client.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
    return client


def post(actor, path, **body):
    return client_of(actor).post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")


def problem(answer, status, code):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["detail"]
    return told


RECEIPT = {"received_by": "李收发", "leader": "张局长", "handler": "王科长", "phone": "0319-1"}


class TestReceipt:
    def test_a_receipt_is_signed_by_a_program(self, county):
        part = part_of(assigned(county), county.host)
        answer = post(county.host, f"assignments/{part.pk}/acts/sign_receipt/", version=version_of(part), **RECEIPT)
        assert answer.status_code == 200
        told = answer.json()
        assert (told["status"], told["received_by"], told["handler"]) == ("ACCEPTED", "李收发", "王科长")
        part.refresh_from_db()
        assert part.status == Assignment.Status.ACCEPTED
        assert told["version"] == version_of(part)

    def test_refusals_come_in_the_order_of_the_pages(self, county):
        part = part_of(assigned(county), county.host)
        url, version = f"assignments/{part.pk}/acts/sign_receipt/", version_of(part)
        problem(post(county.stranger, url, version=version, **RECEIPT), 404, "not_found")
        problem(post(county.staff, url, version=version, **RECEIPT), 403, "not_allowed")
        problem(post(county.host, url, version=version - 1, **RECEIPT), 409, "stale")
        told = problem(post(county.host, url, version=version, leader="张"), 422, "invalid")
        assert set(told["errors"]) == {"received_by", "handler", "phone"}
        post(county.host, url, version=version, **RECEIPT)
        problem(post(county.host, url, version=version_of(part), **RECEIPT), 409, "wrong_state")

    def test_somebody_without_a_sign_in_is_asked_for_one(self, county):
        part = part_of(assigned(county), county.host)
        answer = Client().post(f"/api/v1/assignments/{part.pk}/acts/sign_receipt/")
        problem(answer, 401, "not_authenticated")
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


class TestBodies:
    def url(self, county):
        self.part = part_of(assigned(county), county.host)
        return f"/api/v1/assignments/{self.part.pk}/acts/sign_receipt/"

    @pytest.mark.parametrize("body", ["", "{", "[1]", '"x"', "null", '{"version": NaN}', "[" * 100_000, "\ud800"])
    def test_what_is_no_object_is_refused(self, county, body):
        sent = body.encode("utf-8", "surrogatepass")
        answer = client_of(county.host).post(self.url(county), sent, content_type="application/json")
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize("wrong", [5, True, ["x"], {"x": 1}, "\ud800"])
    def test_a_value_of_another_kind_is_no_text(self, county, wrong):
        answer = client_of(county.host).post(
            self.url(county),
            json.dumps({"version": version_of(self.part), **RECEIPT, "leader": wrong}),
            content_type="application/json",
        )
        assert set(problem(answer, 422, "invalid")["errors"]) == {"leader"}

    def test_what_the_form_does_not_ask_is_refused(self, county):
        url = self.url(county).removeprefix("/api/v1/")
        answer = post(county.host, url, version=version_of(self.part), **RECEIPT, status="ENDED", organ=1)
        assert set(problem(answer, 422, "invalid")["errors"]) == {"status", "organ"}

    def test_a_body_without_an_end_is_too_large(self, county):
        answer = client_of(county.host).post(self.url(county), b" " * (1 << 21), content_type="application/json")
        problem(answer, 413, "too_large")

    def test_another_kind_of_body_is_not_taken(self, county):
        answer = client_of(county.host).post(self.url(county), "<x/>", content_type="application/xml")
        problem(answer, 415, "unsupported_media_type")

    def test_a_session_needs_the_token_of_a_page(self, county):
        client = Client(enforce_csrf_checks=True)
        client.force_login(county.host.user, "django.contrib.auth.backends.ModelBackend")
        answer = client.post(self.url(county), json.dumps(RECEIPT), content_type="application/json")
        problem(answer, 403, "csrf_failed")
        client.get("/accounts/me/")
        token = client.cookies["csrftoken"].value
        body = json.dumps({"version": version_of(self.part), **RECEIPT})
        answer = client.post(self.url(county), body, content_type="application/json", headers={"X-CSRFToken": token})
        assert answer.status_code == 200

    def test_an_act_is_not_read(self, county):
        answer = client_of(county.host).get(self.url(county))
        problem(answer, 405, "method_not_allowed")
        assert answer["Allow"] == "POST"


class TestSigningAlong:
    def invitation(self, county):
        case = drafting.draft(actor=county.deputy, lead=county.lead, title="关于路灯的建议", facts="夜里黑。")
        cosigning.invite(case, actor=county.deputy, version=case.version, deputies=[county.second])
        return case.cosignatures.get()

    def test_a_deputy_signs_along_and_thinks_better_of_it(self, county):
        row = self.invitation(county)
        answer = post(county.co_signer, f"co-signatures/{row.pk}/acts/co_sign/")
        assert (answer.status_code, answer.json()["status"]) == (200, "ACCEPTED")
        assert post(county.co_signer, f"co-signatures/{row.pk}/acts/decline/").json()["status"] == "DECLINED"
        row.refresh_from_db()
        assert row.status == CoSignature.Status.DECLINED

    def test_twice_is_a_conflict(self, county):
        row = self.invitation(county)
        post(county.co_signer, f"co-signatures/{row.pk}/acts/co_sign/")
        problem(post(county.co_signer, f"co-signatures/{row.pk}/acts/co_sign/"), 409, "answered")

    def test_nobody_signs_for_another(self, county):
        row = self.invitation(county)
        problem(post(county.deputy, f"co-signatures/{row.pk}/acts/co_sign/"), 404, "not_found")


class TestReplying:
    def test_a_reply_is_drafted_put_up_and_signed_with_its_letter(self, county):
        case = accepted(county, co_hosts=[])
        contact(county, case)
        part = part_of(case, county.host)
        case = fresh(case)
        kind = county_class()
        answer = post(
            county.host,
            f"assignments/{part.pk}/acts/draft_reply/",
            version=case.version,
            result_class=kind,
            body="已办",
        )
        assert (answer.status_code, answer.json()["status"]) == (200, "DRAFT")
        reply, version = answer.json()["id"], answer.json()["version"]
        answer = post(county.host, f"replies/{reply}/acts/submit_reply/", version=version)
        assert answer.json()["status"] == "REVIEW"
        letter = SimpleUploadedFile("答复函.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
        sent = {"version": answer.json()["version"], "doc_no": "水函〔2026〕1号", "letter_on": "2026-03-16"}
        answer = client_of(county.host).post(
            f"/api/v1/replies/{reply}/acts/sign_reply/", {**sent, "signed_by": "张局长", "scan": letter}
        )
        assert answer.status_code == 200, answer.content.decode()
        told = answer.json()
        assert (told["status"], told["doc_no"], told["scan"]["name"]) == ("RELEASED", "水函〔2026〕1号", "答复函.pdf")

    def test_on_paper_a_letter_without_its_scan_is_refused(self, county):
        reply = in_review(county)
        sent = {"version": version_of(reply), "doc_no": "1", "letter_on": "2026-03-16", "signed_by": "张"}
        told = problem(post(county.host, f"replies/{reply.pk}/acts/sign_reply/", **sent), 422, "invalid")
        assert set(told["errors"]) == {"scan"}
        assert Reply.objects.get(pk=reply.pk).status == Reply.Status.REVIEW

    def test_on_line_the_head_signs_in_json(self, county):
        Organ.objects.filter(pk=county.bureau.pk).update(sign_mode=Organ.SignMode.ONLINE)
        reply = in_review(county)
        sent = {"version": version_of(reply), "doc_no": "1", "letter_on": "2026-03-16", "signed_by": "张"}
        problem(post(county.host, f"replies/{reply.pk}/acts/sign_reply/", **sent), 403, "not_allowed")
        assert post(county.head, f"replies/{reply.pk}/acts/sign_reply/", **sent).json()["status"] == "RELEASED"

    def test_a_draft_is_not_there_for_the_deputy(self, county):
        reply = in_review(county)
        problem(post(county.deputy, f"replies/{reply.pk}/acts/evaluate/", version=1), 404, "not_found")


class TestEvaluating:
    JUDGED = {"attitude": "SATISFIED", "result": "BASICALLY"}

    def test_a_deputy_judges_in_two_answers(self, county):
        reply = replied(county)
        answer = post(county.deputy, f"replies/{reply.pk}/acts/evaluate/", version=version_of(reply), **self.JUDGED)
        assert answer.status_code == 200, answer.content.decode()
        told = answer.json()
        assert (told["result"], told["source"], told["private_remark"]) == ("BASICALLY", "OWN", None)
        assert Evaluation.objects.get(reply=reply).attitude == "SATISFIED"

    def test_an_organ_never_judges(self, county):
        reply = replied(county)
        answer = post(county.host, f"replies/{reply.pk}/acts/evaluate/", version=version_of(reply), **self.JUDGED)
        problem(answer, 403, "not_allowed")

    def test_who_is_dissatisfied_says_why(self, county):
        reply = replied(county)
        sent = {"attitude": "SATISFIED", "result": "DISSATISFIED", "version": version_of(reply)}
        told = problem(post(county.deputy, f"replies/{reply.pk}/acts/evaluate/", **sent), 422, "words_missing")
        assert set(told["errors"]) == {"text"}


class TestVisits:
    def noted(self, **other):
        return {"client_id": str(uuid4()), "words": "自来水发黄", "who": "赵老汉", "tell_wish": True, **other}

    def test_a_visit_sent_twice_is_one(self, county):
        sent = self.noted()
        first, second = post(county.deputy, "visits/", **sent), post(county.deputy, "visits/", **sent)
        assert (first.status_code, second.status_code) == (201, 200), first.content.decode()
        assert first.json() == second.json()
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize("other", [{"words": "别的"}, {"who": ""}, {"tell_wish": False}])
    def test_the_same_id_with_something_else_is_a_conflict(self, county, other):
        sent = self.noted()
        post(county.deputy, "visits/", **sent)
        problem(post(county.deputy, "visits/", **{**sent, **other}), 409, "sent_before")

    def test_the_id_of_somebody_else_is_a_conflict(self, county):
        sent = self.noted()
        post(county.deputy, "visits/", **sent)
        problem(post(county.co_signer, "visits/", **sent), 409, "sent_before")

    def test_only_a_deputy_notes_one(self, county):
        problem(post(county.staff, "visits/", **self.noted()), 403, "not_allowed")

    def test_no_words_are_no_visit(self, county):
        told = problem(post(county.deputy, "visits/", **self.noted(words=" ")), 422, "invalid")
        assert set(told["errors"]) == {"words"}

    def test_who_holds_several_mandates_says_which(self, county):
        second = make_mandate(county.lead.person, level="TOWNSHIP", station=make_station())
        told = problem(post(county.deputy, "visits/", **self.noted()), 422, "invalid")
        assert set(told["errors"]) == {"mandate"}
        answer = post(county.deputy, "visits/", **self.noted(mandate=second.pk))
        assert (answer.status_code, answer.json()["station"]["id"]) == (201, second.station_id)

    def test_the_mandate_of_another_is_refused(self, county):
        answer = post(county.deputy, "visits/", **self.noted(mandate=county.second.pk))
        assert set(problem(answer, 422, "invalid")["errors"]) == {"mandate"}

    def test_the_voters_name_is_told_by_no_address(self, county):
        visit = post(county.deputy, "visits/", **self.noted()).json()["id"]
        client = client_of(county.deputy)
        told = client.get(f"/api/v1/opinions/?visit={visit}").json()["results"][0]
        assert told["is_named"] and "赵老汉" not in json.dumps(told, ensure_ascii=False)


def county_class():
    return ResultClass.objects.get(code="A").pk


def test_somebody_of_another_organ_is_told_nothing(county):
    part = part_of(assigned(county), county.host)
    other = make_actor(Role.ORGAN_HANDLER)
    problem(post(other, f"assignments/{part.pk}/acts/sign_receipt/", version=1), 404, "not_found")
