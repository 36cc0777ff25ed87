"""A second process that looks units over, so that the desk never waits for dictionaries or for long texts.

Loading the dictionaries takes a second, and checking a very long unit may take longer; in a thread of the desk, keys
would wait for it, since Python runs one thread at a time. The two processes exchange lines of JSON over pipes; when
the desk is gone, the other reads the end of its input and goes too. Run as a program, this module is the other one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.languages import RU, UK
from workbench.model import Finding, Severity, Span

if TYPE_CHECKING:
    from workbench.glossary import Matcher
    from workbench.model import Concept
    from workbench.project import Project
    from workbench.review.marks import Mark

_ROOT = Path(__file__).parent.parent
#: How many nearly equal texts an editor offers at most.
_REMEMBERED = 3


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found in a unit: the revision that was looked at, findings, and marks by article (0: the English)."""

    unit_id: int
    revision: int
    findings: tuple[Finding, ...]
    marks: Mapping[int, list["Mark"]]


class Companion:
    """The second process. It starts with the first question, and once more where it has died."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def ask(self, path: Path, name: str, value: object) -> Any:
        """Ask about the project at a path and wait for the answer.

        Raises:
            WorkbenchError: There was none.
        """
        line = json.dumps([str(path), name, value]) + "\n"
        with self._lock:
            answer = self._exchange(line) or self._exchange(line)
        if not answer:
            raise WorkbenchError("the checks have stopped", "Leave the desk and open it again.")
        found = json.loads(answer)
        if "error" in found:
            raise WorkbenchError(found["error"])
        return found["answer"]

    def close(self) -> None:
        """End the process, whatever it is busy with: it only reads."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _exchange(self, line: str) -> str:
        """Send a line and return the answer, empty where there is nobody to answer."""
        if self._closed:
            return ""
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
            return self._process.stdout.readline()
        except OSError:
            return ""

    def _start(self) -> subprocess.Popen[str]:
        # The folder of this package leads the path, the current folder is not on it: nobody slips a module in.
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "tui.inspection"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )


class Inspection:
    """What the desk asks its companion about one project. The methods wait: call them in worker threads."""

    def __init__(self, path: Path, companion: Companion) -> None:
        self._path, self._companion = path.absolute(), companion

    def inspect(self, unit_id: int) -> Inspected | None:
        """Return findings and marks of a unit, None where it is gone.

        Raises:
            WorkbenchError: The unit could not be checked.
        """
        answer = self._companion.ask(self._path, "inspect", unit_id)
        return None if answer is None else _inspected(answer)

    def faulty(self, unit_ids: Iterable[int]) -> set[int]:
        """Return those units in which the checks find something.

        Raises:
            WorkbenchError: They could not be checked.
        """
        return set(self._companion.ask(self._path, "faulty", list(unit_ids)))

    def occurrences(self, key: str) -> list[tuple[str, str, Span, int | None]]:
        """Return where the terms of a concept occur: language, text, place in it, unit.

        Raises:
            WorkbenchError: There is no such concept.
        """
        answer = self._companion.ask(self._path, "occurrences", key)
        return [(language, text, Span(start, end), unit_id) for language, text, start, end, unit_id in answer]

    def units_with_term(self, key: str) -> set[int]:
        """Return the units where the terms of a concept occur.

        Raises:
            WorkbenchError: There is no such concept.
        """
        return {unit_id for _, _, _, unit_id in self.occurrences(key) if unit_id is not None}

    def repeats(self, unit_id: int, before: str) -> dict[int, str]:
        """Return where a correction of English is due as well: what the English of each unit would be then.

        Args:
            unit_id: The unit that was corrected.
            before: Its English before.

        Raises:
            WorkbenchError: Nobody answered.
        """
        return dict(self._companion.ask(self._path, "repeats", [unit_id, before]))

    def remembered(self, unit_id: int) -> list[tuple[str, str, str]]:
        """Return human English of texts nearly the same as a unit's: how alike, the English, what differs.

        Raises:
            WorkbenchError: Nobody answered.
        """
        found = self._companion.ask(self._path, "remembered", unit_id)
        return [(label, english, difference) for label, english, difference in found]

    def dictionary_form(self, phrase: str, language: str) -> str:
        """Return a phrase as a dictionary has it, as it is where that cannot be told.

        Raises:
            WorkbenchError: Nobody answered.
        """
        return str(self._companion.ask(self._path, "dictionary form", [phrase, language]))


class Inspector:
    """The other end: a project, and its glossary ready to be matched."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._concepts: list[Concept] | None = None
        self._matcher: Matcher | None = None
        self._questions: Mapping[str, Callable[[Any], object]] = {
            "inspect": self.inspect,
            "faulty": self.faulty,
            "occurrences": self.occurrences,
            "repeats": self.repeats,
            "remembered": self.remembered,
            "dictionary form": self.dictionary_form,
        }

    def answer(self, name: str, value: object) -> object:
        """Return the answer to a question."""
        return self._questions[name](value)

    def matcher(self) -> "Matcher | None":
        """Return what finds the terms of the glossary as it is now."""
        concepts = self._project.concepts()
        if concepts != self._concepts:
            self._concepts, self._matcher = concepts, self._project.matcher()
        return self._matcher

    def inspect(self, unit_id: int) -> object:
        """Return what is found in a unit."""
        from workbench.review.marks import marks

        for unit in self._project.units([unit_id]):
            matcher = self.matcher()
            findings = self._project.check_units([unit], matcher)
            found = marks(unit, findings, matcher)
            return {
                "unit": unit.id,
                "revision": unit.revision,
                "findings": [asdict(finding) for finding in findings],
                "marks": {key: [(span.start, span.end, name) for span, name in each] for key, each in found.items()},
            }
        return None

    def faulty(self, unit_ids: list[int]) -> object:
        """Return the units in which the checks find something."""
        findings = self._project.check_units(self._project.units(unit_ids), self.matcher())
        return sorted({finding.unit_id for finding in findings})

    def occurrences(self, key: str) -> object:
        """Return where the terms of a concept occur."""
        found = self._project.occurrences(key)
        return [(each.language, each.text, each.span.start, each.span.end, each.unit_id) for each in found]

    def repeats(self, asked: tuple[int, str]) -> object:
        """Return where a correction is due as well."""
        unit_id, before = asked
        found = [
            repeat
            for unit in self._project.units([unit_id])
            for repeat in self._project.repeats(unit, before, self.matcher())
        ]
        return [(repeat.unit.id, repeat.english) for repeat in found]

    def remembered(self, unit_id: int) -> object:
        """Return human English of texts nearly the same, with its likeness in per cent and what differs."""
        found = self._project.similar_to_unit(unit_id, limit=_REMEMBERED)
        return [
            (f"{language} {int(100 * match.similarity)}%", match.english, differing(match.difference))
            for language, match in found
        ]

    def dictionary_form(self, asked: list[str]) -> object:
        """Return a Russian or Ukrainian phrase in the nominative, another as it is."""
        from workbench.glossary.citation import nominative

        phrase, language = asked
        return nominative(phrase, language) if language in (RU, UK) else phrase


def differing(difference: Iterable[tuple[str, str | None]]) -> str:
    """Return only what differs between a remembered text and this one: `was → is`, stretch by stretch."""
    return "; ".join(f"{was or '·'} → {now or '·'}" for was, now in difference if now is not None)


def _inspected(answer: Mapping[str, Any]) -> Inspected:
    return Inspected(
        answer["unit"],
        answer["revision"],
        tuple(_finding(each) for each in answer["findings"]),
        {int(key): [(Span(a, b), name) for a, b, name in marks] for key, marks in answer["marks"].items()},
    )


def _finding(state: Mapping[str, Any]) -> Finding:
    span = Span(**state["span"]) if state["span"] else None
    return Finding(**{**state, "severity": Severity(state["severity"]), "span": span})


def serve(questions: IO[str], answers: IO[str]) -> None:
    """Answer questions until there are no more; the project last asked about stays open."""
    from workbench.project import Project

    path, inspector = "", None
    for line in questions:
        asked, name, value = json.loads(line)
        try:
            if inspector is None or asked != path:
                path, inspector = asked, Inspector(Project.open(asked))
            answer = {"answer": inspector.answer(name, value)}
        except WorkbenchError as error:
            answer = {"error": error.message}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    serve(sys.stdin, sys.stdout)
