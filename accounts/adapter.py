import uuid

from allauth.account.adapter import DefaultAccountAdapter

from foundations.post.outbox import queue_message


class InvitationOnly(DefaultAccountAdapter):
    """Nobody opens an account for themselves: a coordinator or an administrator invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "too_many_login_attempts": "Too many attempts to sign in. Wait a few minutes, then try again",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Through the outbox: a mail server that is slow or away would tell by it who has an
        account, and would lose the letter."""
        letter = self.render_mail(template_prefix, email, context)
        queue_message(
            key=f"account:{uuid.uuid4()}",
            to=email,
            subject=letter.subject,
            body=letter.body,
            holds_secret=True,
        )
