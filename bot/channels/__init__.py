"""How one answer becomes a web card, or an SMS of at most three segments."""
