"""What sends the messages that the agenda writes down: e-mails and text messages about appointments."""
