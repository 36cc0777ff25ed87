"""The time, as it is written into projects."""

from datetime import UTC, datetime


def now() -> str:
    """Return the time now, to the second, in UTC: `2026-01-31T08:15:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
