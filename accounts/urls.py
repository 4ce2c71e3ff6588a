"""Addresses of sign-in, accounts and organs."""

from django.urls import path, register_converter

from accounts.views import desk, keys, organs, record, session


class AccountActConverter:
    """The name of an act on an account; only known acts have an address."""

    regex = "|".join(desk.ACTS)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class PostActConverter(AccountActConverter):
    """The name of an act on a post."""

    regex = "|".join(desk.POST_ACTS)


class OrganActConverter(AccountActConverter):
    """The name of an act on an organ."""

    regex = "|".join(organs.ACTS)


register_converter(AccountActConverter, "account_act")
register_converter(PostActConverter, "post_act")
register_converter(OrganActConverter, "organ_act")

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("wake/", session.wake, name="wake"),
    path("switch/", session.switch_post, name="switch_post"),
    path("language/", session.language, name="language"),
    path("password/", session.change_password, name="change_password"),
    path("first/<str:token>/", session.set_password, name="set_password"),
    path("me/", session.me, name="me"),
    path("me/keys/", keys.key_list, name="keys"),
    path("me/keys/<int:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("desk/", desk.account_list, name="accounts"),
    path("desk/new/", desk.add, name="open"),
    path("desk/<int:pk>/", desk.detail, name="account"),
    path("desk/<int:pk>/<account_act:verb>/", desk.act, name="act"),
    path("desk/<int:pk>/posts/<int:post>/<post_act:verb>/", desk.post_act, name="post_act"),
    path("record/", record.events, name="events"),
    path("organs/", organs.organ_list, name="organs"),
    path("organs/new/", organs.add, name="add_organ"),
    path("organs/<int:pk>/", organs.detail, name="organ"),
    path("organs/<int:pk>/<organ_act:verb>/", organs.act, name="organ_act"),
    path("organs/<int:pk>/officers/<int:officer>/end/", organs.dismiss, name="dismiss"),
]
