"""The pages of reception days: month, day, own duties, who serves how often, what is printed, the workbook."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from stations.models import Duty, Mandate, ReceptionDay, ReceptionFile, ReceptionRule, Township
from stations.transitions import reception_duties, receptions
from tests.factory import make_actor, make_mandate, make_station
from tests.stations.receptions import Post, names, photo
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)


@pytest.fixture
def post():
    with noon(TODAY):
        yield Post()


@pytest.fixture
def day(post):
    return post.add(DAY)


@pytest.fixture
def client(post):
    return signed_in(post.liaison)


def page(name, *args, **query):
    return reverse(f"stations:{name}", args=args, query=query or None)


def act(day, verb, duty=None):
    args = [day.pk, duty.pk, verb] if duty else [day.pk, verb]
    return page("duty_act" if duty else "reception_act", *args)


def send(client, url, **data):
    return client.post(url, data)


def test_a_station_without_rules_and_days_says_so(client, post):
    text = client.get(page("receptions", post.station.pk)).content.decode()
    assert "没有接待日" in text or "No reception day in this month" in text


def test_the_month_shows_days_market_days_and_days_off(client, post, day):
    Township.objects.update(market_days=[3, 8], market_lunar=True)
    answer = client.get(page("receptions", post.station.pk, month="2026-04"))
    cells = {cell["day"]: cell for week in answer.context["weeks"] for cell in week if cell["inside"]}
    assert len(cells) == 30
    assert cells[DAY]["receptions"] == [day]
    assert cells[DAY]["market"] and cells[DAY]["lunar"] == "廿三"  # the 23rd of the second month
    assert not cells[date(2026, 4, 11)]["market"]
    assert cells[date(2026, 4, 6)]["off"] and not cells[DAY]["off"]
    text = answer.content.decode()
    assert "赵甲" in text and "农历逢三八" in text


@pytest.mark.parametrize("month", ["2026-13", "x", "-1", "99999-01", "2026-04-01"])
def test_a_month_that_is_none_is_this_month(client, post, month):
    assert client.get(page("receptions", post.station.pk, month=month)).context["month"] == date(2026, 3, 1)


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.CHAIRPERSON, Role.ORGAN_HANDLER, Role.TOWNSHIP])
def test_others_read_the_schedule_and_are_offered_nothing(role, post, day):
    client = signed_in(make_actor(role))
    for url in (page("receptions", post.station.pk), page("reception", day.pk)):
        answer = client.get(url)
        assert (answer.status_code, answer.context["acts"]) == (200, [])
    assert client.get(page("reception_sign_in", day.pk)).status_code == 403
    assert client.get(page("reception_register", day.pk)).status_code == 403
    assert client.get(page("reception_of", post.station.pk, "set_rule")).status_code == 403
    assert send(client, act(day, "cancel_day"), version=post.version, reason="x").status_code == 403
    assert ReceptionDay.objects.get().status == "PLANNED"


def test_another_stations_liaison_may_not(post, day):
    other = signed_in(make_actor(Role.STATION, station=make_station()))
    assert other.get(act(day, "post_notice")).status_code == 403
    assert "reason" not in other.get(page("reception", day.pk)).context


def test_what_is_not_there_is_not_found(client, post, day):
    other = post.add(date(2026, 4, 20))
    assert client.get(page("reception", 9999)).status_code == 404
    assert client.get(act(other, "substitute", day.duties.first())).status_code == 404
    assert client.get(act(day, "substitute")).status_code == 404
    assert client.get(act(day, "cancel_day", day.duties.first())).status_code == 404
    assert client.get(page("reception_of", post.station.pk, "cancel_day")).status_code == 404
    assert client.get(page("end_rule", 9999)).status_code == 404
    assert client.get(page("reception_paper", day.pk, 9999)).status_code == 404


def test_a_rule_is_set_replaced_and_ended_from_its_pages(client, post):
    url = page("reception_of", post.station.pk, "set_rule")
    told = {"months": "ODD", "week": 1, "weekday": 4, "starts_at": "15:00", "ends_at": "16:00", "deputies": 1}
    assert send(client, url, version=0, since="2026-03-16", **told).status_code == 302
    rule = ReceptionRule.objects.get()
    assert [day.on for day in ReceptionDay.objects.all()] == [date(2026, 5, 6)]  # 1 May and the days after are off
    told = {"months": "ALL", "day": 10, "starts_at": "09:00", "ends_at": "11:00", "deputies": 2}
    data = {"version": post.version, "since": "2026-04-01", "in_place_of": rule.pk, **told}
    assert send(client, url, **data).status_code == 302
    newer = ReceptionRule.objects.latest("pk")
    assert "每月10日" in client.get(page("receptions", post.station.pk)).content.decode() or newer.day == 10
    assert send(client, page("end_rule", newer.pk), version=post.version, until="2026-04-01").status_code == 302
    assert not ReceptionDay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": 32}, "day"),
        ({"week": 1, "weekday": 4}, "day"),
        ({"ends_at": "08:00"}, "ends_at"),
        ({"since": "2026-03-15"}, "since"),
        ({"deputies": 0}, "deputies"),
        ({"months": "x"}, "months"),
    ],
)
def test_an_impossible_rule_is_shown_again(client, post, changes, field):
    told = {"months": "ALL", "day": 10, "starts_at": "09:00", "ends_at": "11:00", "deputies": 2, "since": "2026-03-16"}
    answer = send(client, page("reception_of", post.station.pk, "set_rule"), version=0, **(told | changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ReceptionRule.objects.exists()


def test_a_day_is_added_changed_and_cancelled_from_its_pages(client, post):
    url = page("reception_of", post.station.pk, "add_day")
    told = {"starts_at": "09:00", "ends_at": "11:00", "deputies": 2, "place": "会议室", "scope": ""}
    answer = send(client, url, version=0, on="2026-04-12", **told)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day_off"])
    assert send(client, url, version=0, on="2026-04-12", day_off="on", **told).status_code == 302
    day = ReceptionDay.objects.get()
    assert names(day) == ["赵甲", "钱乙"]
    about = {"starts_at": "09:00", "ends_at": "11:00", "place": "", "scope": "校车"}
    answer = send(client, act(day, "change_day"), version=post.version, on="2026-04-13", **about)
    assert answer["Location"] == page("reception", day.pk)
    assert send(client, act(day, "cancel_day"), version=post.version, reason="").status_code == 422
    assert send(client, act(day, "cancel_day"), version=post.version, reason="防汛").status_code == 302
    assert "防汛" in client.get(page("reception", day.pk)).content.decode()
    assert client.get(act(day, "cancel_day")).status_code == 409


def test_a_page_that_is_old_is_told_so_and_keeps_what_was_typed(client, post, day):
    answer = send(client, act(day, "cancel_day"), version=0, reason="防汛要紧")
    assert answer.status_code == 409
    assert "防汛要紧" in answer.content.decode()


def test_the_day_from_the_notice_to_the_news(client, post, day):
    data = {"version": post.version, "on": "2026-03-16", "photo": photo()}
    assert send(client, act(day, "post_notice"), **data).status_code == 302
    assert client.get(act(day, "note_attendance")).status_code == 409
    with noon(DAY):
        first, second = day.duties.order_by("pk")
        found = {f"state_{first.pk}": "PRESENT", f"state_{second.pk}": "LEAVE", f"reason_{second.pk}": ""}
        answer = send(client, act(day, "note_attendance"), version=post.version, **found)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"reason_{second.pk}"])
        found[f"reason_{second.pk}"] = "外出"
        assert send(client, act(day, "note_attendance"), version=post.version, **found).status_code == 302
        papers = {"kind": "SIGN_IN", "photos": [photo("1.jpg"), photo("2.jpg")]}
        assert send(client, act(day, "add_papers"), version=post.version, **papers).status_code == 302
        assert send(client, act(day, "write_news"), version=post.version, news="两名代表接待选民。").status_code == 302
        answer = client.get(page("reception", day.pk))
    text = answer.content.decode()
    assert "两名代表接待选民" in text and "外出" in text
    assert len(answer.context["papers"]) == 3
    assert len(answer.context["events"]) == 5


def test_no_photo_is_refused_and_nothing_is_kept(client, post, day):
    with noon(DAY):
        answer = send(client, act(day, "add_papers"), version=post.version, kind="PHOTO")
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["photos"])
    assert not ReceptionFile.objects.exists()


def test_photos_of_voters_are_shown_to_whoever_reads_the_record(client, post, day):
    post.do(receptions.post_notice, day, on=TODAY, photo=photo())
    with noon(DAY):
        post.do(receptions.add_papers, day, kind="SIGN_IN", photos=[photo()])
        notice, sheet = (page("reception_paper", day.pk, row.pk) for row in ReceptionFile.objects.order_by("pk"))
        assert client.get(sheet)["Content-Type"] == "image/jpeg"
        stranger = signed_in(make_actor(Role.ORGAN_HANDLER))
        assert (stranger.get(notice).status_code, stranger.get(sheet).status_code) == (200, 404)
        assert len(stranger.get(page("reception", day.pk)).context["papers"]) == 1
        paper = ReceptionFile.objects.get(kind="SIGN_IN")
        remove = page("remove_paper", day.pk, paper.pk)
        assert stranger.post(remove, {"version": post.version}).status_code == 403
        assert send(client, remove, version=post.version).status_code == 302
        assert client.get(sheet).status_code == 404


def test_duties_are_changed_from_the_page_of_the_day(client, post, day):
    other = post.add(date(2026, 4, 20))
    first = day.duties.order_by("pk").first()
    assert send(client, act(day, "put_on_duty"), version=post.version, mandate=post.mandates[2].pk).status_code == 302
    url = act(day, "substitute", first)
    assert send(client, url, version=post.version, mandate=post.mandates[3].pk).status_code == 302
    assert names(day) == ["钱乙", "孙丙", "李丁"]
    assert client.get(url).status_code == 409  # replaced already
    stands_in = Duty.objects.get(substitute_for=first)
    assert send(client, act(day, "take_off_duty", stands_in), version=post.version).status_code == 302
    free = other.duties.order_by("pk").first()
    answer = send(client, act(day, "swap", first), version=post.version, other=free.pk)
    assert answer.status_code in (302, 422)
    row = day.duties.filter(state="DUE").order_by("pk").last()
    assert send(client, act(day, "grant_leave", row), version=post.version, reason="病假").status_code == 302


def test_only_the_stations_deputies_are_offered_and_a_suspended_one_is_refused_by_name(client, post, day):
    make_mandate(station=make_station())
    Mandate.objects.filter(pk=post.mandates[2].pk).update(suspended_from=date(2026, 1, 1))
    form = client.get(act(day, "put_on_duty")).context["form"]
    assert [row.person.name for row in form.fields["mandate"].queryset] == ["孙丙", "李丁"]
    answer = send(client, act(day, "put_on_duty"), version=post.version, mandate=post.mandates[2].pk)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["mandate"])
    assert "孙丙" in str(answer.context["form"].errors["mandate"])


def test_a_deputy_sees_the_own_duties_and_asks_for_a_substitute(post, day):
    client = signed_in(post.deputies[0])
    answer = client.get(page("my_duties"))
    (row,) = answer.context["coming"]
    assert (row.others, [button["url"] for button in row.acts]) == (["钱乙"], [act(day, "ask_substitute", row)])
    assert send(client, act(day, "ask_substitute", row), reason="").status_code == 422
    answer = send(client, act(day, "ask_substitute", row), reason="去县里开会")
    assert answer["Location"] == page("my_duties")
    assert "去县里开会" in client.get(page("my_duties")).content.decode()
    assert "去县里开会" in signed_in(post.liaison).get(page("reception", day.pk)).content.decode()
    # why somebody cannot come is not for everybody
    assert "去县里开会" not in signed_in(post.deputies[1]).get(page("reception", day.pk)).content.decode()
    other = day.duties.get(mandate=post.mandates[1])
    assert send(client, act(day, "ask_substitute", other), reason="x").status_code == 403


def test_a_deputy_without_a_duty_is_told_so_and_nobody_else_has_the_page(post):
    answer = signed_in(post.deputies[0]).get(page("my_duties"))
    assert (answer.status_code, answer.context["coming"]) == (200, [])
    assert signed_in(post.liaison).get(page("my_duties")).status_code == 403


def test_what_was_served_is_counted_for_the_year(post, day):
    with noon(DAY):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
    with noon(DAY + timedelta(1)):
        answer = signed_in(post.deputies[0]).get(page("my_duties"))
    assert (answer.context["served"], len(answer.context["past"])) == (1, 1)


def test_who_has_not_served_yet_is_named(client, post, day):
    with noon(DAY):
        found = {row.pk: ("PRESENT", "") for row in day.duties.all()}
        post.do(receptions.note_attendance, day, found=found)
        answer = client.get(page("duties", post.station.pk))
    assert [row.person.name for row in answer.context["none_yet"]] == ["孙丙", "李丁"]
    assert [row.served for row in answer.context["deputies"]] == [0, 0, 1, 1]
    assert answer.context["fewer"] == 4
    empty = signed_in(post.staff).get(page("duties", make_station().pk))
    assert (empty.status_code, empty.context["deputies"]) == (200, [])


def test_the_notice_names_day_place_deputies_and_that_they_do_not_handle_directly(post, day):
    post.do(reception_duties.substitute, Duty.objects.get(day=day, mandate=post.mandates[0]), mandate=post.mandates[2])
    text = signed_in(make_actor(Role.DEPUTY)).get(page("reception_notice", day.pk)).content.decode()
    assert "2026年4月10日（星期五）09:00—11:00" in text
    assert "孙丙" in text and "赵甲" not in text
    assert "代表不直接处理问题" in text
    large = signed_in(post.liaison).get(page("reception_notice", day.pk, size="a3")).content.decode()
    assert "wall-notice-a3" in large


def test_sheets_are_printed_with_the_names_filled_in(client, post, day):
    sign_in = client.get(page("reception_sign_in", day.pk)).content.decode()
    assert "赵甲" in sign_in and post.liaison.user.person.name in sign_in
    register = client.get(page("reception_register", day.pk)).content.decode()
    assert "赵甲、钱乙" in register and "处理方式" in register


def test_the_roster_of_the_year_is_a_workbook(client, post, day):
    post.do(reception_duties.substitute, Duty.objects.get(day=day, mandate=post.mandates[0]), mandate=post.mandates[2])
    answer = client.get(page("roster", post.station.pk, year=2026))
    sheet = load_workbook(BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[4]]
    assert (row[1].date(), row[2], row[7], row[8]) == (DAY, "五", "钱乙、孙丙", "孙丙替赵甲")
    assert "本年没有接待日" in str(
        load_workbook(BytesIO(client.get(page("roster", post.station.pk, year=2020)).content)).active["A4"].value
    )
    assert client.get(page("roster", post.station.pk, year="²")).status_code == 200


def test_market_days_are_entered_from_the_page(client, post):
    url = page("reception_of", post.station.pk, "set_market_days")
    assert send(client, url, version=0, digits=["3", "8"], lunar="on").status_code == 302
    assert Township.objects.get().market_days == [3, 8]
    assert send(client, url, version=post.version, digits=["11"]).status_code == 422
    assert send(client, url, version=post.version).status_code == 302
    assert Township.objects.get().market_days == []


def test_planning_from_the_page_is_harmless_twice(client, post):
    post.rule(TODAY)
    url = page("reception_of", post.station.pk, "plan_days")
    assert send(client, url, version=post.version).status_code == 302
    assert ReceptionDay.objects.count() == 3


def count(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_cost_the_same_with_more_rows(client, post):
    day = post.add(DAY, 1)
    pages = [
        page("receptions", post.station.pk, month="2026-04"),
        page("reception", day.pk),
        page("duties", post.station.pk),
        page("roster", post.station.pk),
        page("reception_sign_in", day.pk),
    ]
    before = [count(client, url) for url in pages]
    for mandate in post.mandates[1:]:
        post.do(reception_duties.put_on_duty, day, mandate=mandate)
    for on in (13, 14, 15, 16, 17, 20):
        post.add(date(2026, 4, on), 3)
    for _number in range(5):
        make_mandate(station=post.station)
    assert [count(client, url) for url in pages] == before
    own = signed_in(post.deputies[0])
    few = count(own, page("my_duties"))
    for on in (21, 22, 23):
        post.add(date(2026, 4, on), 6)
    assert count(own, page("my_duties")) == few


def test_the_record_of_the_station_tells_it_in_words(client, post, day):
    post.do(receptions.cancel_day, day, reason="防汛")
    text = client.get(reverse("stations:detail", args=[post.station.pk])).content.decode()
    assert "防汛" in text and "2026-04-10" in text


def test_what_a_voter_said_is_written_down_with_the_day_filled_in(client, post, day):
    url = f"{reverse('deliberations:record_visit')}?reception_day={day.pk}"
    assert url not in client.get(page("reception", day.pk)).content.decode()  # not before the day
    with noon(DAY):
        assert url in client.get(page("reception", day.pk)).content.decode()
        form = client.get(url).context["form"]
    told = {name: form.initial[name] for name in ("kind", "on", "reception_day", "deputies")}
    assert told == {"kind": "RECEPTION", "on": DAY, "reception_day": day.pk, "deputies": "X0001、X0002"}
    for wrong in ("9999", "x", "-1", ""):
        answer = client.get(f"{reverse('deliberations:record_visit')}?reception_day={wrong}")
        assert "reception_day" not in answer.context["form"].initial
