"""What is never stored, what is stored for a moment, and when everything is forgotten."""
