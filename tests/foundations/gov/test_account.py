import pytest
from django.urls import reverse

from foundations.gov.account import ChangePasswordForm, LoginForm, ResetPasswordForm


def test_sign_in_says_what_to_enter():
    form = LoginForm({})

    assert form.error_list == [
        ("id_login", "Enter your e-mail address"),
        ("id_password", "Enter your password"),
    ]


def test_sign_in_shows_labels_and_not_placeholders():
    html = str(LoginForm())

    assert "placeholder" not in html
    assert '<label class="govuk-label govuk-label--s" for="id_login">E-mail address</label>' in html


def test_password_managers_know_which_password_is_meant():
    html = str(ChangePasswordForm())

    assert html.count('autocomplete="current-password"') == 1
    assert html.count('autocomplete="new-password"') == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Enter your e-mail address"),
        ("somebody", "Enter an e-mail address, for example name@agency.gov.uk"),
    ],
)
def test_reset_asks_for_an_address(given, said):
    assert ResetPasswordForm({"email": given}).error_list == [("id_email", said)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reset_password_done"]
)
def test_page_for_strangers_has_our_frame_and_nothing_inline(client, name):
    html = client.get(reverse(name)).content.decode()

    assert "– Domestic Homicide Reviews</title>" in html
    assert "OFFICIAL-SENSITIVE" not in html
    assert html.count("<script ") == html.count("<script src=") == 2
    assert " style=" not in html
    assert "<style" not in html


@pytest.mark.django_db
def test_wrong_sign_in_starts_the_title_with_error(client):
    html = client.post(reverse("account_login"), {}).content.decode()

    assert "<title>Error: Sign in – Domestic Homicide Reviews</title>" in html
    assert '<a href="#id_login">Enter your e-mail address</a>' in html
