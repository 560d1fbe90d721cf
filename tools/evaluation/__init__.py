"""The evaluation of understanding: from (expected, read) pairs to a report, a page and its pictures."""
