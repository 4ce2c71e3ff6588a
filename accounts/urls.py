"""Addresses of sign-in, accounts and organs."""

from django.urls import path

from accounts.views import session

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("switch/", session.switch_post, name="switch_post"),
    path("language/", session.language, name="language"),
    path("password/", session.change_password, name="change_password"),
    path("first/<str:token>/", session.set_password, name="set_password"),
    path("me/", session.me, name="me"),
]
