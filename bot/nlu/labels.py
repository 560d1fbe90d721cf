"""What the model learns to tell: needs, dialogue acts and degrees of urgency, all of them labels of a message."""

from typing import Any

SITUATION_INTENT = "decrire_situation"
ACT_PREFIX = "acte:"
URGENCY_PREFIX = "urgence:"
SOON = URGENCY_PREFIX + "soon"
KINDS = ("suicide", "medical", "violence", "child", "shelter")
"""The kinds of emergency: each is the label of its degree of urgency."""

VIOLENCES = frozenset({"violence_conjugale", "violence_familiale"})
"""The needs of somebody hurt by one of their own."""
DANGERS = VIOLENCES | {"enfance_danger"}
"""Needs taken back only when they are named, and of which no trace is left unasked: "c'est calme" ends no danger."""

Labelled = tuple[str, frozenset[str]]
"""A normalised message and its labels."""

NEED, ACT, URGENCY = "need", "act", "urgency"
FAMILIES = (NEED, ACT, URGENCY)


def family(label: str) -> str:
    """The family of a label."""
    if label.startswith(ACT_PREFIX):
        return ACT
    return URGENCY if label.startswith(URGENCY_PREFIX) else NEED


def labels_of(intent: str, metadata: dict[str, Any]) -> frozenset[str]:
    """The labels an example teaches: its needs, its urgency (or the kind of its emergency), its act, its question."""
    labels = set(metadata.get("needs", ()))
    urgency = metadata.get("urgency", "none")
    if urgency != "none":
        labels.add(URGENCY_PREFIX + metadata.get("emergency_kind", urgency))
    if intent != SITUATION_INTENT:
        labels.add(ACT_PREFIX + intent)
    if "question" in metadata:
        labels.add(ACT_PREFIX + metadata["question"])
    return frozenset(labels)
