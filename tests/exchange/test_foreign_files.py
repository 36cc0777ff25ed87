"""Files of other programs: what we take, what we keep for the way back, what we skip and say so."""

import io
import zipfile

import pytest

from tests.exchange.examples import UNITS, context
from workbench.errors import ExchangeError
from workbench.exchange import FORMATS, ImportedUnit, Skipped
from workbench.model import Concept, Status, TermStatus


def read(name: str, text: str | bytes) -> list[ImportedUnit | Skipped | Concept]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(FORMATS[name].read(io.BytesIO(data)))


def tmx(body: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>{body}</body></tmx>'
    )


ANOTHER_TOOL = tmx(
    '<tu tuid="abc" usagecount="3" creationid="anna"><prop type="client">Acme</prop><prop type="client">Other</prop>'
    '<note>first</note><tuv xml:lang="uk-UA" creationid="anna"><prop type="x-mood">calm</prop>'
    '<seg>Це <bpt i="1">&lt;b&gt;</bpt>міст<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>'
    '<tuv xml:lang="en-GB"><seg>This is a bridge.</seg></tuv><tuv xml:lang="de"><seg>Eine Brücke.</seg></tuv></tu>'
)


def test_tmx_of_another_tool_gives_plain_texts_in_our_languages() -> None:
    (found,) = read("tmx", ANOTHER_TOOL)
    assert isinstance(found, ImportedUnit)
    assert found.texts == {"uk": "Це міст.", "en": "This is a bridge."}
    assert found.unit.note == "first"


def test_tmx_of_another_tool_goes_back_with_all_that_it_came_with() -> None:
    (found,) = read("tmx", ANOTHER_TOOL)
    assert isinstance(found, ImportedUnit)
    stream = io.BytesIO()
    FORMATS["tmx"].write([found.unit], stream, context(extras={found.unit.id: found.extras}))
    for kept in ('usagecount="3"', 'creationid="anna"', 'tuid="abc"', "Acme", "Other", "uk-UA", "en-GB", "calm"):
        assert kept.encode() in stream.getvalue()
    assert '<bpt i="1">&lt;b&gt;</bpt>міст'.encode() in stream.getvalue()
    assert b'<tuv xml:lang="de">' in stream.getvalue() and "Eine Brücke.".encode() in stream.getvalue()


def test_a_corrected_text_does_not_get_its_old_markup_back() -> None:
    from dataclasses import replace

    (found,) = read("tmx", ANOTHER_TOOL)
    assert isinstance(found, ImportedUnit)
    first, *others = found.unit.variants
    corrected = replace(found.unit, variants=(replace(first, text="Це мости."), *others))
    stream = io.BytesIO()
    FORMATS["tmx"].write([corrected], stream, context(extras={0: found.extras}))
    assert "<seg>Це мости.</seg>".encode() in stream.getvalue()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<tu><tuv xml:lang="uk"><seg>Один</seg></tuv></tu>', "fewer than two"),
        ('<tu><tuv xml:lang="de"><seg>Eins</seg></tuv><tuv xml:lang="fr"><seg>Un</seg></tuv></tu>', "fewer than two"),
        ('<tu><tuv xml:lang="uk"><seg>&x;</seg></tuv><tuv xml:lang="ru"><seg>b</seg></tuv></tu>', "entity"),
        (f'<tu><tuv xml:lang="uk"><seg>{"а" * 100_001}</seg></tuv><tuv xml:lang="ru"><seg>b</seg></tuv></tu>', "long"),
    ],
)
def test_what_is_no_unit_is_skipped_with_its_reason_and_the_rest_is_read(body: str, reason: str) -> None:
    good = '<tu><tuv xml:lang="uk"><seg>а</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>'
    skipped, found = read("tmx", tmx(body + good))
    assert isinstance(skipped, Skipped) and reason in skipped.reason and skipped.where == "tu 1"
    assert isinstance(found, ImportedUnit)


def test_utf_16_tmx_is_read() -> None:
    data = ANOTHER_TOOL.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")
    assert isinstance(read("tmx", data)[0], ImportedUnit)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_spreadsheet_is_read(separator: str, encoding: str) -> None:
    text = separator.join(["Ukrainian", "en-US", "client"]) + "\r\n" + separator.join(["Міст", "Bridge", "Acme"])
    (found,) = read("csv", text.encode(encoding))
    assert isinstance(found, ImportedUnit)
    assert found.texts == {"uk": "Міст", "en": "Bridge"}
    assert found.extras == {"client": "Acme"}


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "glossary-csv"])
def test_text_in_another_encoding_is_refused_with_advice(name: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(name, "bg,uk\nМост,Міст\n".encode("cp1251"))
    assert "UTF-8" in caught.value.hint


def test_a_table_without_languages_is_refused() -> None:
    with pytest.raises(ExchangeError, match="two languages"):
        read("csv", "a,b\n1,2\n")


def test_a_quotation_mark_without_partner_is_named_with_its_line() -> None:
    with pytest.raises(ExchangeError, match="line"):
        read("csv", 'uk,en\nа,"b\n')


def test_lines_that_are_no_units_are_skipped() -> None:
    lines = ["{", "[]", '{"variants": 3}', "[" * 5000, '{"variants": [{"language": "de", "text": "x"}]}']
    lines += ['{"variants": [], "confidence": 7}', '{"variants": [], "id": ' + "9" * 5000 + "}"]
    found = read("jsonl", "\n".join(lines))
    assert [type(value) for value in found] == [Skipped] * len(lines)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ExchangeError, match="longer than"):
        read("jsonl", b"a" * 5_000_000)


MARTIF = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="c1"><descripGrp><descrip type="definition">A way over water</descrip></descripGrp>
<descrip type="subjectField">building</descrip>
<langSet xml:lang="uk"><tig><term>міст</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
<langSet xml:lang="de"><tig><term>Brücke</term></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp><term>bridge</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp>
<descrip type="context">Cross the bridge.</descrip></ntig></langSet></termEntry></body></text></martif>"""


def test_martif_is_read_in_both_its_forms() -> None:
    concept, skipped = read("tbx", MARTIF)
    assert isinstance(concept, Concept)
    assert (concept.key, concept.subject, concept.definition) == ("c1", "building", "A way over water")
    assert [(term.language, term.text) for term in concept.terms] == [("uk", "міст"), ("en", "bridge")]
    assert concept.terms[1].status is TermStatus.ADMITTED
    assert concept.terms[1].note == "context: Cross the bridge."
    assert isinstance(skipped, Skipped) and "de" in skipped.reason


def test_a_glossary_with_a_column_a_language_is_read() -> None:
    (concept,) = read("glossary-csv", "Bulgarian;Ukrainian;English;Note\nмост;міст | мостище;bridge;=1\n")
    assert isinstance(concept, Concept)
    assert [(term.text, term.status.value) for term in concept.terms] == [
        ("мост", "preferred"),
        ("міст", "preferred"),
        ("мостище", "admitted"),
        ("bridge", "preferred"),
    ]
    assert concept.note == "=1"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("xliff1", 'state="needs-review-translation"', 'state="final"'),
        ("xliff", 'state="translated"', 'state="final"'),
    ],
)
def test_a_state_that_another_program_changed_counts(name: str, before: str, after: str) -> None:
    stream = io.BytesIO()
    FORMATS[name].write(UNITS[:1], stream, context())
    (found,) = read(name, stream.getvalue().decode().replace(before, after))
    assert isinstance(found, ImportedUnit) and found.unit.status is Status.ACCEPTED


def test_tracked_changes_in_word_count_as_made() -> None:
    stream = io.BytesIO()
    FORMATS["docx"].write(UNITS[:1], stream, context())
    old = b"<w:r><w:t>The bridge costs 240 million euros</w:t></w:r>"
    new = b"<w:del><w:r><w:delText>The bridge</w:delText></w:r></w:del><w:ins><w:r><w:t>It</w:t></w:r></w:ins>"
    edited = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(edited, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                assert old in data
                data = data.replace(old, new)
            target.writestr(entry, data)
    (found,) = read("docx", edited.getvalue())
    assert isinstance(found, ImportedUnit) and found.english == "It"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"not a zip"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        read("docx", data)
