"""Walks at random through the conversation: whatever is said and pressed, in any order, the assistant holds."""

from dataclasses import dataclass, field
from itertools import groupby

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assistant import Assistant, Conversation

EMERGENCIES = {
    "je veux mourir": "3114",
    "mon mari me frappe, là, maintenant": "17",
    "je suis dehors ce soir avec mes enfants": "115",
    "je saigne beaucoup et je suis enceinte": "15",
    "un enfant est enfermé tout seul depuis hier, il pleure": "119",
}
SITUATIONS = [
    *("je n'arrive plus à payer mon loyer", "je suis enceinte", "j'ai plus rien à manger", "jcherche une creche"),
    *("mon rsa est suspendu", "on m'a coupé l'électricité", "ma mère perd la tête", "je veux avorter"),
    *("mon mari me fait peur", "j'ai plein de dettes et pas de mutuelle", "mon fils ne m'écoute plus"),
]
ACTS = [
    *("bonjour", "merci", "au revoir", "oui", "non", "ok"),
    *("je sais pas", "j'ai pas compris", "asdfgh", "…", "t'es nul"),
    *("je veux un rendez-vous", "annuler mon rendez-vous", "déplacer mon rendez-vous", "c'est quand mon rdv"),
    *("le 2", "la première", "mardi matin", "plus tard", "le plus tôt possible", "pas ce jour-là", "4"),
    *("Clichy", "non pardon, Levallois", "j'habite Paris", "je préfère ne pas dire ma ville", "92300"),
    *("vous êtes où ?", "c'est ouvert quand ?", "quels papiers ?", "c'est payant ?", "tu es un robot ?"),
    *("c'est confidentiel ?", "quelle météo demain ?", "I need help please", "أحتاج مساعدة", "Karim 06 12 34 56 78"),
    *("recommencer", "effacer mes données", "parler à quelqu'un", "/restart", "<b>bonjour</b>", "😀", "?" * 200),
]
MOVES = st.one_of(
    st.sampled_from(sorted(EMERGENCIES)), st.sampled_from(SITUATIONS), st.sampled_from(ACTS), st.integers(0, 6)
)
"""Something said, or the number of a button to press."""

LEFTOVERS = ("{", "}", "None", "utter_", "action_", "Traceback")
PATIENCE = 3
"""The same question so many times running would drive anyone away."""


@dataclass
class Walk:
    """A conversation on its way, and the last words of each answer."""

    conversation: Conversation
    last_words: list[str] = field(default_factory=list)

    def step(self, move: str | int) -> None:
        said = move if isinstance(move, str) else self._payload(move)
        self.conversation.say(said)
        told = self.conversation.text
        assert told.strip(), self.conversation.transcript
        assert not any(leftover in told for leftover in LEFTOVERS), self.conversation.transcript
        self._is_no_parrot()
        if said in EMERGENCIES:
            assert EMERGENCIES[said] in self.conversation.texts[0], self.conversation.transcript

    def _payload(self, number: int) -> str:
        buttons = [button for message in self.conversation.messages for button in message["buttons"]]
        return str(buttons[number % len(buttons)]["payload"]) if buttons else "oui"

    def _is_no_parrot(self) -> None:
        self.last_words.append(self.conversation.texts[-1])
        running = self.last_words[-PATIENCE:]
        asked_in_vain = len(running) == PATIENCE and len(set(running)) == 1 and running[0].endswith("?")
        assert not asked_in_vain, self.conversation.transcript


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, min_size=4, max_size=25))
def test_wherever_one_goes_an_answer_comes_and_the_way_out_is_one_message_away(
    assistant: Assistant, moves: list[str | int]
) -> None:
    walk = Walk(Conversation.open(assistant))
    for move, _ in groupby(moves):
        walk.step(move)
    walk.step("je voudrais parler à quelqu'un")
    assert "01 47 29 30 32" in walk.conversation.text, walk.conversation.transcript
    walk.step("recommencer")
    assert walk.conversation.orientation is None, walk.conversation.transcript
