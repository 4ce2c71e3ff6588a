"""Papers for deputies: added and told once, found, read, printed and received, withdrawn (R14, R37, R46, F19)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from deliberations.models import Cycle, Material, MaterialCopy, MaterialRead
from deliberations.transitions import materials
from notifications.models import Notification
from stations.models import Station
from tests.deliberations.cycle_factory import make_round
from tests.factory import make_actor, make_person, make_station
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, pdf, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


def url(name, *args):
    return reverse(f"deliberations:{name}", args=args)


def send(actor, address, **typed):
    client = signed_in(actor)
    return client.post(address, hidden(client.get(address)) | typed)


def added(staff, title="县委关于农村供水的决定", **facts):
    told = {"kind": "PARTY_DECISION", "issuer": "县委", "issued_on": TODAY, "summary": "三年建成。"} | facts
    return materials.add_material(materials.MaterialFacts(title=title, **told), actor=staff)


def typed(**more):
    sent = {"title": "惠民政策汇编", "kind": "POLICY", "issuer": "县政府", "issued_on": TODAY.isoformat()}
    return sent | more


class TestAdding:
    def test_through_the_page_it_is_told_once_to_deputies_and_stations(self, staff):
        deputy, liaison = make_actor(Role.DEPUTY), make_actor(Role.STATION, station=make_station())
        organ = make_actor(Role.ORGAN_HANDLER)
        answer = send(staff, url("add_material"), **typed(file=pdf("汇编.pdf"), number="政〔2026〕1号"))
        material = Material.objects.get()
        assert answer.url == url("material", material.pk)
        assert (material.file.name, material.number, material.added_by) == ("汇编.pdf", "政〔2026〕1号", staff.user)
        assert {row.recipient for row in Notification.objects.all()} == {deputy.user, liaison.user}
        told = Notification.objects.get(recipient=deputy.user)
        assert told.url == url("material", material.pk)
        assert organ.user.pk not in Notification.objects.values_list("recipient", flat=True)
        event = staff.user.events.last()
        assert (event.verb, event.detail.changes["material"]) == ("add_material", "惠民政策汇编")

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"title": ""}, "title"),
            ({"issued_on": (TODAY + timedelta(1)).isoformat(), "summary": "x"}, "issued_on"),
            ({}, "file"),
            ({"summary": "   "}, "file"),
            ({"summary": "x", "is_key": "on"}, "cycle"),
            ({"summary": "x", "cycle": "999"}, "cycle"),
            ({"file": SimpleUploadedFile("病毒.exe", b"MZ")}, "file"),
            ({"file": SimpleUploadedFile("假.pdf", b"not a pdf")}, "file"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(self, staff, more, field):
        answer = send(staff, url("add_material"), **typed(**more))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Material.objects.exists()
        assert not Notification.objects.exists()

    def test_a_key_document_belongs_to_a_running_cycle(self, staff):
        cycle = make_round().cycle
        assert added(staff, cycle=cycle, is_key=True).cycle == cycle
        Cycle.objects.filter(pk=cycle.pk).update(status="CONCLUDED")
        cycle.refresh_from_db()
        with pytest.raises(Invalid) as refused:
            added(staff, "另一份", cycle=cycle)
        assert refused.value.field == "cycle"

    def test_nobody_but_staff_adds(self):
        for role in (Role.CHAIRPERSON, Role.STATION, Role.DEPUTY):
            with pytest.raises(NotAllowed):
                added(make_actor(role))
            assert signed_in(make_actor(role)).get(url("add_material")).status_code == 403


class TestReading:
    def test_whoever_opens_or_downloads_it_is_noted_once(self, staff):
        deputy, liaison = make_actor(Role.DEPUTY), make_actor(Role.STATION, station=make_station())
        material = added(staff)
        for actor in (deputy, deputy, liaison, staff, make_actor(Role.ORGAN_HEAD)):
            assert signed_in(actor).get(url("material", material.pk)).status_code == 200
        assert {row.user for row in MaterialRead.objects.all()} == {deputy.user, liaison.user}

    def test_a_download_counts_as_reading(self, staff):
        deputy = make_actor(Role.DEPUTY)
        send(staff, url("add_material"), **typed(file=pdf()))
        material = Material.objects.get()
        answer = signed_in(deputy).get(url("material_file", material.pk))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert MaterialRead.objects.get().user == deputy.user

    def test_the_committee_sees_who_has_not(self, staff):
        reader = make_actor(Role.DEPUTY, person=make_person("赵大海"))
        make_actor(Role.DEPUTY, person=make_person("钱小河"))
        material = added(staff)
        signed_in(reader).get(url("material", material.pk))
        page = signed_in(staff).get(url("material", material.pk))
        assert page.context["read"] == 1
        assert page.context["unread"] == {"count": 1, "names": "钱小河", "more": 0}
        assert "钱小河" in page.content.decode()
        own = signed_in(reader).get(url("material", material.pk))
        assert "unread" not in own.context
        assert "钱小河" not in own.content.decode()

    def test_a_deputys_list_is_in_large_type_and_says_what_is_not_read(self, staff):
        deputy = make_actor(Role.DEPUTY)
        read, unread = added(staff), added(staff, "另一份")
        client = signed_in(deputy)
        client.get(url("material", read.pk))
        page = client.get(url("materials"))
        assert 'class="large"' in page.content.decode()
        assert {row.pk: row.is_read for row in page.context["rows"]} == {read.pk: True, unread.pk: False}

    def test_without_a_file_there_is_nothing_to_download(self, staff):
        assert signed_in(staff).get(url("material_file", added(staff).pk)).status_code == 404

    def test_an_empty_library_says_so(self, staff):
        page = signed_in(staff).get(url("materials"))
        assert page.status_code == 200
        assert page.context["rows"] == []

    def test_it_is_found_by_words_kind_and_cycle(self, staff):
        cycle = make_round().cycle
        first = added(staff, number="县发〔2026〕7号", cycle=cycle, is_key=True)
        second = added(staff, "代表法", kind="LAW", issuer="全国人大")
        client = signed_in(staff)

        def found(**asked):
            return [row.pk for row in client.get(url("materials"), asked).context["rows"]]

        assert found(q="供水 县委") == [first.pk]
        assert found(q="〔2026〕7号") == [first.pk]
        assert found(kind="LAW") == [second.pk]
        assert found(cycle=cycle.pk) == [first.pk]
        assert found(is_key="true") == [first.pk]
        assert found(q="没有") == []

    def test_twenty_papers_take_as_many_queries_as_ten(self, staff):
        client = signed_in(staff)

        def queries():
            with CaptureQueriesContext(connection) as seen:
                client.get(url("materials"))
            return len(seen)

        for number in range(10):
            added(staff, f"文件{number}")
        ten = queries()
        for number in range(10, 20):
            added(staff, f"文件{number}")
        assert queries() == ten <= 12


class TestWithdrawing:
    def test_it_leaves_the_library_but_not_the_committees(self, staff):
        deputy = make_actor(Role.DEPUTY)
        material = added(staff)
        assert send(staff, url("material_act", material.pk, "withdraw_material"), reason="旧版").status_code == 302
        assert signed_in(deputy).get(url("material", material.pk)).status_code == 404
        assert signed_in(deputy).get(url("materials")).context["rows"] == []
        assert signed_in(staff).get(url("material", material.pk)).status_code == 200
        assert not Notification.objects.unread().exists()
        assert staff.user.events.last().detail.reason == "旧版"
        for verb in ("withdraw_material", "send_copies"):
            assert signed_in(staff).get(url("material_act", material.pk, verb)).status_code == 409

    def test_of_two_at_once_one_is_told(self, staff):
        material = added(staff)
        materials.withdraw_material(material, actor=staff, reason="旧版")
        with pytest.raises(Conflict):
            materials.withdraw_material(material, actor=staff, reason="旧版")

    def test_a_reason_is_asked_for(self, staff):
        address = url("material_act", added(staff).pk, "withdraw_material")
        assert send(staff, address, reason="").status_code == 422


class TestCopies:
    def sent(self, staff, *stations, material=None, **more):
        told = {"copies": 20, "on": TODAY} | more
        return materials.send_copies(material or added(staff), actor=staff, stations=list(stations), **told)

    def test_through_the_pages_from_sending_to_receiving(self, staff):
        station, other = make_station(), make_station()
        liaison = make_actor(Role.STATION, station=station)
        material = added(staff)
        address = url("material_act", material.pk, "send_copies")
        sent = {"stations": [station.pk, other.pk], "copies": "20", "on": TODAY.isoformat()}
        assert send(staff, address, **sent).status_code == 302
        own = MaterialCopy.objects.get(station=station)
        page = signed_in(liaison).get(url("material", material.pk))
        assert [row.pk for row in page.context["copies"]] == [own.pk]
        assert other.name not in page.content.decode()
        receive = url("material_copy_act", material.pk, "receive_copies", own.pk)
        assert send(liaison, receive, received_by="冯联络", on=TODAY.isoformat()).status_code == 302
        own.refresh_from_db()
        assert (own.received_by, own.received_on) == ("冯联络", TODAY)
        assert signed_in(liaison).get(receive).status_code == 409
        assert len(signed_in(staff).get(url("material", material.pk)).context["copies"]) == 2

    def test_another_stations_copies_are_not_there(self, staff):
        [row] = self.sent(staff, make_station())
        stranger = make_actor(Role.STATION, station=make_station())
        address = url("material_copy_act", row.material_id, "receive_copies", row.pk)
        assert signed_in(stranger).get(address).status_code == 404
        assert signed_in(make_actor(Role.DEPUTY)).get(address).status_code == 404
        assert signed_in(make_actor(Role.CHAIRPERSON)).get(address).status_code == 403
        with pytest.raises(NotAllowed):
            materials.receive_copies(row, actor=stranger, received_by="某", on=TODAY)

    def test_wrong_days_and_closed_stations_are_refused(self, staff):
        station = make_station()
        for more, field in (
            ({"on": TODAY + timedelta(1)}, "on"),
            ({"on": TODAY - timedelta(1)}, "on"),
        ):
            with pytest.raises(Invalid) as refused:
                self.sent(staff, station, **more)
            assert refused.value.field == field
        Station.objects.filter(pk=station.pk).update(status="CLOSED")
        station.refresh_from_db()
        with pytest.raises(Invalid) as refused:
            self.sent(staff, station)
        assert refused.value.field == "stations"
        [row] = self.sent(staff, make_station())
        for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
            with pytest.raises(Invalid):
                materials.receive_copies(row, actor=staff, received_by="某", on=day)
        assert MaterialCopy.objects.get().received_on is None

    def test_a_number_of_copies_that_is_none_is_refused(self, staff):
        station, material = make_station(), added(staff)
        address = url("material_act", material.pk, "send_copies")
        for copies in ("0", "-1", "很多", "100000"):
            answer = send(staff, address, stations=[station.pk], copies=copies, on=TODAY.isoformat())
            assert answer.status_code == 422
        assert not MaterialCopy.objects.exists()

    def test_the_register_is_a_workbook(self, staff):
        station, reader = make_station(), make_actor(Role.DEPUTY)
        [row] = self.sent(staff, station)
        materials.receive_copies(row, actor=staff, received_by="冯联络", on=TODAY)
        materials.note_reading(row.material, actor=reader)
        answer = signed_in(staff).get(url("material_register"))
        dispatches, papers = load_workbook(BytesIO(answer.content)).worksheets
        [line] = dispatches.iter_rows(min_row=4, max_row=4, values_only=True)
        assert line[1:5] == ("县委关于农村供水的决定", "县委", None, 20)
        assert line[6:8] == (station.name, "冯联络")
        [line] = papers.iter_rows(min_row=4, max_row=4, values_only=True)
        assert line[7:9] == (20, 1)
        assert signed_in(make_actor(Role.STATION)).get(url("material_register")).status_code == 403
