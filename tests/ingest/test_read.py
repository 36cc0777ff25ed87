"""Files of every format come in; what is no article is refused in one line."""

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.samples import FOREIGN, NEWS
from workbench.errors import IngestError, UnsupportedLanguageError, UsageError
from workbench.ingest import find, load, read
from workbench.model import Kind, Origin

BODY = NEWS["uk"]


def docx(*paragraphs: tuple[str, str]) -> bytes:
    import docx as library

    document = library.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style or None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_plain_text_is_described() -> None:
    reading = read(("Нов мост в Пловдив\n\n" + NEWS["bg"]).encode("windows-1251"), "a/b.txt")
    article = reading.article
    assert (article.language, article.encoding, article.format) == ("bg", "cp1251", "txt")
    assert (article.title, article.path, len(article.sha256)) == ("Нов мост в Пловдив", "a/b.txt", 64)
    assert any("cp1251" in remark for remark in reading.remarks)


def test_the_user_overrules() -> None:
    article = read(NEWS["ru"].encode(), "a.txt", language="uk", encoding="utf-8").article
    assert (article.language, article.language_origin, article.encoding_origin) == (
        "uk",
        Origin.REVIEWER,
        Origin.REVIEWER,
    )
    with pytest.raises(UsageError):
        read(NEWS["ru"].encode(), "a.txt", language="mk")


def test_markdown_is_stripped_to_text() -> None:
    source = f"---\ndate: 2024-05-06\n---\n# Новий **міст**\n\n{BODY}\n\n## Що *далі*\n\n"
    source += f"[Посилання](http://a.b) є. {BODY}\n"
    reading = read(source.encode(), "a.md")
    kinds = {segment.text: segment.kind for segment in reading.segments}
    assert kinds["Новий міст"] is Kind.HEADLINE and kinds["Що далі"] is Kind.SUBHEADING
    assert kinds["Посилання є."] is Kind.BODY
    assert reading.article.published == "2024-05-06"


def test_html_gives_its_main_text_and_metadata() -> None:
    page = (
        '<html><head><meta charset="windows-1251"><title>Новий міст у Полтаві</title>'
        '<meta property="article:published_time" content="2024-05-06T10:00:00+03:00">'
        '<link rel="canonical" href="https://news.example/a"></head><body><nav><a href="/">Головна</a>'
        f"<a href='/x'>Спорт</a></nav><article><h1>Новий міст у Полтаві</h1><p>{BODY}</p><h2>Що далі</h2>"
        f"<p>Влітку почнеться ремонт сусіднього проспекту. {BODY}</p></article><footer>© 2024</footer></body></html>"
    )
    reading = read(page.encode("windows-1251"), "a.html")
    article = reading.article
    assert (article.encoding, article.format, article.published) == ("cp1251", "html", "2024-05-06")
    assert article.title == "Новий міст у Полтаві" and article.url == "https://news.example/a"
    kinds = [segment.kind for segment in reading.segments]
    assert kinds[0] is Kind.HEADLINE and Kind.SUBHEADING in kinds and "Спорт" not in article.text


@pytest.mark.parametrize("name", ["a.docx", "-"])
def test_a_word_document_is_read(name: str) -> None:
    content = docx(("Title", "Новий міст"), ("", BODY), ("Heading 2", "Що далі"), ("", BODY + " Кінець."))
    reading = read(content, name)
    assert reading.article.format == "docx" and reading.article.title == "Новий міст"
    assert Kind.SUBHEADING in [segment.kind for segment in reading.segments]


def test_standard_input_is_judged_by_its_content() -> None:
    assert read(BODY.encode(), "-").article.format == "txt"
    assert read(f"<!DOCTYPE html><html><body><p>{BODY}</p></body></html>".encode(), "-").article.format == "html"


def test_wrapped_lines_are_joined() -> None:
    import textwrap

    wrapped = textwrap.fill(NEWS["bg"] + " " + NEWS["bg"], 72) + "\n\n" + textwrap.fill(NEWS["bg"], 72)
    reading = read(wrapped.encode(), "a.txt")
    assert len(reading.article.text.splitlines()) == 3
    assert reading.segments[0].text == "Кметът на Пловдив откри нов мост над Марица."


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 70_000_000)
    return stream.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


REFUSED = {
    "empty": (b"", "a.txt", "empty"),
    "blank": (b" \n\n", "a.txt", "empty"),
    "nul": (b"abc\x00\x01\x02\xff", "a.txt", "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt", "binary"),
    "pdf": (b"%PDF-1.7 ...", "a.txt", "binary"),
    "zip as text": (zipped("a", b"b"), "a.txt", "binary"),
    "zip as docx": (zipped("a", b"b"), "a.docx", "not a docx"),
    "no docx": (b"hello", "a.docx", "not a docx"),
    "broken xml": (zipped("word/document.xml", b"<a"), "a.docx", "damaged"),
    "bomb": (bomb(), "a.docx", "unpacks to more than"),
    "too large": (b"a" * 20_000_001, "a.txt", "the limit for one article is 20 MB"),
    "invisible": ("\ufeff\u200b\u00ad".encode(), "a.txt", "no text"),
    "empty page": (b"<html><body></body></html>", "a.html", "no text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_article_is_refused_in_one_line(case: str) -> None:
    content, name, message = REFUSED[case]
    with pytest.raises(IngestError, match=message) as caught:
        read(content, name)
    assert "\n" not in caught.value.message and caught.value.hint


def test_another_language_is_not_forced_into_one_of_ours() -> None:
    with pytest.raises(UnsupportedLanguageError, match="Belarusian"):
        read(FOREIGN["be"].encode(), "a.txt")


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    tracemalloc.start()
    with pytest.raises(IngestError, match="100 MB; the limit"):
        load(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_long_single_line_is_read_in_good_time() -> None:
    started = time.perf_counter()
    reading = read((NEWS["ru"] + " ").encode() * 1500, "a.txt")
    assert len(reading.segments) > 1500
    read(("а" * 500_000 + " " + NEWS["ru"]).encode(), "a.txt")
    assert time.perf_counter() - started < 20


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_read_honestly_or_refused(noise: str, name: str) -> None:
    try:
        reading = read((noise + "\n\n" + BODY).encode("utf-8", "replace"), name, language="uk")
    except IngestError:
        return
    text = reading.article.text
    assert all(text[part.start : part.end] == part.text for part in reading.segments)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.docx", "-"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        read(content, name)
    except IngestError as error:
        assert "\n" not in error.message


def test_files_are_found_once_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "c.exe", "deep/d.html", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    wanted = [tmp_path / "a.md", tmp_path / "b.txt", tmp_path / "deep/d.html"]
    assert find([tmp_path, tmp_path / "b.txt", str(tmp_path / "*.md")]) == wanted
    assert find([tmp_path / "c.exe"]) == [tmp_path / "c.exe"]
    with pytest.raises(IngestError, match=r"nowhere\.txt"):
        find([tmp_path / "nowhere.txt"])
