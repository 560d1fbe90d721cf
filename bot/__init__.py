"""The orientation assistant of the pôle social Clichy-Levallois."""
