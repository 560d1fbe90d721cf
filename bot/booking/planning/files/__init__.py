"""The agenda as people write it in a spreadsheet, saved as CSV."""
