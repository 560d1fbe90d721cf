"""An e-mail about an appointment: its text, and the file that puts it in a calendar or takes it out."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from bot.booking.calendar import calendar_file
from bot.clock import Clock
from bot.mail_address import is_mail_address
from bot.messaging.failures import Refused
from bot.messaging.outgoing import Told
from bot.messaging.texts import Texts

WITH_CALENDAR = ("confirmation", "change", "cancellation")


def letter(told: Told, texts: Texts, sender: str, clock: Clock) -> EmailMessage:
    """The e-mail, ready to leave. Raises Refused when its owner's address cannot be one."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = named = Address(parseaddr(sender)[0], addr_spec=parseaddr(sender)[1])
    mail["To"] = _recipient(told.rdv.email or "")
    mail["Subject"] = texts.subject(told)
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{told.reference}@{named.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(texts.body(told), charset="utf-8", cte="quoted-printable")
    if told.event in WITH_CALENDAR:
        _attach_calendar(mail, told, texts, clock)
    return mail


def _recipient(written: str) -> Address:
    if not is_mail_address(written):
        raise Refused("not an address")
    return Address(addr_spec=written)


def _attach_calendar(mail: EmailMessage, told: Told, texts: Texts, clock: Clock) -> None:
    content = calendar_file(told.rdv, texts.motifs[told.rdv.motif], texts.place(told), clock())
    method = "CANCEL" if told.rdv.status == "cancelled" else "PUBLISH"
    mail.add_attachment(
        content, "text", "calendar", filename="rendez-vous.ics", params={"charset": "utf-8", "method": method}
    )
