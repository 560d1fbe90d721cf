"""What a conversation remembers, and where Rasa keeps it."""
