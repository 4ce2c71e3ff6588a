"""Every address of the app, by role: who reads, who is turned away, and how."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Officer, Role, User
from accounts.transitions import accounts
from accounts.urls import urlpatterns
from tests.factory import SINCE, make_actor, make_organ, make_person, make_user

pytestmark = pytest.mark.django_db

KEEPERS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.COMMITTEE_STAFF}
KEEP_ORGANS = {Role.SYSTEM_ADMIN, Role.COMMITTEE_STAFF}
WATCHERS = {Role.AUDIT_ADMIN, Role.SECURITY_ADMIN}
ALL = set(Role)

#: name → roles answered 200 on GET; what everybody else gets.
GET = {
    "me": (ALL, 200),
    "keys": (ALL, 200),
    "change_password": (ALL, 200),
    "accounts": (KEEPERS, 403),
    "open": (KEEPERS, 403),
    "account": (KEEPERS, 404),
    "act": (KEEPERS, 404),
    "post_act": (KEEPERS, 404),
    "events": (WATCHERS, 403),
    "organs": (ALL - {Role.AUDIT_ADMIN}, 403),
    "organ": (ALL - {Role.AUDIT_ADMIN}, 404),
    "add_organ": (KEEP_ORGANS, 403),
    "organ_act": (KEEP_ORGANS, 403),
    "dismiss": (KEEP_ORGANS, 403),
}
#: Open to everybody, or to no GET at all; told in the tests of signing in and of keys.
ELSEWHERE = {"sign_in", "sign_out", "switch_post", "language", "set_password", "revoke_key", "wake"}


@pytest.fixture
def args():
    holder, organ = make_user(Role.STATION), make_organ()
    officer = Officer.objects.create(organ=organ, person=make_person(), duty=Officer.Duty.HEAD, since=SINCE)
    post = holder.posts.get().pk
    return {
        "account": [holder.pk],
        "act": [holder.pk, "give_post"],
        "post_act": [holder.pk, post, "end_post"],
        "organ": [organ.pk],
        "organ_act": [organ.pk, "set_organ"],
        "dismiss": [organ.pk, officer.pk],
    }


def test_no_address_is_forgotten_here():
    assert {pattern.name for pattern in urlpatterns} == set(GET) | ELSEWHERE


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_its_own_pages_and_no_other(client, args, role):
    client.force_login(make_user(role))
    for name, (roles, otherwise) in GET.items():
        unseen = role == Role.AUDIT_ADMIN and name in args
        expected = 200 if role in roles else 404 if unseen else otherwise
        answer = client.get(reverse(f"accounts:{name}", args=args.get(name)))
        assert answer.status_code == expected, (name, role)


def test_whoever_holds_no_post_reads_nothing_but_their_own_page(client, args):
    user = make_user(Role.COMMITTEE_STAFF)
    user.posts.update(until=SINCE)
    client.force_login(user)
    for name in GET:
        expected = {200} if name in ("me", "keys", "change_password") else {403, 404}
        assert client.get(reverse(f"accounts:{name}", args=args.get(name))).status_code in expected, name


def test_there_is_no_superuser_to_be():
    columns = {field.name for field in User._meta.get_fields()}
    assert not columns & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert not hasattr(User, "has_perm")


def test_unknown_acts_have_no_address(client, args):
    client.force_login(make_user(Role.SYSTEM_ADMIN))
    for address in (f"/accounts/desk/{args['account'][0]}/delete/", f"/accounts/organs/{args['organ'][0]}/open/"):
        assert client.get(address).status_code == 404


# lists


def fill(count):
    admin = make_actor(Role.SYSTEM_ADMIN)
    for _ in range(count):
        user = make_user(Role.ORGAN_HANDLER)
        accounts.lock_account(user, actor=admin, reason="left")
        Officer.objects.create(organ=user.posts.get().organ, person=user.person, duty=Officer.Duty.LIAISON, since=SINCE)


@pytest.mark.parametrize(
    ("name", "role"),
    [("accounts", Role.COMMITTEE_STAFF), ("organs", Role.CHAIRPERSON), ("events", Role.AUDIT_ADMIN)],
)
def test_a_longer_list_asks_the_database_no_more_often(client, django_assert_num_queries, name, role):
    client.force_login(make_user(role))
    fill(10)
    address = reverse(f"accounts:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as ten:
        assert len(client.get(address).context["rows"]) >= 10
    fill(10)
    with django_assert_num_queries(len(ten)):
        assert len(client.get(address).context["rows"]) >= 20
