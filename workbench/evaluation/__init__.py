"""Quality measures on given gold; no test data lives here."""
