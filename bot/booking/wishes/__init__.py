"""When a person says they can come, and which of the slots shown they mean."""
