"""What the outside reaches: the resident's page, the API, the booking pages, the agents' door."""
