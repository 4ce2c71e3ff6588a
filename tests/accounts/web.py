"""Signing in as a browser does."""

from accounts.models import Role
from tests.factory import make_user

PASSWORD = "seven bridges over one river"
SIGN_IN = "/accounts/sign-in/"
ME = "/accounts/me/"


def with_password(role=Role.COMMITTEE_STAFF, **kwargs):
    user = make_user(role, **kwargs)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra})


def is_signed_in(client):
    return "_auth_user_id" in client.session
