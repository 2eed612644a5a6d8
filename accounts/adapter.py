from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):
    """Nobody opens an account for themselves: a coordinator or an administrator invites."""

    def is_open_for_signup(self, request):
        return False
