"""What leaves comes back; human English is reused; parts of a corpus never share a story."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.stages.conftest import RUSSIAN, UKRAINIAN
from workbench import Project
from workbench.errors import ExchangeError, UsageError
from workbench.model import Concept, Status, Term, TermStatus, UnitQuery
from workbench.review import actions
from workbench.stages.exporting import Wanted


@pytest.fixture
def reviewed(project: Project) -> Project:
    """Five linked units with a reviewer's English; the first is rejected, the second accepted."""
    articles = {key: project.article(key) for key in (1, 2)}
    for number, (uk, ru) in enumerate(zip(project.segments(1), project.segments(2), strict=True)):
        project.apply(actions.link({1: [uk], 2: [ru]}, articles, number))
    for number, unit in enumerate(project.units(project.unit_ids())):
        project.apply(actions.edit_english(unit, f"English {number}."))
    first, second, *_ = project.units(project.unit_ids())
    project.apply(actions.set_status([first], Status.REJECTED))
    project.apply(actions.set_status([second], Status.ACCEPTED))
    return project


def test_rejected_units_stay_behind_unless_they_are_asked_for(reviewed: Project, tmp_path: Path) -> None:
    assert reviewed.export("tsv", tmp_path / "a.tsv").units == 4
    rejected = Wanted(UnitQuery(statuses=(Status.REJECTED,)))
    assert reviewed.export("tsv", tmp_path / "b.tsv", wanted=rejected).units == 1


def test_the_same_project_gives_the_same_bytes_and_a_manifest_that_says_so(reviewed: Project, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    for name in ("tmx", "jsonl", "csv"):
        reviewed.export(name, tmp_path / f"x.{name}")
        reviewed.export(name, tmp_path / "again" / f"x.{name}")
        assert (tmp_path / f"x.{name}").read_bytes() == (tmp_path / "again" / f"x.{name}").read_bytes()
        manifest = json.loads((tmp_path / f"x.{name}.manifest.json").read_bytes())
        assert manifest["written"] == 4 and "encoder:" in manifest["signature"]


def test_a_dry_run_counts_and_writes_nothing(reviewed: Project, tmp_path: Path) -> None:
    assert reviewed.export("tmx", tmp_path / "x.tmx", dry_run=True).units == 4
    assert not (tmp_path / "x.tmx").exists()


def test_a_failed_export_leaves_the_older_file(reviewed: Project, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="cannot write"):
        reviewed.export("tmx", tmp_path / "no" / "folder.tmx")
    with pytest.raises(UsageError, match="pair"):
        reviewed.export("xliff", tmp_path / "x.xlf")


#: Of the memory: its source goes out as it came in, whatever is compared.
SHOUTED = "УРЯД схвалив проєкт бюджету у середу вранці"


def test_xliff_marks_terms_and_offers_what_the_machine_and_the_memory_say(project: Project, tmp_path: Path) -> None:
    from workbench.database import memory, open_existing
    from workbench.progress import Silent
    from workbench.stages import rendering
    from workbench.translation import PassThrough

    database = open_existing(project.path)
    rendering.render(database, {"uk": PassThrough()}, Silent())
    memory.save(database, [("uk", SHOUTED, "Remembered.")], "old.tmx")
    project.save_concepts(
        [Concept("budget", (Term("uk", "бюджет"), Term("en", "budget"), Term("en", "purse", TermStatus.FORBIDDEN)))]
    )
    articles = {key: project.article(key) for key in (1, 2)}
    sentence = project.segments(1)[1]
    project.apply(actions.link({1: [sentence], 2: [project.segments(2)[1]]}, articles, 0))
    (unit,) = project.each_unit()
    project.apply(actions.edit_english(unit, "By hand."))

    def written(**settings: bool) -> etree._Element:
        project.export("xliff", tmp_path / "x.xlf", wanted=Wanted(pair=("uk", "en"), **settings))
        return etree.parse(tmp_path / "x.xlf").getroot()[0].find("{*}unit")

    found = written(with_memory=True)
    assert [mark.text for mark in found.iter("{*}mrk")] == ["бюджету"]
    assert [each.text for each in found.iterfind(".//{*}translation")] == ["budget"]
    offered = [(match.get("type"), match.find("{*}target").text) for match in found.iter("{*}match")]
    assert offered == [("mt", sentence.text), ("tm", "Remembered.")]
    assert [source.text for source in found.iterfind(".//{*}match/{*}source")][1] == SHOUTED
    assert [match.get("type") for match in written().iter("{*}match")] == ["mt"]


@pytest.mark.parametrize(("name", "pair"), [("tmx", None), ("xliff", ("uk", "ru")), ("docx", ("uk", "en"))])
def test_the_memory_is_not_silently_left_out(
    reviewed: Project, tmp_path: Path, name: str, pair: tuple[str, str] | None
) -> None:
    with pytest.raises(UsageError, match="XLIFF into English"):
        reviewed.export(name, tmp_path / "x.out", wanted=Wanted(pair=pair, with_memory=True))
    assert not list(tmp_path.glob("x.out*"))


@pytest.mark.parametrize("name", ["tmx", "jsonl", "tsv", "csv"])
def test_units_come_back_from_what_was_exported(reviewed: Project, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"x.{name}"
    reviewed.export(name, path)
    with Project.create(tmp_path / f"{name}.workbench") as other:
        preview = other.import_file(path, dry_run=True)
        assert preview.read == 4 and not preview.skipped and other.count_units() == 0
        other.import_file(path)
        before = [
            {variant.language: variant.text for variant in unit.variants}
            for unit in reviewed.each_unit()
            if unit.status is not Status.REJECTED
        ]
        after = [{v.language: v.text for v in unit.variants if v.language != "en"} for unit in other.each_unit()]
        assert after == before


def test_a_damaged_file_brings_nothing_in(tmp_path: Path, project: Project) -> None:
    (tmp_path / "bad.tmx").write_text("<tmx version='1.4'><body><tu>")
    with pytest.raises(ExchangeError):
        project.import_file(tmp_path / "bad.tmx")
    assert project.count_units() == 0


def test_a_reviewers_english_renders_the_same_sentence_elsewhere_without_a_model(
    reviewed: Project, tmp_path: Path
) -> None:
    from workbench.database import open_existing
    from workbench.progress import Silent
    from workbench.stages import rendering
    from workbench.translation import PassThrough

    repeated = UKRAINIAN.split("\n\n")[1] + "\n"
    added = reviewed.add_content(repeated.encode(), "again.txt", language="uk")
    assert added.article is not None
    database = open_existing(reviewed.path)
    (result,) = rendering.render(database, {"uk": PassThrough()}, Silent())
    assert result.remembered >= 2
    english = reviewed.renderings(segment.id for segment in reviewed.segments(added.article.id))
    assert {rendering.text for rendering in english.values()} == {"English 1.", "English 2."}


def test_parts_of_a_corpus_never_share_a_story(reviewed: Project, tmp_path: Path) -> None:
    for number in range(12):
        ids = [
            reviewed.add_content(text.replace("14", str(number + 30)).encode(), f"{name}{number}.txt").article
            for name, text in (("uk", UKRAINIAN), ("ru", RUSSIAN))
        ]
        keys = [article.id for article in ids if article]
        reviewed.place(keys, None)
        articles = {key: reviewed.article(key) for key in keys}
        passages = {key: [reviewed.segments(key)[1]] for key in keys}
        reviewed.apply(actions.link(passages, articles, 0))
    done = reviewed.export("jsonl", tmp_path / "x.jsonl", wanted=replace(Wanted(), split=(0.3, 0.3)))
    stories = [
        {json.loads(line).get("story") for line in path.read_text().splitlines() if '"story"' in line}
        for path in done.files
    ]
    assert sum(map(len, stories)) == len(set().union(*stories)) and done.units == 16


def test_what_was_undone_leaves_no_trace_in_a_file(reviewed: Project, tmp_path: Path) -> None:
    names = ("tmx", "tsv", "jsonl", "xliff")
    wanted = Wanted(pair=("uk", "en"))
    before = [reviewed.export(name, tmp_path / f"before.{name}", wanted=wanted).files[0].read_bytes() for name in names]
    last = reviewed.units(reviewed.unit_ids())[-1]
    reviewed.apply(actions.edit_english(last, "Something else."))
    assert reviewed.export("tsv", tmp_path / "edited.tsv").files[0].read_bytes() != before[1]
    reviewed.undo()
    after = [reviewed.export(name, tmp_path / f"after.{name}", wanted=wanted).files[0].read_bytes() for name in names]
    assert after == before


FOREIGN = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu tuid="abc" usagecount="3" creationid="anna"><prop type="client">Acme</prop><note>Ask Anna</note>
<tuv xml:lang="uk-UA" changeid="ivan"><note>seen</note><prop type="x-mood">calm</prop>
<seg>Це <bpt i="1">&lt;b&gt;</bpt>міст<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="ru"><seg>Это мост.</seg></tuv><tuv xml:lang="de"><seg>Eine Brücke.</seg></tuv></tu>
<tu><tuv xml:lang="uk"><seg>Один.</seg></tuv><tuv xml:lang="ru"><seg>Один.</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A memory of another program, with much that is not ours."""
    path = tmp_path / "agency.tmx"
    path.write_text(FOREIGN, "utf-8")
    return path


@pytest.mark.parametrize("way", ["tmx", "jsonl", "tsv", "csv"])
def test_what_we_do_not_understand_goes_through_the_project_and_out_again(
    project: Project, foreign: Path, tmp_path: Path, way: str
) -> None:
    project.import_file(foreign)
    project.export(way, tmp_path / f"out.{way}")
    if way != "tmx":  # the other formats carry it too
        with Project.create(tmp_path / "second.workbench") as second:
            second.import_file(tmp_path / f"out.{way}")
            second.export("tmx", tmp_path / "out.tmx")
    written = (tmp_path / "out.tmx").read_text("utf-8")
    for kept in ('tuid="abc"', 'usagecount="3"', 'creationid="anna"', "Acme", "Ask Anna", "uk-UA", 'changeid="ivan"'):
        assert kept in written
    for kept in ("<note>seen</note>", "calm", '<bpt i="1">&lt;b&gt;</bpt>міст', '<tuv xml:lang="de">', "Eine Brücke."):
        assert kept in written


def test_undo_of_a_unit_that_went_brings_back_what_another_program_said_of_it(
    project: Project, foreign: Path, tmp_path: Path
) -> None:
    project.import_file(foreign)
    unit = project.units(project.unit_ids())[0]
    project.apply(actions.take_out(unit, unit.variants[0].article_id))
    assert project.count_units() == 1
    project.undo()
    project.export("tmx", tmp_path / "out.tmx")
    assert "Acme" in (tmp_path / "out.tmx").read_text("utf-8")


def test_the_same_file_does_not_come_in_twice_and_another_of_its_name_does(project: Project, foreign: Path) -> None:
    assert project.import_file(foreign).read == 2
    again = project.import_file(foreign)
    assert (again.read, again.reasons.total(), project.count_units()) == (0, 2, 2)
    assert "earlier file" in again.skipped[0].reason
    foreign.write_text(FOREIGN.replace("Один.", "Два."), "utf-8")
    assert (project.import_file(foreign).read, project.count_units()) == (2, 4)
    assert len({article.path for article in project.articles()}) == len(project.articles())


def test_a_machines_english_is_still_called_the_machines_when_it_leaves(project: Project, tmp_path: Path) -> None:
    line = '{"variants": [{"language": "uk", "text": "Так"}, {"language": "ru", "text": "Да"}],'
    (tmp_path / "in.jsonl").write_text(line + ' "english": {"text": "Yes", "origin": "machine"}}', "utf-8")
    project.import_file(tmp_path / "in.jsonl")
    project.export("tmx", tmp_path / "out.tmx")
    assert '<prop type="x-english-origin">machine</prop>' in (tmp_path / "out.tmx").read_text("utf-8")


def test_a_long_file_comes_in_as_stories_of_bounded_length_and_keeps_its_own(project: Project, tmp_path: Path) -> None:
    rows = [f"Речення {number}.\tПредложение {number}.\t" for number in range(1, 1203)]
    rows += [f"Подія {number}.\tСобытие {number}.\t{number % 2 + 7}" for number in range(4)]
    (tmp_path / "long.tsv").write_text("\n".join(["uk\tru\tstory", *rows]), "utf-8")
    assert project.import_file(tmp_path / "long.tsv", dry_run=True).read == 1206
    assert (project.import_file(tmp_path / "long.tsv").read, project.count_units()) == (1206, 1206)
    sizes = [project.count_units(UnitQuery(story_id=story.id)) for story in project.stories()]
    assert sorted(filter(None, sizes)) == [2, 2, 202, 1000]


def test_texts_that_no_file_can_hold_are_mended_on_their_way_in(project: Project, tmp_path: Path) -> None:
    half = (
        '{"variants": [{"language": "uk", "text": "Т\\ud800к"}, {"language": "ru", "text": "Да"}], "note": "\\udc00",'
    )
    (tmp_path / "in.jsonl").write_text(half + ' "extras": {"client": "\\ud800"}}', "utf-8")
    assert project.import_file(tmp_path / "in.jsonl").read == 1
    (unit,) = project.each_unit()
    assert (unit.variants[0].text, unit.note) == ("Т\ufffdк", "\ufffd")


def test_an_import_that_breaks_off_leaves_nothing(project: Project, tmp_path: Path) -> None:
    rows = "\n".join(f"Речення {number}.,Предложение {number}." for number in range(2500))
    (tmp_path / "cut.csv").write_text(f'uk,ru\n{rows}\nЩе,"', "utf-8")
    articles = len(project.articles())
    with pytest.raises(ExchangeError, match="damaged"):
        project.import_file(tmp_path / "cut.csv")
    assert (project.count_units(), len(project.articles())) == (0, articles)


@pytest.mark.parametrize("name", ["tmx", "xliff", "moses", "docx"])
def test_a_preview_has_the_counts_of_the_export(reviewed: Project, tmp_path: Path, name: str) -> None:
    first, *_ = reviewed.units(reviewed.unit_ids())
    reviewed.apply(actions.set_status([first], Status.PROPOSED))
    (first,) = reviewed.units([first.id])
    reviewed.apply(actions.edit_english(first, ""))
    wanted = Wanted(pair=("uk", "en"), shortest=10)
    preview = reviewed.export(name, tmp_path / "x", wanted=wanted, dry_run=True)
    assert not list(tmp_path.glob("x*"))
    assert preview == reviewed.export(name, tmp_path / "x", wanted=wanted)
    assert preview.units + sum(preview.left_out.values()) == reviewed.count_units()


def test_what_stays_behind_is_counted_by_reason(reviewed: Project, tmp_path: Path) -> None:
    second = reviewed.units(reviewed.unit_ids())[1]
    reviewed.apply(actions.edit_english(second, ""))
    done = reviewed.export("tsv", tmp_path / "x.tsv", wanted=Wanted(UnitQuery(languages=("uk", "en"))))
    assert (done.units, done.left_out) == (3, {"languages": 1})
    assert json.loads((tmp_path / "x.tsv.manifest.json").read_bytes())["left_out"] == {"languages": 1}
    future = reviewed.export("tsv", tmp_path / "y.tsv", wanted=replace(Wanted(), since="2999-01-01"))
    assert (future.units, future.left_out) == (0, {"date": 4})


def test_units_with_findings_stay_behind_on_request(reviewed: Project, tmp_path: Path) -> None:
    third = reviewed.units(reviewed.unit_ids())[2]
    reviewed.apply(actions.edit_english(third, "The the answer, президент."))
    done = reviewed.export("jsonl", tmp_path / "x.jsonl", wanted=replace(Wanted(), without_findings=True))
    left = {json.loads(line)["id"] for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()}
    assert third.id not in left and done.left_out["findings"] == reviewed.count_units() - 1 - len(left)
