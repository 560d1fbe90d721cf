"""Opening the agenda, closing a day, group sessions, cancelling in number: what the pôle does, not residents."""
