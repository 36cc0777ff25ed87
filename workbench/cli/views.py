"""How values look: in the terminal by rich, and as JSON. Article text is printed, never interpreted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench.database.search import Hit
from workbench.languages import name
from workbench.model import Kind, Segment, Status, Unit
from workbench.stages.adding import Added, Outcome
from workbench.stages.learning import Correction, Learned
from workbench.stages.standing import Standing
from workbench.text import norm, one_line, words

#: Articles that `workbench status` lists; a table of thousands takes seconds and says less.
_SHOWN_ARTICLES = 50
_STATUS_STYLE = {
    Status.PROPOSED: "dim",
    Status.ACCEPTED: "green",
    Status.REJECTED: "red",
    Status.FLAGGED: "yellow",
}


def console() -> Console:
    """Return the console for results; NO_COLOR and pipes are respected by rich."""
    return Console(highlight=False, markup=False, emoji=False)


def _plain(text: str, style: str = "") -> Text:
    return Text(one_line(text), style=style)


def print_added(added: Sequence[Added]) -> None:
    """Print what became of each source file, its remarks beneath it."""
    out = console()
    for result in added:
        article = result.article
        line = Text(f"{result.outcome.value:<10} ", style="red" if result.outcome is Outcome.REFUSED else "green")
        line.append_text(_plain(result.path))
        if article:
            found = f"  {article.language} {article.language_confidence:.2f}, {article.encoding}"
            line.append(found, style="cyan")
        out.print(line, soft_wrap=True)
        for remark in [*result.remarks, *([result.hint] if result.hint else [])]:
            out.print(Text(f"           {one_line(remark)}", style="dim"), soft_wrap=True)
    counts = Counter(result.outcome.value for result in added)
    out.print(Text(", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))))


def added_as_json(result: Added) -> dict[str, Any]:
    """Return what became of a source file as a JSON value."""
    article = result.article
    return {
        "path": result.path,
        "outcome": result.outcome.value,
        "article": article.id if article else None,
        "language": article.language if article else None,
        "language_confidence": round(article.language_confidence, 4) if article else None,
        "encoding": article.encoding if article else None,
        "remarks": list(result.remarks),
        "hint": result.hint,
    }


def standing_as_json(path: Path, standing: Standing) -> dict[str, Any]:
    """Return where a project stands as a JSON value."""
    return {
        "project": str(path),
        "articles": [
            {
                "id": article.id,
                "path": article.path,
                "title": article.title,
                "language": article.language,
                "language_confidence": round(article.language_confidence, 4),
                "language_origin": article.language_origin.value,
                "encoding": article.encoding,
                "published": article.published,
                "version": article.version,
                "story": article.story_id,
                "segments": {kind.value: standing.kinds.get(article.id, {}).get(kind.value, 0) for kind in Kind},
            }
            for article in standing.articles
        ],
        "stories": [
            {"id": story.id, "title": story.title, "articles": list(story.article_ids)} for story in standing.stories
        ],
        "units": {status.value: standing.units[status] for status in Status},
        "to_do": {
            "translate": dict(standing.unrendered),
            "embed": standing.unembedded,
            "align": standing.unaligned,
        },
        "models": dict(standing.models),
        "encoder": standing.encoder,
        "learned_confidence": asdict(standing.learned),
    }


def print_standing(path: Path, standing: Standing) -> None:
    """Print where a project stands."""
    out = console()
    out.print(Text(f"{path}: {len(standing.articles)} articles, {len(standing.stories)} stories", style="bold"))
    out.print(articles_table(standing))
    if len(standing.articles) > _SHOWN_ARTICLES:
        out.print(Text(f"and {len(standing.articles) - _SHOWN_ARTICLES} more (all of them with --json)", style="dim"))
    units = ", ".join(f"{number} {status.value}" for status, number in standing.units.items())
    out.print(Text(f"units: {units}"))
    for language, model in standing.models.items():
        left = standing.unrendered.get(language, 0)
        still = f", {left} texts to go" if left else ""
        out.print(Text(f"{name(language)} rendered by {model or 'nothing yet'}{still}"))
    if told := confidence_learned(standing.learned):
        out.print(Text(told))
    waiting = [
        f"{sum(standing.unrendered.values())} texts to translate" if any(standing.unrendered.values()) else "",
        f"{standing.unembedded} texts to embed" if standing.unembedded else "",
        f"{standing.unaligned} stories to align" if standing.unaligned else "",
    ]
    to_do = ", ".join(part for part in waiting if part)
    out.print(Text(f"to do: {to_do}  (workbench run {path})" if to_do else "nothing left to run"))


def confidence_learned(learned: Learned) -> str:
    """Return in words what reviewers' decisions did to confidence; nothing where nothing was learned."""
    if learned.correction == Correction():
        return ""
    low, high = learned.correction(0.5), learned.correction(0.9)
    decided = f"{learned.accepted} accepted and {learned.rejected} rejected units"
    return f"confidence corrected by {decided}: what was 50 % reads {low:.0%}, what was 90 % reads {high:.0%}"


def articles_table(standing: Standing) -> Table:
    """Return a table of the first articles: language, story, how many segments take part and are left out."""
    table = Table(box=None, pad_edge=False, expand=True)
    for heading in ("", "language", "story", "text", "left out"):
        table.add_column(heading, justify="right", no_wrap=True, min_width=max(3, len(heading)))
    table.add_column("title and file", overflow="ellipsis", no_wrap=True, ratio=1)
    for article in standing.articles[:_SHOWN_ARTICLES]:
        kinds = standing.kinds.get(article.id, {})
        taking_part = sum(number for kind, number in kinds.items() if Kind(kind).aligned)
        table.add_row(
            str(article.id),
            f"{article.language} {article.language_confidence:.2f}",
            str(article.story_id or ""),
            str(taking_part),
            str(sum(kinds.values()) - taking_part),
            Text.assemble(_plain(article.title), "\n", _plain(article.path, "dim")),
        )
    return table


def print_segments(segments: Sequence[Segment]) -> None:
    """Print the segments of an article with their kinds, what is left out of alignment dimmed."""
    out = console()
    for segment in segments:
        repeated = f" (repeats {segment.duplicate_of})" if segment.duplicate_of is not None else ""
        label = Text(f"{segment.position:>3} {segment.kind.value:<11}{repeated} ", style="cyan")
        out.print(label + _plain(segment.text, "" if segment.aligned else "dim"))


def unit_as_json(unit: Unit, paths: Mapping[int, str]) -> dict[str, Any]:
    """Return a unit as a JSON value."""
    return {
        "id": unit.id,
        "story": unit.story_id,
        "status": unit.status.value,
        "origin": unit.origin.value,
        "confidence": round(unit.confidence, 4),
        "variants": [
            {
                "language": variant.language,
                "article": paths.get(variant.article_id, ""),
                "segments": list(variant.segment_ids),
                "text": variant.text,
            }
            for variant in unit.variants
        ],
        "english": unit.english,
        "english_origin": unit.english_origin.value,
        "reasons": {key: round(value, 4) for key, value in sorted(unit.reasons.items())},
        "note": unit.note,
    }


def print_units(units: Sequence[Unit], paths: Mapping[int, str]) -> None:
    """Print units, one row a variant, the English last."""
    out = console()
    for unit in units:
        why = "  ".join(f"{key} {value:.2f}" for key, value in sorted(unit.reasons.items()))
        head = Text(f"unit {unit.id}  ", style="bold")
        head.append(unit.status.value, style=_STATUS_STYLE[unit.status])
        head.append(f"  confidence {unit.confidence:.2f}", style="bold")
        out.print(head.append(f"  {why}", style="dim"))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 2))
        table.add_column(no_wrap=True, style="cyan")
        table.add_column(overflow="fold")
        for variant in unit.variants:
            table.add_row(Text(variant.language), _plain(variant.text))
        if unit.english and "en" not in unit.languages:
            table.add_row(Text("→ en"), _plain(unit.english, "italic"))
        out.print(table)


def print_hits(hits: Sequence[Hit], query: str) -> None:
    """Print places where words were found, the words marked."""
    out = console()
    wanted = words(query)
    for hit in hits:
        line = _plain(hit.text)
        for position, word in enumerate(line.plain.split(" ")):
            if any(norm(word).strip("«»\"'.,:;!?()").startswith(term) for term in wanted):
                start = len(" ".join(line.plain.split(" ")[:position])) + (1 if position else 0)
                line.stylize("bold yellow", start, start + len(word))
        place = f"unit {hit.unit_id}" if hit.unit_id else f"article {hit.article_id}"
        out.print(Text(f"{hit.language} {place}  ", style="cyan") + line)
