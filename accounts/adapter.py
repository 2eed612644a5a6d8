from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):
    """Nobody opens an account for themselves: a coordinator or an administrator invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "too_many_login_attempts": "Too many attempts to sign in. Wait a few minutes, then try again",
    }

    def is_open_for_signup(self, request):
        return False
