"""What reviewers do to units: each correction a value with its inverse, computed without touching the project."""
