"""Whatever is shared, ended, held, declared or sent again, in any order: who sees which version is at
once what the design says. The oracle below was written from the design and asks no product code."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from reviews.models import RoleHolder
from reviews.panel.services.declaring import end_conflict, record_conflict
from reviews.proceedings.queries import sharing_is_held
from reviews.rules import Role
from reviews.services import end_role, give_role, share, withdraw_share
from reviews.submissions.models import Passage, Submission, SubmissionFile
from reviews.submissions.services import handing
from reviews.submissions.services.writing import add_file, begin
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold, release
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import PassageFactory, appendix
from tests.reviews.submissions.test_services import again as returned

pytestmark = pytest.mark.django_db
PARTS = ("ours", "theirs")
PEOPLE = ("chair", "panel", "author", "neighbour", "lead", "stranger")
REACHED = st.sampled_from([Role.PANEL_MEMBER, Role.IMR_AUTHOR, Role.ACTION_LEAD])


class Scene:
    """Two agencies, each with a version that was sent, and those who may or may not see it."""

    def __init__(self):
        ours = ParticipationFactory()
        self.review = ours.review
        self.parts = {"ours": ours, "theirs": ParticipationFactory(review=self.review)}
        self.people = {
            "chair": with_role(Role.CHAIR, self.review),
            "panel": with_role(Role.PANEL_MEMBER, self.review),
            "author": with_role(Role.IMR_AUTHOR, self.review, ours),
            "neighbour": with_role(Role.IMR_AUTHOR, self.review, self.parts["theirs"]),
            "lead": with_role(Role.ACTION_LEAD, self.review, self.parts["theirs"]),
            "stranger": with_role(Role.PANEL_MEMBER, ParticipationFactory().review),
        }
        self.seats = {
            name: PanelMemberFactory(review=self.review, user=self.people[name])
            for name in ("chair", "panel", "neighbour")
        }
        self.trial = ProceedingFactory(review=self.review)
        self.by, self.officer = UserFactory(), UserFactory()
        self.first = {name: self.send(begin(asked(part, kind="imr"), by=self.by))
                      for name, part in self.parts.items()}  # fmt: skip

    def send(self, submission):
        """What a child process would read in it stands beside it at once."""
        file = add_file(
            submission,
            content=appendix(str(uuid.uuid4())),
            name="IMR.docx",
            part="main",
            key=uuid.uuid4(),
            by=self.by,
        )
        SubmissionFile.objects.filter(pk=file.pk).update(read_at=timezone.now())
        PassageFactory(file=file)
        handing.hand_in(submission, by=self.by, key=uuid.uuid4(), note="More was found")
        handing.sign_off(submission, by=self.officer, key=uuid.uuid4())
        submission.refresh_from_db()
        return submission


class Walls(RuleBasedStateMachine):
    scene = None  # made once: an example goes back to it
    days = 0  # since today; read by the clock of the test

    def __init__(self):
        super().__init__()
        type(self).days = 0
        self.outer = transaction.atomic()
        self.outer.__enter__()
        scene = self.scene
        # What the story says, beside what the database has.
        self.versions = {v.pk: (place, "sent") for place, v in scene.first.items()}
        self.latest = dict(scene.first)
        self.shares, self.holds, self.conflicts = [], [], []
        self.roles = {
            "chair": {(Role.CHAIR, None)},
            "panel": {(Role.PANEL_MEMBER, None)},
            "author": {(Role.IMR_AUTHOR, "ours")},
            "neighbour": {(Role.IMR_AUTHOR, "theirs")},
            "lead": {(Role.ACTION_LEAD, "theirs")},
            "stranger": set(),
        }

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @property
    def today(self):
        return timezone.localdate()

    # --- What happens -----------------------------------------------------------------------------

    @rule(
        data=st.data(), role=REACHED, one_agency=st.booleans(), days=st.none() | st.integers(0, 3)
    )
    def share(self, data, role, one_agency, days):
        sent = sorted(pk for pk, (_, state) in self.versions.items() if state == "sent")
        pk = data.draw(st.sampled_from(sent))
        to = "theirs" if one_agency and role != Role.PANEL_MEMBER else None
        if sharing_is_held(self.scene.review):
            return
        given = share(
            self.scene.review,
            material="submission",
            submission=Submission.objects.get(pk=pk),
            with_role=role,
            with_participation=self.scene.parts[to] if to else None,
            until=None if days is None else self.today + timedelta(days=days),
            by=self.scene.by,
        )
        told = {"row": given, "version": pk, "role": role, "to": to, "until": given.until}
        if given.pk not in [one["row"].pk for one in self.shares]:
            self.shares.append(told)

    @precondition(lambda self: self.shares)
    @rule(data=st.data())
    def unshare(self, data):
        one = self.shares.pop(data.draw(st.integers(0, len(self.shares) - 1)))
        withdraw_share(one["row"], by=self.scene.by)

    @rule()
    def a_day_passes(self):
        type(self).days += 1

    @rule(length=st.none() | st.integers(0, 2))
    def hold_begins(self, length):
        last = None if length is None else self.today + timedelta(days=length)
        row = hold(
            self.scene.trial, "sharing", starts_on=self.today, last_day=last, today=self.today
        )
        self.holds.append({"row": row, "from": self.today, "last": last})

    @precondition(lambda self: self.holds)
    @rule(data=st.data())
    def hold_is_released(self, data):
        one = self.holds.pop(data.draw(st.integers(0, len(self.holds) - 1)))
        release(one["row"], self.today, today=self.today)

    @rule(
        who=st.sampled_from(["panel", "neighbour", "chair"]), place=st.sampled_from([*PARTS, None])
    )
    def conflict_is_declared(self, who, place):
        if any((one["who"], one["place"]) == (who, place) for one in self.conflicts):
            return
        row = record_conflict(
            self.scene.seats[who],
            key=uuid.uuid4(),
            nature="Worked there",
            declared_on=self.today,
            participation=self.scene.parts[place] if place else None,
            by=None,
        )
        self.conflicts.append({"row": row, "who": who, "place": place})

    @precondition(lambda self: self.conflicts)
    @rule(data=st.data())
    def conflict_ends(self, data):
        one = self.conflicts.pop(data.draw(st.integers(0, len(self.conflicts) - 1)))
        end_conflict(one["row"], on=self.today, because="Left", by=None)

    @rule(who=st.sampled_from(["panel", "neighbour", "author"]))
    def role_ends_or_is_given_again(self, who):
        (role, place) = {
            "panel": (Role.PANEL_MEMBER, None),
            "neighbour": (Role.IMR_AUTHOR, "theirs"),
            "author": (Role.IMR_AUTHOR, "ours"),
        }[who]
        part, user = self.scene.parts.get(place), self.scene.people[who]
        if (role, place) in self.roles[who]:
            held = RoleHolder.objects.get(
                user=user, role_group__role=role, role_group__review=self.scene.review
            )
            end_role(held, by=self.scene.by)
            self.roles[who].remove((role, place))
        else:
            give_role(
                user=user, role=role, review=self.scene.review, participation=part, by=self.scene.by
            )
            self.roles[who].add((role, place))

    @rule(place=st.sampled_from(PARTS))
    def version_is_returned_or_sent_again(self, place):
        last = self.latest[place]
        if self.versions[last.pk][1] == "sent":
            row = returned(last)
            self.latest[place], self.versions[row.pk] = row, (place, "draft")
        else:
            self.latest[place] = self.scene.send(last)
            self.versions[last.pk] = (place, "sent")

    # --- What the design says -----------------------------------------------------------------------

    def expected(self, who):
        return {pk for pk in self.versions if self._may_see(who, pk)}

    def _may_see(self, who, pk):
        place, state = self.versions[pk]
        against = [one["place"] for one in self.conflicts if one["who"] == who]
        if place in against or None in against:
            return False
        roles = self.roles[who]
        if {(Role.IMR_AUTHOR, place), (Role.SIGN_OFF_OFFICER, place)} & roles:
            return True
        if state != "sent":
            return False
        return (Role.CHAIR, None) in roles or any(
            self._reaches(one, roles) for one in self.shares if one["version"] == pk
        )

    def _reaches(self, one, roles):
        is_held = any(
            each["from"] <= self.today and (each["last"] is None or each["last"] >= self.today)
            for each in self.holds
        )
        is_over = one["until"] is not None and one["until"] < self.today
        held = [place for role, place in roles if role == one["role"]]
        return not is_held and not is_over and any(one["to"] in (None, place) for place in held)

    @invariant()
    def everybody_sees_what_is_theirs(self):
        for who in PEOPLE:
            user = User.objects.get(pk=self.scene.people[who].pk)  # their next request
            of_versions = Submission.objects.visible_to(user).values_list("pk", flat=True)
            of_files = SubmissionFile.objects.visible_to(user).values_list("submission", flat=True)
            passages = Passage.objects.visible_to(user)
            of_texts = passages.values_list("file__submission", flat=True)
            expected = self.expected(who)
            with_file = {pk for pk in expected if self.versions[pk][1] == "sent"}
            assert (who, set(of_versions)) == (who, expected)
            assert (who, set(of_files)) == (who, with_file)
            assert (who, set(of_texts)) == (who, with_file)


def test_who_sees_which_version_is_at_once_what_the_design_says(monkeypatch):
    real = timezone.localdate

    def localdate(value=None, timezone=None):
        if value is not None:
            return real(value, timezone)
        return real() + timedelta(days=Walls.days)

    Walls.days, Walls.scene = 0, Scene()
    monkeypatch.setattr(timezone, "localdate", localdate)
    run_state_machine_as_test(
        Walls,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
