"""Taking an article out of the project again."""

from dataclasses import replace

from workbench.database import articles, units
from workbench.database.connection import Database
from workbench.errors import WorkbenchError
from workbench.model import Article, Origin, Status, Unit, UnitQuery


def remove(database: Database, article: Article, *, force: bool = False) -> None:
    """Delete an article; its passages leave their units, and a unit of one passage alone goes with them.

    Raises:
        WorkbenchError: A reviewer decided about units that it takes part in, and `force` is not set.
    """
    touched = units.load(database, units.ids(database, UnitQuery(article_id=article.id)))
    decided = sum(map(_decided, touched))
    if decided and not force:
        raise WorkbenchError(
            f"{article.path} takes part in {decided} {'unit' if decided == 1 else 'units'} that were reviewed",
            "Remove it with --force to take its passages out of these too; that cannot be undone.",
        )
    with database.write():
        for unit in touched:
            rest = tuple(variant for variant in unit.variants if variant.article_id != article.id)
            if len(rest) < 2:
                units.delete(database, [unit.id])
            else:
                units.save(database, replace(unit, variants=rest, revision=unit.revision + 1))
        articles.remove(database, article.id)


def _decided(unit: Unit) -> bool:
    return unit.status is not Status.PROPOSED or Origin.REVIEWER in (unit.origin, unit.english_origin)
