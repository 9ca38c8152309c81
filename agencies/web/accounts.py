"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Officials are appointed, never self-made: there is no way to sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
