"""The list of organs: found by any name they ever had, kept by acts that leave a record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actor import NOBODY, SYSTEM
from accounts.models import Officer, Organ, OrganName, Role
from accounts.transitions import organ_acts
from accounts.transitions.accounts import Verb
from accounts.transitions.organs import OrganFacts, enter_organ, owner_of_name
from tests.accounts.checks import faults_of, refused
from tests.factory import make_actor, make_organ, make_user
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db

TODAY, DAY = clock.today(), timedelta(days=1)
KIND, NAME, DUTY = Organ.Kind, OrganName.Kind, Officer.Duty


@pytest.fixture
def staff():
    return make_actor(Role.COMMITTEE_STAFF)


@pytest.fixture
def organ():
    return make_organ("县农业农村局")


def told(actor):
    event = actor.user.events.select_related("detail").order_by("-seq").first()
    return event.verb, event.detail.changes


def names_of(organ):
    return dict(organ.names.values_list("name", "kind"))


# finding


def test_an_organ_is_found_by_any_of_its_names_and_by_how_they_sound(client, organ):
    organ_acts.add_name(organ, actor=SYSTEM, name="县农牧局", kind=NAME.FORMER)
    make_organ("县水利局")
    client.force_login(make_user(Role.CHAIRPERSON))
    for words in ("农业", "县农牧局", "xiannongyenongcunju", "xnyncj", "XNMJ", "农牧 农村"):
        rows = client.get(reverse("accounts:organs"), {"q": words}).context["rows"]
        assert rows == [organ], words
    assert client.get(reverse("accounts:organs"), {"q": "林业"}).context["rows"] == []


def test_the_list_is_narrowed_by_kind_and_by_whether_it_exists(client, organ):
    court, gone = make_organ("县人民法院", KIND.COURT), make_organ("县乡村振兴局")
    organ_acts.reorganise(gone, actor=SYSTEM, successor=organ, on=TODAY)
    soon = make_organ("县粮食局")
    organ_acts.reorganise(soon, actor=SYSTEM, successor=organ, on=TODAY + DAY)
    client.force_login(make_user(Role.CHAIRPERSON))

    def listed(**query):
        return set(client.get(reverse("accounts:organs"), query).context["rows"])

    assert listed(kind=KIND.COURT) == {court}
    assert listed(state="closed") == {gone}
    assert listed(state="existing") == {court, organ, soon}
    assert listed(kind="nonsense") == set()


# acts


def test_a_new_organ_is_entered_with_all_its_names(staff):
    facts = OrganFacts("县数据局", KIND.GOVERNMENT_DEPARTMENT, ("县大数据中心",), phone="5200001")
    organ = organ_acts.found_organ(actor=staff, facts=facts)
    assert names_of(organ) == {"县数据局": NAME.PRESENT, "县大数据中心": NAME.FORMER}
    assert told(staff) == (Verb.ENTER_ORGAN, {"organ": "县数据局", "kind": KIND.GOVERNMENT_DEPARTMENT})


def test_no_organ_is_entered_twice_under_whatever_name(staff, organ):
    organ_acts.add_name(organ, actor=SYSTEM, name="县农牧局", kind=NAME.FORMER)
    for name in ("县农业农村局", "县 农牧局"):
        facts = OrganFacts(name, KIND.GOVERNMENT_DEPARTMENT)
        assert refused(Invalid, "name_claimed", organ_acts.found_organ, actor=staff, facts=facts).field == "name"
    other = OrganFacts("县畜牧局", KIND.GOVERNMENT_DEPARTMENT, ("县农牧局",))
    refused(Invalid, "name_claimed", organ_acts.found_organ, actor=staff, facts=other)
    assert Organ.objects.count() == 1


def test_signing_telephone_and_road_are_set_and_told_once(staff, organ):
    office = make_organ("县人民政府办公室", KIND.GOVERNMENT_OFFICE)
    wanted = {"sign_mode": Organ.SignMode.ONLINE, "phone": "5200002", "forwards_through": office}
    organ_acts.set_organ(organ, actor=staff, **wanted)
    organ.refresh_from_db()
    assert {name: getattr(organ, name) for name in wanted} == wanted
    verb, changes = told(staff)
    assert verb == Verb.SET_ORGAN and changes["forwards_through"] == ["", office.name]
    organ_acts.set_organ(organ, actor=staff, **wanted)
    assert staff.user.events.count() == 1


def test_a_road_has_one_stop_and_leads_to_no_closed_door(organ):
    office, through = make_organ("县政府办", KIND.GOVERNMENT_OFFICE), make_organ("县水利局")
    closed = make_organ("县粮食局")
    Organ.objects.filter(pk=through.pk).update(forwards_through=office)
    organ_acts.reorganise(closed, actor=SYSTEM, successor=office, on=TODAY)
    closed.refresh_from_db()
    through.refresh_from_db()
    for start, road in ((organ, organ), (organ, through), (organ, closed), (office, organ)):
        wanted = {"sign_mode": Organ.SignMode.PAPER, "forwards_through": road, "actor": SYSTEM}
        assert refused(Invalid, "no_road", organ_acts.set_organ, start, **wanted).field == "forwards_through"


def test_a_renamed_organ_keeps_its_old_name_as_one_that_finds_it(staff, organ):
    organ_acts.add_name(organ, actor=staff, name="县农业农村和水利局", kind=NAME.PRESENT, until=TODAY)
    organ.refresh_from_db()
    assert organ.name == "县农业农村和水利局"
    assert names_of(organ) == {"县农业农村局": NAME.FORMER, "县农业农村和水利局": NAME.PRESENT}
    assert organ.names.get(kind=NAME.PRESENT).until is None
    assert organ.names.get(kind=NAME.FORMER).until == TODAY - DAY
    assert told(staff)[1]["name"] == ["县农业农村局", "县农业农村和水利局"]
    organ_acts.add_name(organ, actor=staff, name="县农业农村局", kind=NAME.PRESENT)
    assert names_of(organ) == {"县农业农村局": NAME.PRESENT, "县农业农村和水利局": NAME.FORMER}


def test_a_name_stands_for_one_organ(staff, organ):
    other = make_organ("县水利局")
    for kind in NAME:
        refused(Invalid, "name_claimed", organ_acts.add_name, organ, actor=staff, name="县水 利局", kind=kind)
    refused(Invalid, "name_claimed", organ_acts.add_name, other, actor=staff, name="县水利局", kind=NAME.SHORT)
    assert names_of(other) == {"县水利局": NAME.PRESENT}


def test_a_reorganised_organ_s_names_find_the_one_that_goes_on(staff, organ):
    former, liaison = make_organ("县乡村振兴局"), "钱进"
    organ_acts.add_name(former, actor=SYSTEM, name="县扶贫办", kind=NAME.FORMER)
    organ_acts.appoint(former, actor=SYSTEM, name=liaison, duty=DUTY.LIAISON)
    receiver = make_organ("县移民中心", forwards_through=former)
    organ_acts.reorganise(former, actor=staff, successor=organ, on=TODAY)
    former.refresh_from_db()
    receiver.refresh_from_db()
    assert (former.successor, former.closed_on) == (organ, TODAY)
    assert owner_of_name("县扶贫办") == owner_of_name("县乡村振兴局") == owner_of_name("县农业农村局") == organ
    assert names_of(organ)["县乡村振兴局"] == NAME.FORMER and not former.names.exists()
    assert former.officers.get().person.name == liaison
    assert receiver.forwards_through == organ
    assert former.name in former.search_text and former.name in Organ.objects.get(pk=organ.pk).search_text
    changes = {"organ": "县乡村振兴局", "successor": "县农业农村局", "on": TODAY.isoformat()}
    assert told(staff) == (Verb.REORGANISE, changes)


def test_from_any_former_organ_one_step_leads_to_the_present_one(organ):
    first, second = make_organ("县扶贫办"), make_organ("县乡村振兴局")
    organ_acts.reorganise(first, actor=SYSTEM, successor=second, on=TODAY - DAY)
    organ_acts.reorganise(second, actor=SYSTEM, successor=organ, on=TODAY)
    first.refresh_from_db()
    assert first.successor == organ and owner_of_name("县扶贫办") == organ


def test_whoever_receives_through_the_closed_one_can_take_over_its_road():
    office = make_organ("县政府办", KIND.GOVERNMENT_OFFICE)
    heir, third = make_organ("县综合办", forwards_through=office), make_organ("县水利局", forwards_through=office)
    organ_acts.reorganise(office, actor=SYSTEM, successor=heir, on=TODAY)
    for row in (heir, third):
        row.refresh_from_db()
    assert heir.forwards_through is None and third.forwards_through == heir


def test_a_closed_organ_is_changed_no_more(staff, organ):
    former = make_organ("县乡村振兴局")
    organ_acts.appoint(former, actor=SYSTEM, name="钱进", duty=DUTY.HEAD)
    organ_acts.reorganise(former, actor=SYSTEM, successor=organ, on=TODAY)
    for act, extra in acts_on(former, organ):
        refused(Conflict, "organ_closed", act, actor=staff, **extra)
    for heir in (organ, former):
        former.refresh_from_db()
        bad = {"actor": staff, "successor": former if heir is organ else organ, "on": TODAY}
        refused(Invalid, "no_successor", organ_acts.reorganise, organ, **bad)


def acts_on(organ, successor):
    officer = organ.officers.first()
    return [
        (organ_acts.set_organ, {"organ": organ, "sign_mode": Organ.SignMode.ONLINE}),
        (organ_acts.add_name, {"organ": organ, "name": "新名", "kind": NAME.SHORT}),
        (organ_acts.reorganise, {"organ": organ, "successor": successor, "on": TODAY}),
        (organ_acts.appoint, {"organ": organ, "name": "孙立", "duty": DUTY.HANDLER}),
        (organ_acts.dismiss, {"officer": officer, "until": TODAY}),
    ]


@pytest.mark.parametrize(
    "role", [*(role for role in Role if role not in (Role.COMMITTEE_STAFF, Role.SYSTEM_ADMIN)), None]
)
def test_only_staff_and_the_system_administrator_keep_organs(role, organ):
    actor = make_actor(role, organ=make_organ()) if role else NOBODY
    organ_acts.appoint(organ, actor=SYSTEM, name="钱进", duty=DUTY.HEAD)
    for act, extra in acts_on(organ, make_organ("县林业局")):
        refused(NotAllowed, "not_allowed", act, actor=actor, **extra)
    facts = OrganFacts("县数据局", KIND.GOVERNMENT_DEPARTMENT)
    refused(NotAllowed, "not_allowed", organ_acts.found_organ, actor=actor, facts=facts)


def test_an_officer_serves_leaves_and_returns_as_the_same_person(staff, organ):
    organ_acts.appoint(organ, actor=staff, name="钱进", duty=DUTY.LIAISON, phone="5200003")
    officer = organ.officers.get()
    refused(Invalid, "in_office", organ_acts.appoint, organ, actor=staff, name="钱进", duty=DUTY.LIAISON)
    bad = {"actor": staff, "until": officer.since - DAY}
    assert refused(Invalid, "before_start", organ_acts.dismiss, officer, **bad).field == "until"
    with clock.at(clock.now() - 9 * DAY):
        Officer.objects.filter(pk=officer.pk).update(since=clock.today())
    organ_acts.dismiss(officer, actor=staff, until=TODAY - DAY)
    refused(Conflict, "out_of_office", organ_acts.dismiss, officer, actor=staff, until=TODAY)
    organ_acts.appoint(organ, actor=staff, name="钱进", duty=DUTY.LIAISON)
    organ_acts.appoint(organ, actor=staff, name="钱进", duty=DUTY.HANDLER)
    assert {row.person for row in organ.officers.all()} == {officer.person}
    returned = organ.officers.get(duty=DUTY.LIAISON)
    assert (returned.pk, returned.since, returned.until) == (officer.pk, TODAY, None)


def test_what_staff_do_to_organs_is_one_unbroken_chain_on_their_own_account(staff, organ):
    organ_acts.appoint(organ, actor=staff, name="钱进", duty=DUTY.HEAD)
    for act, extra in acts_on(make_organ_with_head(), organ):
        if act is not organ_acts.reorganise:
            act(actor=staff, **extra)
    assert staff.user.events.count() == 5
    assert faults_of(staff.user) == []


def make_organ_with_head():
    organ = make_organ("县林业局")
    organ_acts.appoint(organ, actor=SYSTEM, name="周山", duty=DUTY.HEAD)
    return organ


def test_an_import_leaves_its_batch_and_no_event_of_anybody(staff):
    enter_organ(OrganFacts("县数据局", KIND.GOVERNMENT_DEPARTMENT), actor=staff)
    assert not staff.user.events.exists()
    assert "xsjj" in Organ.objects.get().search_text


# pages


def page(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_the_pages_of_an_organ_lead_from_form_to_act(client, organ):
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    new = client.post(
        page("add_organ"),
        {"name": "县数据局", "kind": KIND.GOVERNMENT_DEPARTMENT, "other_names": "数据局、县大数据中心"},
    )
    data = Organ.objects.get(name="县数据局")
    assert new.status_code == 302 and new["Location"] == page("organ", data.pk)
    assert names_of(data).keys() == {"县数据局", "数据局", "县大数据中心"}
    done = client.post(page("organ_act", data.pk, "appoint"), {"name": "钱 进", "duty": DUTY.HEAD})
    assert done["Location"] == page("organ", data.pk)
    officer = data.officers.get()
    assert officer.person.name == "钱进"
    assert client.post(page("dismiss", data.pk, officer.pk), {"until": TODAY.isoformat()}).status_code == 302
    merged = client.post(
        page("organ_act", data.pk, "reorganise"), {"successor": "县 农业农村局", "on": TODAY.isoformat()}
    )
    assert merged.status_code == 302
    assert client.get(page("organ", organ.pk)).context["predecessors"].get() == data
    assert client.get(page("organ", data.pk)).context["acts"] == []


def test_what_a_form_of_an_organ_cannot_accept_is_answered_422_at_its_field(client, organ):
    make_organ("县水利局")
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    refusals = [
        (page("add_organ"), {"name": "县水利局", "kind": KIND.COURT}, "name"),
        (page("add_organ"), {"name": "县信访局", "kind": "", "other_names": ""}, "kind"),
        (page("add_organ"), {}, "name"),
        (page("organ_act", organ.pk, "add_name"), {"name": "县水利局", "kind": NAME.FORMER}, "name"),
        (page("organ_act", organ.pk, "reorganise"), {"successor": "县人武部", "on": TODAY.isoformat()}, "successor"),
        (page("organ_act", organ.pk, "reorganise"), {"successor": organ.name, "on": TODAY.isoformat()}, "successor"),
        (page("organ_act", organ.pk, "set_organ"), {"sign_mode": "TELEPATHY"}, "sign_mode"),
        (page("organ_act", organ.pk, "appoint"), {}, "name"),
    ]
    for address, typed, field in refusals:
        answer = client.post(address, typed)
        assert answer.status_code == 422 and field in answer.context["form"].errors, address


def test_a_successor_named_in_part_is_refused_with_what_may_be_meant(client, organ):
    make_organ("县水利局")
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    typed = {"successor": "水利局", "on": TODAY.isoformat()}
    answer = client.post(page("organ_act", organ.pk, "reorganise"), typed)
    assert answer.status_code == 422
    assert "县水利局" in str(answer.context["form"].errors["successor"])


def test_organs_pages_tell_404_403_and_409_apart(client, organ):
    former = make_organ("县乡村振兴局")
    organ_acts.reorganise(former, actor=SYSTEM, successor=organ, on=TODAY)
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    assert client.get(page("organ_act", 999_999, "appoint")).status_code == 404
    assert client.get(page("dismiss", organ.pk, 999_999)).status_code == 404
    for method in (client.get, client.post):
        assert method(page("organ_act", former.pk, "appoint")).status_code == 409
    client.force_login(make_user(Role.SECURITY_ADMIN))
    for method in (client.get, client.post):
        assert method(page("organ_act", organ.pk, "appoint")).status_code == 403
        assert method(page("add_organ")).status_code == 403
    client.force_login(make_user(Role.AUDIT_ADMIN))
    assert client.post(page("organ_act", organ.pk, "appoint")).status_code == 404


def test_an_officer_of_another_organ_is_not_found(client, organ):
    other = make_organ_with_head()
    client.force_login(make_user(Role.COMMITTEE_STAFF))
    assert client.get(page("dismiss", organ.pk, other.officers.get().pk)).status_code == 404


@pytest.mark.parametrize("name", ["长" * 81, "\ufdfa" * 30])
def test_no_name_of_an_organ_is_longer_than_its_column_also_as_it_is_compared(staff, organ, name):
    facts = OrganFacts("县文旅局", KIND.MASS, (name,))
    refused(Invalid, "name_too_long", organ_acts.found_organ, actor=staff, facts=facts)
    refused(Invalid, "name_too_long", organ_acts.add_name, organ, actor=staff, name=name, kind=NAME.SHORT)
    assert not Organ.objects.filter(name="县文旅局").exists()


def test_the_sound_of_an_organ_s_name_is_cut_to_its_column(staff):
    assert len(organ_acts.found_organ(actor=staff, facts=OrganFacts("庄" * 80, KIND.MASS)).pinyin) == 240
