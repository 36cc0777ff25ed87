"""Overview: stories, articles, what is decided, what is still to be done, and doing it."""

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.screens.listing import Listing
from tui.texts import shown
from workbench.languages import LANGUAGES
from workbench.languages import name as language_name
from workbench.model import Article, Kind, Status, Story
from workbench.project import Project
from workbench.stages.standing import Standing


class Overview(Listing):
    """Shows where the project stands; Enter goes to a story's first unit, F2 runs what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "run", "Run what is to be done"),
        Binding("f4", "stop", "Stop"),
    ]

    class Stands(Message):
        """A worker has found out where the project stands."""

        def __init__(self, standing: Standing) -> None:
            super().__init__()
            self.standing = standing

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._firsts: list[int | None] = []
        self._standing: Standing | None = None
        self._was_running = False

    def fill(self) -> None:
        """Find out where the project stands, in the background."""
        self.head("Overview: reading …")
        self.foot(self._job())
        self.read()
        self.set_interval(0.25, self._show_job)

    def _show_job(self) -> None:
        line = self._job()
        if self._was_running and not line.startswith("⟳"):
            self.read()
        self._was_running = line.startswith("⟳")
        self.foot(line)

    def _job(self) -> str:
        from tui.app import DeskApp

        job = self.app.job if isinstance(self.app, DeskApp) else None
        return f"⟳ {job}   F4 stops it; review may go on meanwhile." if job else self._to_do()

    @work(thread=True, group="overview", exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Count; on a large project this takes a moment."""
        with self.project.twin() as project:
            self.post_message(self.Stands(project.standing()))

    def on_overview_stands(self, message: Stands) -> None:
        """Show the counts, then a block of lines for each story."""
        standing = self._standing = message.standing
        total = sum(standing.units.values())
        decided = total - standing.units[Status.PROPOSED]
        share = decided / total if total else 0.0
        bar = "█" * round(20 * share) + "░" * (20 - round(20 * share))
        self.head(
            f"{self.project.path.name}: {len(standing.articles):,} articles, {len(standing.stories):,} stories,"
            f" {total:,} units  {bar} {share:.0%} decided"
        )
        rows = self._rows(standing)
        self._firsts = [story_id for _, story_id in rows]
        self.put_drawn(len(rows), lambda number: self._line(rows[number][0], standing))
        self.foot(self._job())

    def _line(self, row: Text | Story | Article, standing: Standing) -> Text:
        if isinstance(row, Text):
            return row.copy()
        return self._story(row) if isinstance(row, Story) else self._article(row, standing)

    def _rows(self, standing: Standing) -> list[tuple[Text | Story | Article, int | None]]:
        """Return what is listed, each line with the story that Enter leads to."""
        counted = "  ".join(f"{number:,} {status.value}" for status, number in standing.units.items())
        lines: list[tuple[Text | Story | Article, int | None]] = [(Text(f"Units: {counted}"), None)]
        for code in LANGUAGES:
            number = sum(1 for article in standing.articles if article.language == code)
            if number:
                model = standing.models.get(code, "")
                waiting = standing.unrendered.get(code, 0)
                about = f"{language_name(code)}: {number:,} articles"
                about += f", English by {model or 'nobody yet'}" if code in standing.models else ""
                lines.append((Text(about + (f", {waiting:,} texts to render" if waiting else "")), None))
        members = {article.id: article for article in standing.articles}
        for story in standing.stories:
            found = (members[key] for key in story.article_ids if key in members)
            lines += [(story, story.id), *((article, story.id) for article in found)]
        lines += [(article, None) for article in standing.articles if article.story_id is None]
        return lines

    def _story(self, story: Story) -> Text:
        title = Text(end="")
        title.append(f"■ {shown(story.title) or 'Story'} ", "bold")
        title.append(f"(story {story.id})", "dim")
        return title

    def _article(self, article: Article, standing: Standing) -> Text:
        kinds = standing.kinds.get(article.id, {})
        aligned = sum(number for kind, number in kinds.items() if Kind(kind).aligned)
        line = Text(end="")
        line.append(f"    {article.language} ", "bold")
        line.append(f"{shown(article.title or article.path)}  ")
        line.append(f"{aligned} segments, {sum(kinds.values()) - aligned} left out  {shown(article.path)}", "dim")
        return line

    def _to_do(self) -> str:
        standing = self._standing
        if standing is None:
            return ""
        waiting = sum(standing.unrendered.values())
        todo = [f"{waiting:,} texts to render"] if waiting else []
        todo += [f"{standing.unembedded:,} texts to embed"] if standing.unembedded else []
        todo += [f"{standing.unaligned:,} stories to align"] if standing.unaligned else []
        return f"To be done: {', '.join(todo)}. F2 runs it." if todo else "Everything is rendered and aligned."

    def choose(self, number: int) -> None:
        """Go to the first unit of a story."""
        from workbench.model import UnitQuery

        story_id = self._firsts[number]
        if story_id is not None:
            self.dismiss(next(self.project.each_unit_id(UnitQuery(story_id=story_id)), None))

    def action_run(self) -> None:
        """Run every stage that has something to do."""
        from tui.app import DeskApp

        if isinstance(self.app, DeskApp):
            self.app.start_job()

    def action_stop(self) -> None:
        """Stop the stages."""
        from tui.app import DeskApp

        if isinstance(self.app, DeskApp) and self.app.job is not None:
            self.app.job.stop()
