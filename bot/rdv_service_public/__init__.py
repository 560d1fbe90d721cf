"""The second backend of appointments: RDV Service Public, where that is the département's tool (booking.md 3)."""
