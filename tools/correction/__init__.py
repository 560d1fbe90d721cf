"""From an agent's correction to a training example: form, review, privacy (docs/corrections.md)."""
