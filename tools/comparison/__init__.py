"""Rasa's stock pipelines beside ours, on the same messages."""
