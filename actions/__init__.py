"""Rasa actions, thin: read what the conversation knows, call the house, say the answer, set the slots."""
