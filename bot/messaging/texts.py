"""What a message says, in the words of `domain.yml`. A text message and a subject do not tell what one comes for."""

import re
from dataclasses import dataclass

from bot.booking.motifs import MotifEntry, Motifs
from bot.channels.cards import Renderer
from bot.channels.gsm7 import segments, to_gsm7
from bot.directory.hours import spoken_date, spoken_time
from bot.messaging.outgoing import Told

MAX_SEGMENTS = 2
"""A text is charged by segments of about 150 characters."""
LONGEST_NAME = 30
_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
"""Letters only: what a stranger typed as a first name goes to a telephone, and must carry neither number nor link."""
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True)
class Texts:
    """Writes messages; `public_url` is where residents reach their appointment."""

    renderer: Renderer
    motifs: Motifs
    public_url: str

    def sms(self, told: Told) -> str:
        """The text message: two segments at most, the first name only where it fits."""
        unnamed = self._sms(told, "")
        pour = self._for_whom(told, "sms")
        named = self._sms(told, pour) if pour else unnamed
        return named if segments(named) <= MAX_SEGMENTS else unnamed

    def subject(self, told: Told) -> str:
        """The subject of the e-mail: it shows on a locked screen, so it tells no more than the time."""
        return self._say(f"utter_message_objet_{_kind(told)}", "email", **self._values(told, "email"))

    def body(self, told: Told) -> str:
        """The e-mail."""
        values = self._values(told, "email")
        values["details"] = _without_blank_lines(self._say("utter_message_details", "email", **values))
        values["gerer"] = self._say("utter_message_gerer", "email", **values)
        values["corps"] = self._say(f"utter_message_{_kind(told)}", "email", **values)
        values["bonjour"] = self._for_whom(told, "email") or self._say("utter_message_bonjour", "email")
        return _BLANK_LINES.sub("\n\n", self._say("utter_message_lettre", "email", **values)) + "\n"

    def place(self, told: Told) -> str:
        """Where one is received: a site, by telephone, or at home."""
        kind = self._motif(told).location_type
        if kind == "public_office":
            return self.renderer.place(told.rdv.lieu)
        return self._say(f"utter_message_lieu_{kind}", "email")

    def _sms(self, told: Told, pour: str) -> str:
        values = self._values(told, "sms") | {"pour": pour}
        return to_gsm7(" ".join(self._say(f"utter_message_{_kind(told)}", "sms", **values).split()))

    def _values(self, told: Told, channel: str) -> dict[str, str]:
        rdv, motif = told.rdv, self._motif(told)
        link = f"{self.public_url}/rdv/{rdv.code}"
        return self.renderer.general_facts() | {
            "motif": motif.libelle,
            "quand": spoken_date(rdv.starts_at),
            "lieu": self.place(told),
            "adresse": self._address(told, channel),
            "code": rdv.code,
            "papiers": self._papers(motif),
            "lien": link.split("://", 1)[1] if channel == "sms" else link,
            "offre": spoken_date(told.offer.start) if told.offer else "",
            "limite": spoken_time(told.offer.until) if told.offer else "",
        }

    def _address(self, told: Told, channel: str) -> str:
        """Whom to ask for the address, where nobody verified it."""
        on_site = self._motif(told).location_type == "public_office"
        known = self.renderer.directory.structure(told.rdv.lieu).address
        facts = self.renderer.general_facts()
        return self._say("utter_message_adresse_inconnue", channel, **facts) if on_site and not known else ""

    def _papers(self, motif: MotifEntry) -> str:
        if motif.location_type == "phone":
            return ""
        if motif.papiers:
            return self._say("utter_papiers_rdv", "email", papiers=", ".join(motif.papiers))
        return self._say("utter_papiers_inconnus", "email")

    def _for_whom(self, told: Told, channel: str) -> str:
        name = (told.rdv.first_name or "").strip()
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name) or not to_gsm7(name).strip():
            return ""
        return self._say("utter_message_bonjour_prenom", channel, prenom=name)

    def _motif(self, told: Told) -> MotifEntry:
        return self.motifs[told.rdv.motif]

    def _say(self, name: str, channel: str, **values: object) -> str:
        return self.renderer.wording.say(name, channel, **values)


def _kind(told: Told) -> str:
    """The event, and who cancelled when somebody did: `cancellation_excused`, `cancellation_revoked`."""
    return f"{told.event}_{told.rdv.detail}" if told.event == "cancellation" else told.event


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())
