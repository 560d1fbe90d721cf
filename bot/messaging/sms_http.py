"""The generic SMS provider: one POST of JSON to an address one chooses (SMS_PROVIDER=http).

It sends `{"to", "text", "reference"}` with a bearer token, and reads `{"reference"}` in the answer if there is one.
"""

import httpx

from bot.messaging.failures import NotSent, Refused, Uncertain, Unreachable
from bot.settings import SmsGateway

CONNECT_S, ANSWER_S = 10, 30
"""How long a connection, and then an answer, are waited for."""
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
TOO_MANY, REQUEST_TIMEOUT = 429, 408
NOT_OUR_MESSAGE = frozenset({401, 402, 403, 404, 405, 407})
"""It is our account or our address that is refused, hence every message."""


def sms_client() -> httpx.Client:
    """A client that opens a connection for each message: on one kept open, nobody could tell whether a text left."""
    return httpx.Client(
        timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
        limits=httpx.Limits(max_keepalive_connections=0),
        trust_env=False,
    )


class HttpSms:
    """A `bot.messaging.sms_port.SmsPort`."""

    def __init__(self, http: httpx.Client, gateway: SmsGateway) -> None:
        self._http = http
        self._gateway = gateway

    def send(self, to: str, text: str, reference: str) -> str:
        """Hand over one text: see the port."""
        try:
            answer = self._http.post(
                self._gateway.url,
                json={"to": to, "text": text, "reference": reference},
                headers={"Authorization": f"Bearer {self._gateway.token}"},
            )
        except NEVER_LEFT as error:
            raise Unreachable(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Uncertain(type(error).__name__) from error
        _raise_unless_taken(answer.status_code)
        return _name_given(answer) or reference


def _raise_unless_taken(status: int) -> None:
    if status in NOT_OUR_MESSAGE or httpx.codes.is_redirect(status):
        raise Unreachable(f"HTTP {status}")
    if status == TOO_MANY:
        raise NotSent(f"HTTP {status}")
    if httpx.codes.is_client_error(status) and status != REQUEST_TIMEOUT:
        raise Refused(f"HTTP {status}")
    if not httpx.codes.is_success(status):  # a gateway that fails may have passed the text on before
        raise Uncertain(f"HTTP {status}")


def _name_given(answer: httpx.Response) -> str | None:
    try:
        content = answer.json()
    except ValueError:
        return None
    name = content.get("reference") if isinstance(content, dict) else None
    return name if isinstance(name, str) and name.isprintable() else None
