"""From what a person lacks to the doors that open: pure rules, read from `data/orientation`."""
