"""The commands of `python -m bot` that need more than a few lines."""
