"""The two ways in that a département can have (booking.md 3.1): an agent's e-mail and password, or a token.

Every one of them acts as one agent, with the rights of that agent.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Protocol

import httpx

from bot.rdv_service_public.errors import SignInRefused

SIGN_IN = "/api/v1/auth/sign_in"
GIVEN_BACK = ("access-token", "client", "uid")
"""Headers that the sign-in answers with, and that every call then carries; they last a day."""

Post = Callable[[str, Mapping[str, str]], httpx.Response]


class Credentials(Protocol):
    """How calls are signed."""

    def headers(self, post: Post) -> Mapping[str, str]:
        """The headers of a signed call. Raises SignInRefused."""
        ...

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Whether another try with other headers may do, after these were refused."""
        ...


class Token:
    """A token given once (OAuth2, without refresh in the versions read): when it ends, an operator brings another."""

    def __init__(self, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}

    def headers(self, post: Post) -> Mapping[str, str]:
        """The same, always."""
        return self._headers

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Never: there is no other."""
        return False


class Password:
    """An agent's e-mail and password; signs in at the first call, and again when the session has ended."""

    def __init__(self, email: str, password: str) -> None:
        self._sent = {"email": email, "password": password}
        self._headers: Mapping[str, str] | None = None
        self._lock = Lock()

    def headers(self, post: Post) -> Mapping[str, str]:
        """Those of the session, which is opened when there is none. Raises SignInRefused."""
        with self._lock:
            if self._headers is None:
                answer = post(SIGN_IN, self._sent)
                self._headers = {name: answer.headers[name] for name in GIVEN_BACK if name in answer.headers}
                if len(self._headers) < len(GIVEN_BACK):
                    self._headers = None
                    raise SignInRefused
            return self._headers

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Forget the session that was refused, unless another call has opened a new one meanwhile."""
        with self._lock:
            if self._headers == refused:
                self._headers = None
            return True
