import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Invitation, User
from foundations.post.models import Message
from reviews.models import Participation, Review, ReviewGroupPermission, RoleGroup, RoleHolder
from reviews.rules import GRANTS, Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


def answer(capsys, *command):
    """(what it printed as JSON, its exit code)."""
    code = 0
    try:
        call_command(*command, "--format", "json")
    except SystemExit as ended:
        code = ended.code
    return json.loads(capsys.readouterr().out), code


# --- sync_roles ---------------------------------------------------------------------------------


def test_roles_in_order_change_nothing(capsys):
    with_role(Role.CHAIR, ReviewFactory())

    assert answer(capsys, "sync_roles") == ({"changed": 0}, 0)


def test_a_lost_right_is_found_and_given_back(capsys):
    review = ReviewFactory()
    with_role(Role.CHAIR, review)
    ReviewGroupPermission.objects.filter(permission__codename="read_trail").delete()

    with pytest.raises(CommandError, match="1 role groups differ"):
        call_command("sync_roles", "--check")
    changed = answer(capsys, "sync_roles")

    assert changed == ({"changed": 1}, 0)
    call_command("sync_roles", "--check", verbosity=0)


def test_a_right_too_many_is_taken_back(capsys):
    review = ReviewFactory()
    with_role(Role.PANEL_MEMBER, review)
    with_role(Role.CHAIR, review)
    panel = RoleGroup.objects.get(role=Role.PANEL_MEMBER).group
    right = ReviewGroupPermission.objects.get(permission__codename="read_chronologies")
    ReviewGroupPermission.objects.create(
        permission=right.permission, group=panel, content_object=review
    )

    assert answer(capsys, "sync_roles") == ({"changed": 1}, 0)
    held = ReviewGroupPermission.objects.filter(group=panel)
    rights = set(held.values_list("permission__codename", flat=True))
    assert rights == GRANTS[Role.PANEL_MEMBER].review


def test_checking_changes_nothing():
    with_role(Role.CHAIR, ReviewFactory())
    ReviewGroupPermission.objects.all().delete()

    with pytest.raises(CommandError):
        call_command("sync_roles", "--check")

    assert RoleGroup.objects.count() == 1


def test_a_holder_who_left_the_group_is_found():
    user = with_role(Role.CHAIR, ReviewFactory())
    user.groups.clear()

    with pytest.raises(CommandError, match="1 memberships have no reason"):
        call_command("sync_roles", "--check")


# --- create_review, invite ----------------------------------------------------------------------


def test_a_review_is_opened_once(capsys):
    PartnershipFactory(name="Northfield CSP")
    command = [
        "create_review",
        "--reference=CSP-7",
        "--partnership=Northfield CSP",
        "--subject=MA 1:victim",
    ]

    first, second = answer(capsys, *command), answer(capsys, *command)

    assert first == second
    assert first[1] == 0
    assert first[0]["subjects"] == [{"pseudonym": "MA 1", "role": "victim"}]
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["--reference=CSP-7", "--partnership=Nowhere"],
        ["--reference=CSP-7", "--partnership=Northfield CSP", "--subject=MA 1"],
        ["--reference=CSP-7", "--partnership=Northfield CSP", "--subject=MA 1:hero"],
        ["--reference=D H R", "--partnership=Northfield CSP"],
    ],
)
def test_a_review_that_cannot_be_opened_is_not(wrong, capsys):
    PartnershipFactory(name="Northfield CSP")

    said, code = answer(capsys, "create_review", *wrong)

    assert (set(said), code) == ({"refused"}, 1)
    assert Review.objects.count() == 0


def test_inviting_twice_gives_one_role(capsys):
    review, agency = ReviewFactory(reference="CSP-7"), AgencyFactory(name="Northfield Police")
    command = [
        "invite",
        "--email=new@agency.example",
        "--role=imr_author",
        "--review=CSP-7",
        "--agency=Northfield Police",
    ]

    first, second = answer(capsys, *command), answer(capsys, *command)

    assert (first[1], second[1]) == (0, 0)
    assert Participation.objects.get() == Participation.objects.get(review=review, agency=agency)
    assert RoleHolder.objects.count() == User.objects.count() == 1
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["--email=x", "--role=chair", "--review=CSP-7"],
        ["--email=a@agency.example", "--role=chair"],
        ["--email=a@agency.example", "--role=chair", "--review=DHR-8"],
        ["--email=a@agency.example", "--role=imr_author", "--review=CSP-7"],
        ["--email=a@agency.example", "--role=imr_author", "--review=CSP-7", "--agency=Nobody"],
        ["--email=a@agency.example", "--role=chair", "--partnership=Nowhere"],
        ["--email=a@agency.example", "--role=coordinator", "--review=CSP-7"],
        ["--email=a@agency.example", "--role=administrator", "--review=CSP-7"],
    ],
)
def test_an_invitation_to_the_wrong_place_invites_nobody(wrong, capsys):
    ReviewFactory(reference="CSP-7")

    said, code = answer(capsys, "invite", *wrong)

    assert (set(said), code) == ({"refused"}, 1)
    assert User.objects.count() == Message.objects.count() == 0


def test_somebody_with_an_account_gets_no_new_link(capsys):
    ReviewFactory(reference="CSP-7")
    user = UserFactory()

    said, _ = answer(capsys, "invite", f"--email={user.email}", "--role=chair", "--review=CSP-7")

    assert said["link"] is None
    assert Invitation.objects.count() == 0
