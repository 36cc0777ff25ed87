"""`Project`: one open project file, and every verb that the command line, the terminal UI and scripts need."""

import getpass
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbench.checking_verbs import CheckingVerbs
from workbench.clock import now as _now
from workbench.database import (
    Database,
    actions,
    articles,
    check_integrity,
    create,
    open_existing,
    segments,
    settings,
    stories,
    units,
)
from workbench.database import search as searches
from workbench.database.search import Hit as Hit
from workbench.errors import WorkbenchError
from workbench.glossary_verbs import GlossaryVerbs
from workbench.languages import SOURCE_LANGUAGES
from workbench.languages import parse as parse_language
from workbench.model import (
    Action,
    Article,
    Mode,
    Origin,
    Rendering,
    Segment,
    Story,
    Unit,
    UnitQuery,
)
from workbench.progress import Progress, Silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.embedding import Encoder
    from workbench.glossary import Matcher, Proposal
    from workbench.review.repeating import Repeat
    from workbench.review.states import Change
    from workbench.stages.adding import Added
    from workbench.stages.aligning import Aligned
    from workbench.stages.exporting import Exported, Wanted
    from workbench.stages.importing import Imported
    from workbench.stages.learning import Learned
    from workbench.stages.rendering import Rendered
    from workbench.stages.standing import Standing

ALL = UnitQuery()


class Project(GlossaryVerbs, CheckingVerbs):
    """An open project file.

    Use it as a context manager, or call `close`. Two programs may have one project open: writes queue, and a
    reviewer's change of something that has changed meanwhile raises `ConflictError`.

    Example:
        >>> with Project.create("news.workbench") as project:  # doctest: +SKIP
        ...     project.add(["articles/"])
        ...     project.run()
        ...     project.export("tmx", "news.tmx")
    """

    def __init__(self, database: Database, reviewer: str | None = None) -> None:
        self._database = database
        self.reviewer = reviewer or _user()
        self._loaded: tuple[str | None, Encoder] | None = None

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """Make a new project file.

        Raises:
            ProjectError: It exists already or cannot be made.
        """
        return cls(create(Path(path)))

    @classmethod
    def open(cls, path: str | Path, *, reviewer: str | None = None) -> Self:
        """Open a project file.

        Raises:
            ProjectError: It is missing, damaged, no project, or from a newer workbench.
        """
        return cls(open_existing(Path(path)), reviewer)

    @property
    def path(self) -> Path:
        """Where the project file is."""
        return self._database.path

    def twin(self) -> Self:
        """Open the same file once more, for use in another thread."""
        return type(self)(self._database.twin(), self.reviewer)

    def verify(self) -> None:
        """Read the whole file and see that it is sound; opening does this for small files only.

        Raises:
            ProjectError: It is damaged.
        """
        check_integrity(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Articles

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        encoding: str | None = None,
        language: str | None = None,
        srx: Path | None = None,
        progress: Progress | None = None,
    ) -> list["Added"]:
        """Read files, folders and patterns into the project.

        Raises:
            IngestError: A named path does not exist. A file that cannot be read is reported in the result.
        """
        from workbench import ingest
        from workbench.stages import adding

        code = parse_language(language) if language else None
        found = ingest.find(list(paths))
        watched = progress or Silent()
        return list(adding.add_files(self._database, found, _now(), watched, encoding=encoding, language=code, srx=srx))

    def add_content(
        self, content: bytes, name: str, *, encoding: str | None = None, language: str | None = None
    ) -> "Added":
        """Read one article from bytes; its name stands for a path.

        Raises:
            IngestError: It cannot be read as an article.
        """
        from workbench.stages import adding

        code = parse_language(language) if language else None
        return adding.add_content(self._database, content, name, _now(), encoding=encoding, language=code)

    def articles(self) -> list[Article]:
        """Return all articles, without their text."""
        return articles.every(self._database, with_text=False)

    def article(self, article_id: int) -> Article:
        """Return one article with its text.

        Raises:
            WorkbenchError: There is no such article.
        """
        found = articles.by_ids(self._database, [article_id]).get(article_id)
        if found is None:
            raise WorkbenchError(f"there is no article {article_id}", "See: workbench status PROJECT")
        return found

    def remove_article(self, article_id: int, *, force: bool = False) -> None:
        """Delete an article; its passages leave their units.

        Raises:
            WorkbenchError: There is no such article, or reviewers decided about its units and `force` is not set.
        """
        from workbench.stages import removing

        removing.remove(self._database, self.article(article_id), force=force)

    def source(self, article_id: int, version: int) -> bytes:
        """Return the bytes that a version of an article was read from."""
        return articles.content(self._database, article_id, version)

    def segments(self, article_id: int) -> list[Segment]:
        """Return the segments of an article, in reading order."""
        return segments.of_article(self._database, article_id)

    def segments_by_id(self, ids: Iterable[int]) -> dict[int, Segment]:
        """Return segments by id."""
        return segments.by_ids(self._database, ids)

    def renderings(self, segment_ids: Iterable[int]) -> dict[int, Rendering]:
        """Return the English of segments, where there is one."""
        from workbench.database import renderings

        return renderings.of_segments(self._database, segment_ids)

    # Stages

    def run(self, *, encoder: str | None = None, progress: Progress | None = None) -> None:
        """Run every stage that has something to do: render, embed, judge the English, gather into stories, align.

        Raises:
            Cancelled: The user stopped it; what was finished is kept.
        """
        self.translate(progress=progress)
        self.align(encoder=encoder, progress=progress)

    def judge(self, *, encoder: str | None = None, progress: Progress | None = None) -> int:
        """Have the sentence encoder compare English and source where it was not done yet; return how many.

        It says which English is probably wrong: units can be gone through from the worst up. Alignment compares
        the English as well, so `align` begins with this.

        Raises:
            ModelError: The encoder cannot be had.
            Cancelled: The user stopped it; what was finished is kept.
        """
        from workbench.stages import judging

        return judging.judge(self._database, self._encoder(encoder, progress), progress or Silent())

    def translate(
        self, *, packages: Path | None = None, by_glossary: bool = False, progress: Progress | None = None
    ) -> list["Rendered"]:
        """Render into English what has no rendering by the best model at hand.

        Args:
            packages: A folder of Argos packages to use instead of those installed.
            by_glossary: Prefer, among the hypotheses, the one that keeps the glossary's terms.
            progress: Told of every batch.

        Raises:
            ModelError: No model renders one of the project's languages.
            Cancelled: The user stopped it; what was finished is kept.
        """
        from workbench.stages import rendering
        from workbench.translation import engine_for

        present = [code for code in articles.languages(self._database) if code in SOURCE_LANGUAGES]
        engines = {code: engine_for(code, packages) for code in present}
        matcher = self.matcher() if by_glossary else None
        return rendering.render(self._database, engines, progress or Silent(), matcher)

    def embed(self, *, encoder: str | None = None, progress: Progress | None = None) -> int:
        """Embed what has no vector yet; return the number of texts.

        Raises:
            ModelError: The encoder cannot be had.
            Cancelled: The user stopped it; what was finished is kept.
        """
        from workbench.stages import vectors

        return vectors.embed(self._database, self._encoder(encoder, progress), progress or Silent())

    def extract_terms(
        self, language: str | None = None, limit: int = 30, *, progress: Progress | None = None
    ) -> list["Proposal"]:
        """Return concepts that the project's texts suggest and the glossary lacks, the likeliest first.

        Raises:
            ModelError: The encoder, whose sub-words tell equivalents, cannot be loaded.
            Cancelled: The user asked to stop.
        """
        from workbench.stages import glossaries

        return glossaries.extract(
            self._database,
            lambda texts: self._encoder(None, progress).encode_words(texts),
            language,
            limit,
            progress or Silent(),
        )

    def _encoder(self, name: str | None, progress: Progress | None) -> "Encoder":
        from workbench.embedding import load_encoder

        chosen = name or settings.get(self._database, "encoder name") or None
        settings.put(self._database, "encoder name", chosen or "")
        if self._loaded is None or self._loaded[0] != chosen:
            self._loaded = chosen, load_encoder(chosen, progress=progress)
        return self._loaded[1]

    def align(
        self, *, mode: Mode | str | None = None, encoder: str | None = None, progress: Progress | None = None
    ) -> list["Aligned"]:
        """Gather articles into stories and align their passages; embed first what has no vector, the English too.

        Args:
            mode: For all stories from now on: `parallel` (translations) or `comparable`, or `auto` to judge by
                the data again. None leaves earlier choices as they are.
            encoder: A sentence-transformers model, by folder or name; the bundled one otherwise.
            progress: Told of every step.

        Raises:
            ModelError: The encoder cannot be had.
            Cancelled: The user stopped it; what was finished is kept.
        """
        from workbench.stages import aligning

        self.embed(encoder=encoder, progress=progress)
        self.judge(encoder=encoder, progress=progress)
        encoder_id = settings.get(self._database, "encoder")
        aligning.gather(self._database, encoder_id)
        if mode is not None:
            aligning.set_mode(self._database, None if mode == "auto" else Mode(mode))
        return aligning.align(self._database, encoder_id, progress or Silent())

    def stories(self) -> list[Story]:
        """Return all stories that have articles."""
        return stories.every(self._database)

    def similarities(self, left_id: int, right_id: int, size: int = 200) -> "NDArray[np.float32] | None":
        """Return how similar stretches of two articles are, in [0, 1]; None where one is not embedded yet."""
        from workbench.stages import plotting

        return plotting.similarities(self._database, left_id, right_id, size)

    def likeness(self, segment_ids: Iterable[int], article_id: int) -> dict[int, float]:
        """Return how like each segment of an article is to the given ones, by their vectors; those without are absent.

        The cosine of the two vectors; where several segments are given, the highest counts.
        """
        from workbench.stages import likeness

        return likeness.likeness(self._database, segment_ids, article_id)

    def story_title(self, story_id: int) -> str:
        """Return the title of a story, empty where there is none."""
        return stories.titles(self._database, [story_id]).get(story_id, "")

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the project's articles, in the usual order."""
        return articles.languages(self._database)

    def place(self, article_ids: Sequence[int], story_id: int | None) -> int:
        """Put articles into a story (None: a new one), for good; return its id. `align` then follows it."""
        for article_id in article_ids:
            self.article(article_id)
        title = self.article(article_ids[0]).title
        target = story_id or stories.new(self._database, title, Origin.REVIEWER)
        if target not in stories.alignment_keys(self._database):
            raise WorkbenchError(f"there is no story {target}", "See: workbench story PROJECT")
        stories.assign(self._database, dict.fromkeys(article_ids, target), Origin.REVIEWER)
        return target

    # Units

    def unit_ids(self, query: UnitQuery = ALL) -> "array[int]":
        """Return the ids of the units that a query asks for, in its order."""
        return units.ids(self._database, query)

    def each_unit_id(self, query: UnitQuery = ALL) -> Iterator[int]:
        """Yield the ids of the units that a query asks for, as they are found."""
        return units.stream_ids(self._database, query)

    def units_beside(self, unit_id: int, query: UnitQuery = ALL, limit: int = 1, *, back: bool = False) -> list[int]:
        """Return ids of units that a query asks for, those nearest after (or before) a unit first."""
        return units.following(self._database, query, unit_id, limit, back=back)

    def units(self, wanted: Sequence[int]) -> list[Unit]:
        """Return units by id, in the order given."""
        return units.load(self._database, wanted)

    def each_unit(self, query: UnitQuery = ALL) -> Iterator[Unit]:
        """Yield the units that a query asks for, without holding them all."""
        from workbench.stages import exporting

        return exporting.stream(self._database, query)

    def count_units(self, query: UnitQuery = ALL) -> int:
        """Return how many units a query asks for."""
        return units.count(self._database, query)

    def holders(self, segment_ids: Iterable[int]) -> list[Unit]:
        """Return the units that hold any of these segments, rejected ones left out."""
        return units.load(self._database, sorted(set(units.holding(self._database, segment_ids).values())))

    def held(self, segment_ids: Iterable[int]) -> dict[int, int]:
        """Return segment id -> unit id for segments that a unit holds which is not rejected."""
        return units.holding(self._database, segment_ids)

    def apply(self, change: "Change") -> Action | None:
        """Make a reviewer's change and record it; None where it changes nothing.

        Raises:
            ConflictError: A unit was changed by somebody else since the reviewer saw it.
        """
        from workbench.stages import reviewing

        return reviewing.apply(self._database, change, self.reviewer, _now()) if change else None

    def repeats(
        self, corrected: Unit, before: str, matcher: "Matcher | None" = None, limit: int = 1000
    ) -> "list[Repeat]":
        """Return the other units that a correction of English would change in the same way, and what it would make.

        `apply(workbench.review.repeating.repeat(chosen))` then makes the change, undone in one step.

        Args:
            corrected: The unit with its corrected English.
            before: Its English before the correction.
            matcher: The glossary, where it is ready; the project's own otherwise.
            limit: How many to return at most.
        """
        from workbench.stages import checking, repeating

        return repeating.find(self._database, corrected, before, matcher or checking.matcher(self._database), limit)

    def undo(self, of: str | None = None) -> Action | None:
        """Take back the newest action that still holds, one's own or `of` another reviewer; None where there is none.

        Raises:
            ConflictError: What it touched was changed since.
        """
        from workbench.stages import reviewing

        return reviewing.undo(self._database, self.reviewer, _now(), of)

    def redo(self) -> Action | None:
        """Do again what was undone last; None where there is nothing to redo."""
        from workbench.stages import reviewing

        return reviewing.redo(self._database, self.reviewer, _now())

    def take_back(self, action_id: int) -> Action:
        """Take back one action out of the history.

        Raises:
            ConflictError: Something it touched has changed since.
        """
        from workbench.stages import reviewing

        return reviewing.take_back(self._database, action_id, self.reviewer, _now())

    def history(self, limit: int = -1) -> list[Action]:
        """Return actions, the newest first."""
        return list(actions.newest_first(self._database, limit))

    def save_draft(self, unit_id: int, field: str, text: str) -> None:
        """Keep what stands in an open editor, in case the program ends before it is saved."""
        actions.save_draft(self._database, unit_id, field, text, _now())

    def drafts(self) -> dict[tuple[int, str], str]:
        """Return unsaved drafts by (unit id, field)."""
        return actions.drafts(self._database)

    def drop_draft(self, unit_id: int, field: str) -> None:
        """Forget a draft."""
        actions.drop_draft(self._database, unit_id, field)

    def changed_elsewhere(self) -> int:
        """Return a number that grows whenever another program has changed the project."""
        return self._database.data_version()

    def defer_tidying(self) -> None:
        """Write to the log of the file only, which is quick; who calls this calls `tidy` on a twin now and then."""
        self._database.defer_checkpoints()

    def tidy(self) -> None:
        """Carry what was written last from the log into the file."""
        self._database.checkpoint()

    def search(self, query: str, *, language: str | None = None, limit: int = 100) -> list[Hit]:
        """Return segments and English that have all the words of a query; the last may be unfinished."""
        code = parse_language(language) if language else None
        return searches.search(self._database, query, language=code, limit=limit)

    # In and out

    def import_file(
        self, path: str | Path, *, use: str = "units", format_name: str = "", dry_run: bool = False
    ) -> "Imported":
        """Read a file of another tool as aligned `units`, or as a `memory` of human English.

        Raises:
            UsageError: The format is unknown.
            ExchangeError: The file cannot be read; nothing is stored then.
        """
        from workbench.stages import importing

        chosen = importing.Use(use)
        return importing.load(self._database, Path(path), chosen, _now(), format_name, dry_run=dry_run)

    def export(
        self,
        format_name: str,
        target: str | Path | None = None,
        *,
        wanted: "Wanted | None" = None,
        dry_run: bool = False,
    ) -> "Exported":
        """Write units to a file, with a manifest beside it; rejected units stay behind unless they are asked for.

        Args:
            format_name: A name of `workbench.exchange.FORMATS`; empty to go by the target's suffix.
            target: The file; beside the project and named after it otherwise.
            wanted: Which units, and for which pair of languages; all otherwise.
            dry_run: Only count.

        Raises:
            UsageError: The format is unknown, or needs a pair.
            ExchangeError: The file cannot be written; an older one then stays as it was.
        """
        from workbench.stages import exporting

        path = Path(target) if target else None
        return exporting.export(self._database, format_name, path, wanted or exporting.Wanted(), dry_run=dry_run)

    def learned_confidence(self) -> "Learned":
        """Return what reviewers' decisions said about confidence when the project was last aligned."""
        from workbench.stages import learning

        return learning.learned(self._database)

    def standing(self) -> "Standing":
        """Return where the project stands."""
        from workbench.stages import standing

        return standing.standing(self._database)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
