"""The project's glossary, ignored term candidates, and dismissed findings."""

import sqlite3
from collections.abc import Iterable

from workbench.database.connection import Database
from workbench.model import Concept, Term, TermStatus


def every(database: Database) -> list[Concept]:
    """Return all concepts with their terms, in order of their keys."""
    terms: dict[int, list[Term]] = {}
    for row in database.rows("SELECT * FROM term ORDER BY id"):
        terms.setdefault(row["concept_id"], []).append(_term(row))
    return [
        Concept(
            key=row["key"],
            terms=tuple(terms.get(row["id"], ())),
            subject=row["subject"],
            definition=row["definition"],
            note=row["note"],
            source=row["source"],
            id=row["id"],
        )
        for row in database.rows("SELECT * FROM concept ORDER BY key")
    ]


def _term(row: sqlite3.Row) -> Term:
    return Term(
        language=row["language"],
        text=row["text"],
        status=TermStatus(row["status"]),
        part_of_speech=row["part_of_speech"],
        gender=row["gender"],
        do_not_translate=bool(row["do_not_translate"]),
        case_sensitive=bool(row["case_sensitive"]),
        note=row["note"],
        id=row["id"],
    )


def save(database: Database, concepts: Iterable[Concept]) -> int:
    """Store concepts, each in place of the one with the same key; return how many."""
    number = 0
    with database.write():
        for concept in concepts:
            database.run("DELETE FROM concept WHERE key = ?", (concept.key,))
            cursor = database.run(
                "INSERT INTO concept (key, subject, definition, note, source) VALUES (?, ?, ?, ?, ?)",
                (concept.key, concept.subject, concept.definition, concept.note, concept.source),
            )
            database.run_many(
                "INSERT INTO term (concept_id, language, text, status, part_of_speech, gender, do_not_translate,"
                " case_sensitive, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (cursor.lastrowid, t.language, t.text, t.status.value, t.part_of_speech, t.gender,
                     int(t.do_not_translate), int(t.case_sensitive), t.note)
                    for t in concept.terms
                ],
            )  # fmt: skip
            number += 1
    return number


def remove(database: Database, key: str) -> bool:
    """Delete a concept; return whether there was one."""
    with database.write():
        return database.run("DELETE FROM concept WHERE key = ?", (key,)).rowcount > 0


def ignored(database: Database) -> set[tuple[str, str]]:
    """Return the (language, normalised text) of candidates that the user does not want to see again."""
    return {(row["language"], row["norm"]) for row in database.rows("SELECT * FROM ignored_candidate")}


def ignore(database: Database, language: str, norm: str) -> None:
    """Never show a candidate again."""
    with database.write():
        database.run("INSERT OR IGNORE INTO ignored_candidate (language, norm) VALUES (?, ?)", (language, norm))


def dismissed(database: Database) -> set[str]:
    """Return the keys of dismissed findings."""
    return {row["key"] for row in database.rows("SELECT key FROM dismissal")}


def dismiss(database: Database, key: str, at: str) -> None:
    """Wave a finding through until its text changes."""
    with database.write():
        database.run("INSERT OR IGNORE INTO dismissal (key, at) VALUES (?, ?)", (key, at))
