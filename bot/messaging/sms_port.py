"""The port by which a text message leaves. A provider is one class behind it."""

from typing import Protocol


class SmsPort(Protocol):
    """Sends text messages through one provider; `bot.messaging.sms_http.HttpSms` is the generic one."""

    def send(self, to: str, text: str, reference: str) -> str:
        """Hand over one text and return what the provider calls it.

        `to` in E.164; `text` holds only characters of GSM-7; `reference` is the same whenever this message is tried, so
        that a provider that knows references sends it once. Raises one of `bot.messaging.failures`: Refused when the
        provider said no to this message for good, NotSent when it surely did not take it, Unreachable when it would
        take no other either, Uncertain in every other case, time-outs above all.
        """
        ...
