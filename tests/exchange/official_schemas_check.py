"""Do our files keep to the official schemas? Not a test: the schemas are others' work and do not belong here.

    python -m tests.exchange.official_schemas_check FOLDER

FOLDER holds, at any depth, those that are to be run (where they can be had stands in OPENED_BY.md):
`xliff-core-1.2-strict.xsd` and `xliff-core-2.0.xsd` with `xml.xsd` beside them, `tei.rng`, `tmx14.dtd`, `srx20.xsd`.
An empty file, our examples and 200 hostile ones are held against each; against the last one our rules of sentences.
"""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import workbench
from tests.exchange.examples import UNITS, aids, context, units
from workbench.exchange import FORMATS
from workbench.model import Unit

TEI = "{http://www.tei-c.org/ns/1.0}"


def as_of_tei_3(root: etree._Element) -> None:
    """Say what version 4 says in the words of version 3: no `<standOff>` around links, no `source` on passages."""
    body = root.find(f".//{TEI}body")
    for stand_off in root.findall(f"{TEI}standOff"):
        body.extend(stand_off)
        root.remove(stand_off)
    for passage in body.iter(f"{TEI}ab"):
        passage.attrib.pop("source", None)


def as_it_is(root: etree._Element) -> None:
    """Change nothing."""


class Beside(etree.Resolver):
    """Finds what a schema of XLIFF names by its address on the web in the schema's own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, url: str, public_id: str, state: object) -> object:
        """Return the file of the same name, if it is there."""
        found = self.folder / url.rpartition("/")[2]
        return self.resolve_filename(str(found), state) if found.exists() else None


def xml_schema(path: Path) -> etree.XMLSchema:
    """Read an XML Schema, and what it includes, without the network."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside(path.parent))
    return etree.XMLSchema(etree.parse(path, parser))


#: The schema's file, how it is read, the format held against it, what is done to the document before.
CHECKS: tuple[tuple[str, Callable[[Path], etree._Validator], str, Callable[[etree._Element], None]], ...] = (
    ("xliff-core-1.2-strict.xsd", xml_schema, "xliff1", as_it_is),
    ("xliff-core-2.0.xsd", xml_schema, "xliff20", as_it_is),
    ("xliff-core-2.0.xsd", xml_schema, "xliff", as_it_is),
    ("tei.rng", lambda path: etree.RelaxNG(file=str(path)), "tei", as_of_tei_3),
    ("tmx14.dtd", lambda path: etree.DTD(str(path)), "tmx", as_it_is),
    ("srx20.xsd", xml_schema, "srx", as_it_is),
)
RULES = Path(workbench.__file__).parent / "ingest" / "rules" / "workbench.srx"


def documents(name: str, before: Callable[[etree._Element], None], seen: Callable[[etree._Element], None]) -> None:
    """Show an empty file, the examples and hostile ones of a format."""

    def show(values: Sequence[Unit]) -> None:
        stream = io.BytesIO()
        FORMATS[name].write(values, stream, context(aids=aids))
        root = etree.fromstring(stream.getvalue())
        before(root)
        seen(root)

    if name == "srx":
        seen(etree.parse(RULES).getroot())
        return
    show([])
    show(UNITS)

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(units, min_size=1, max_size=4))
    def hostile(values: list[Unit]) -> None:
        show(values)

    hostile()


def main(folder: Path) -> int:
    """Hold every format against its schema; return the exit code."""
    failed = tried = 0
    for name, read, of_format, before in CHECKS:
        for path in sorted(folder.rglob(name)):
            rules, count = read(path), 0

            def check(root: etree._Element, rules: etree._Validator = rules) -> None:
                nonlocal count
                count += 1
                assert rules.validate(root), rules.error_log.last_error

            tried += 1
            try:
                documents(of_format, before, check)
            except AssertionError as error:
                failed += 1
                print(f"{name}: {of_format} is not valid: {error}")
            else:
                print(f"{name}: {count} files of {of_format} are valid")
    if not tried:
        print(f"no schema in {folder}")
    return int(bool(failed) or not tried)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
