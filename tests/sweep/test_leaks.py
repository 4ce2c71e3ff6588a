"""Words that must not be read by somebody are planted, and then looked for on every address by everybody."""

from django.urls import reverse

from accounts.models import Person
from files.documents.writing import WORD
from suggestions.models import CoHostOpinion, Evaluation, Reply
from suggestions.transitions import return_reply
from tests.files.words import everything
from tests.suggestions.factory import accepted, drafted, in_review, replied, version_of
from tests.suggestions.factory import evaluate as judge
from tests.sweep.addresses import ADDRESSES, COMMITTEE
from tests.sweep.test_every_address import SweepTestCase

PHONE, REMARK, JUDGEMENT, DRAFT = "13977776666", "金丝雀备注", "金丝雀评价", "金丝雀草稿"
OPINION, RETURNED = "金丝雀会办", "金丝雀退回"

#: Acts whose pages could propose what was written.
PARTS = ("draft_reply", "sign_reply", "evaluate")
#: Those of whom another in the cast sees exactly as much.
ALIKE = frozenset({"vice", "body", "head", "delegation", "township", "party", "security"})


def text_of(answer) -> str:
    """What can be read of an answer; a Word document is looked into."""
    content = b"".join(answer) if answer.streaming else answer.content
    return everything(content) if answer["Content-Type"] == WORD else content.decode(errors="replace")


class Leaks(SweepTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        county = cls.world.county
        # of a deputy who signed nothing and belongs to another station
        Person.objects.filter(pk=cls.world.cast["other_deputy"].person_id).update(phone=PHONE)
        reply = replied(county, accepted(county))
        judge(county, reply, actor=county.deputy, source="OWN", text=JUDGEMENT, private_remark=REMARK)
        cls.judged = reply.assignment.suggestion
        cls.drafting = drafted(county, accepted(county)).assignment.suggestion
        reviewed = in_review(county, accepted(county))
        cls.reviewed = reviewed.assignment.suggestion
        CoHostOpinion.objects.filter(assignment__suggestion=cls.reviewed).update(text=OPINION)
        return_reply(reviewed, actor=county.host, version=version_of(reviewed), reason=RETURNED)
        Reply.objects.exclude(status="RELEASED").update(body=DRAFT)

    def seen(self, words: str) -> set[str]:
        """By whom the words are read anywhere."""
        return {
            label for label in self.world.labels if label not in ALIKE for page in self.pages_of(label) if words in page
        }

    def pages_of(self, label: str) -> list[str]:
        if label not in self.read:
            client = self.client_of(label)
            answers = [client.get(url) for url in self.urls]
            self.read[label] = [text_of(answer) for answer in answers]
        return self.read[label]

    def setUp(self):
        super().setUp()
        self.read: dict[str, list[str]] = {}
        names = [name for name, address in ADDRESSES.items() if not address.post_only]
        self.urls = [reverse(name, kwargs=ADDRESSES[name].args(self.world)) for name in names]
        for case in (self.judged, self.drafting, self.reviewed):
            part = case.assignments.get(organ=self.world.county.bureau)
            self.urls.append(reverse("suggestions:detail", args=[case.pk]))
            self.urls += [reverse("suggestions:part_act", args=[case.pk, part.pk, verb]) for verb in PARTS]
            self.urls.append(reverse("suggestions:letter_document", args=[case.pk, part.pk, "headed"]))
            self.urls.append(reverse("suggestions:opinion_forms", args=[case.pk, part.pk]))
        other = self.world.cast["other_deputy"].user.person
        self.urls += [reverse("stations:deputy", args=[other.mandates.get().pk])]
        self.urls += [reverse("stations:deputies") + f"?q={other.name}"]
        self.urls += [reverse("stations:detail", args=[other.mandates.get().station_id])]
        self.urls += [reverse("accounts:open") + f"?person={other.pk}"]

    def test_each_word_is_read_by_whom_it_is_for(self):
        self.assertEqual(self.seen(REMARK), COMMITTEE - ALIKE)
        self.assertEqual(self.seen(JUDGEMENT + "<"), COMMITTEE - ALIKE | {"deputy", "liaison"})
        self.assertEqual(self.seen(DRAFT + "<"), COMMITTEE - ALIKE | {"office", "host"})
        self.assertEqual(self.seen(OPINION), COMMITTEE - ALIKE | {"office", "host", "co_host"})
        self.assertEqual(self.seen(RETURNED), COMMITTEE - ALIKE | {"office", "host", "co_host"})
        self.assertEqual(self.seen(PHONE), {"staff", "other_deputy", "other_liaison"})

    def test_no_search_finds_what_may_not_be_read(self):
        for label in ("staff", "office", "host", "co_host", "deputy", "liaison"):
            client = self.client_of(label)
            for name, words in (
                ("suggestions:list", JUDGEMENT),
                ("suggestions:list", REMARK),
                ("suggestions:list", DRAFT),
                ("stations:deputies", PHONE),
                ("stations:list", PHONE),
            ):
                self.assertEqual(client.get(reverse(name), {"q": words}).context["rows"], [], (label, name))

    def test_what_the_page_hides_until_it_is_released_is_shown_then(self):
        Evaluation.objects.filter(text=JUDGEMENT).update(released_on="2026-03-16")
        page = self.client_of("host").get(reverse("suggestions:detail", args=[self.judged.pk])).content.decode()
        self.assertIn(JUDGEMENT, page)
        self.assertNotIn(REMARK, page)
