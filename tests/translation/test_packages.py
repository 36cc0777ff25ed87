"""Packages on the machine: found, installed from file, directory and a real server, refused when unsafe."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import toy

from workbench.errors import Cancelled, ModelError, UsageError
from workbench.progress import Silent
from workbench.translation import PackageOrigin, available, engine_for, install, installed, remove, verify
from workbench.translation.package_info import describe


@dataclass
class Server:
    """A web server on this machine that gives what a test lays out: bytes, or fewer than it promised."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    promised: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def lay_out(self, package: bytes, *links: str, **entry: object) -> str:
        """Serve a package and an index that offers it; return the index's address."""
        self.files["/uk.argosmodel"] = package
        listed = {
            "type": "translate",
            "package_version": "1.9",
            "from_code": "uk",
            "to_code": "en",
            "links": [link if "://" in link else self.address + link for link in links or ("/uk.argosmodel",)],
            **entry,
        }
        other = {"type": "sbd", "from_codes": ["uk"], "links": []}
        older = {**listed, "package_version": "1.8", "links": [self.address + "/older"]}
        self.files["/index.json"] = json.dumps([older, other, listed]).encode()
        return self.address + "/index.json"


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    laid_out = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            laid_out.asked.append(self.path)
            body = laid_out.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(laid_out.promised.get(self.path, len(body))))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    laid_out.address = f"http://127.0.0.1:{running.server_port}"
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield laid_out
    running.shutdown()
    running.server_close()


def refused(cause: Callable[[], object], *parts: str) -> ModelError:
    """Check that something fails in one line that names the parts, with a hint."""
    with pytest.raises(ModelError) as caught:
        cause()
    assert all(part in caught.value.message for part in parts), caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


def left_over(home: Path) -> list[str]:
    """Everything in and beside a package directory, to see that a failed installation leaves nothing."""
    beside = [path.name for path in home.parent.iterdir() if path.name.startswith(".workbench")]
    return beside + ([path.name for path in home.iterdir()] if home.exists() else [])


def archive_with(file: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return file


def test_a_package_says_what_it_is(uk_en: Path) -> None:
    info = describe(uk_en)
    assert (info.from_code, info.to_code, info.name, info.version) == ("uk", "en", "uk_en", "1.9")
    assert (info.licence, dict(info.scores), info.longest, info.problem) == ("CC0", {"toy-bleu": 99.0}, 12, "")
    assert info.size == sum(path.stat().st_size for path in uk_en.rglob("*") if path.is_file())
    assert info.origin is PackageOrigin.USER


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        (b"{", "no readable metadata.json"),
        (b"\xff\xfe", "no readable metadata.json"),
        (b"[" * 100_000, "no readable metadata.json"),
        (b"[]", "names no language pair"),
        (b'{"from_code": "uk"}', "names no language pair"),
        (b'{"from_code": "../..", "to_code": "en"}', "names no language pair"),
        (b'{"from_code": "uk", "to_code": "en", "max_source_tokens": "x"}', "lacks its tokenizer"),
    ],
)
def test_a_damaged_package_says_what_is_wrong(tmp_path: Path, metadata: bytes, problem: str) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "metadata.json").write_bytes(metadata)
    info = describe(tmp_path / "damaged")
    assert problem in info.problem
    assert "damaged" in info.problem
    assert verify(info) == [info.problem]


def test_a_sound_package_verifies_and_a_spoilt_model_does_not(uk_en: Path, tmp_path: Path) -> None:
    assert verify(uk_en) == []
    spoilt = shutil.copytree(uk_en, tmp_path / "spoilt")
    model = spoilt / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:-1000])
    problems = verify(spoilt)
    assert len(problems) == 1
    assert "spoilt" in problems[0]
    (spoilt / "sentencepiece.model").write_bytes(b"nonsense")
    assert "tokenizer" in verify(spoilt)[0]


def test_installing_a_file_puts_it_where_argos_translate_finds_it(package_file: Path, own_directories: Path) -> None:
    from argostranslate.package import Package

    info = install(package_file)
    assert info.path == own_directories / "translate-uk_en-1_9"
    assert [each.path for each in installed(starter=False)] == [info.path]
    assert Package(info.path).from_code == "uk"
    assert engine_for("uk").render(["дім"])[0].text == "house"
    assert left_over(own_directories) == [info.path.name]


def test_installing_a_directory_and_installing_again(uk_en: Path, own_directories: Path) -> None:
    first = install(uk_en)
    (first.path / "mark").touch()
    assert install(uk_en).path == first.path
    assert not (first.path / "mark").exists()
    assert left_over(own_directories) == [first.path.name]


def test_removing_by_pair_and_by_directory(package_file: Path, own_directories: Path) -> None:
    install(package_file)
    assert [info.name for info in remove("uk-en")] == ["uk_en"]
    install(package_file)
    assert [info.name for info in remove("translate-uk_en-1_9")] == ["uk_en"]
    assert left_over(own_directories) == []
    refused(lambda: remove("uk_en"), "uk_en")
    refused(lambda: remove(".."), "..")


def test_removing_a_link_leaves_what_it_points_to(uk_en: Path, own_directories: Path) -> None:
    own_directories.mkdir()
    (own_directories / "mine").symlink_to(uk_en)
    remove("mine")
    assert left_over(own_directories) == []
    assert verify(uk_en) == []


def test_packages_of_another_type_are_not_listed(own_directories: Path) -> None:
    (own_directories / "sbd").mkdir(parents=True)
    (own_directories / "sbd" / "metadata.json").write_text('{"type": "sbd", "from_codes": ["uk"]}')
    assert installed(starter=False) == []


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "a\\..\\evil", "C:/evil"])
def test_an_entry_that_leaves_the_package_is_refused(tmp_path: Path, own_directories: Path, name: str) -> None:
    file = archive_with(tmp_path / "bad.argosmodel", {"p/metadata.json": b"{}", name: b"x"})
    refused(lambda: install(file), "bad.argosmodel", "not safe")
    assert left_over(own_directories) == []
    assert not list(tmp_path.rglob("evil"))


def test_a_link_is_refused_in_a_file_and_in_a_directory(uk_en: Path, tmp_path: Path, own_directories: Path) -> None:
    file = tmp_path / "bad.argosmodel"
    entry = zipfile.ZipInfo("p/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    refused(lambda: install(file), "bad.argosmodel", "not safe")
    linked = shutil.copytree(uk_en, tmp_path / "linked")
    (linked / "README.md").symlink_to("/etc/passwd")
    refused(lambda: install(linked), "linked", "README.md")
    assert left_over(own_directories) == []


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, own_directories: Path) -> None:
    file = tmp_path / "bomb.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("p/model.bin", "w") as entry:
        for _ in range(110):
            entry.write(bytes(1 << 20))
    refused(lambda: install(file), "bomb.argosmodel", "110 MB")
    assert left_over(own_directories) == []


@pytest.mark.parametrize(
    "spoil", [lambda body: body[: len(body) // 2], lambda body: b"", lambda body: b"PK" + body[9:]]
)
def test_a_damaged_file_is_named_and_nothing_is_installed(
    package_file: Path, tmp_path: Path, own_directories: Path, spoil: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "damaged.argosmodel"
    file.write_bytes(spoil(package_file.read_bytes()))
    refused(lambda: install(file), "damaged.argosmodel")
    assert left_over(own_directories) == []


def test_one_flipped_byte_in_a_file_is_noticed(package_file: Path, tmp_path: Path, own_directories: Path) -> None:
    body = bytearray(package_file.read_bytes())
    body[len(body) // 2] ^= 0xFF
    file = tmp_path / "flipped.argosmodel"
    file.write_bytes(body)
    refused(lambda: install(file), "flipped.argosmodel")
    assert left_over(own_directories) == []


def test_a_zip_without_a_package_is_refused(tmp_path: Path) -> None:
    file = archive_with(tmp_path / "other.argosmodel", {"readme.txt": b"x"})
    refused(lambda: install(file), "other.argosmodel", "metadata.json")


def test_a_failed_installation_leaves_the_old_package(uk_en: Path, tmp_path: Path, own_directories: Path) -> None:
    old = install(uk_en)
    spoilt = shutil.copytree(uk_en, tmp_path / "spoilt")
    (spoilt / "model" / "model.bin").write_bytes(b"x")
    refused(lambda: install(spoilt), "spoilt")
    assert verify(old) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_cannot_be_written_is_named(package_file: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    refused(lambda: install(package_file, packages_dir=tmp_path / "packages"), "packages")
    tmp_path.chmod(0o700)


def test_a_file_in_the_way_of_the_package_directory_is_named(package_file: Path, tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("a file")
    refused(lambda: install(package_file, packages_dir=tmp_path / "packages"), "packages")


def test_what_is_neither_file_nor_pair_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"no/such\.argosmodel"):
        install("no/such.argosmodel")


@pytest.mark.parametrize("pair", ["uk", "uk_en", "uk-en", "UK-EN"])
def test_a_pair_is_fetched_from_the_index(
    server: Server, package_file: Path, monkeypatch: pytest.MonkeyPatch, pair: str, own_directories: Path
) -> None:
    body = package_file.read_bytes()
    server.lay_out(body, size=len(body), sha256=hashlib.sha256(body).hexdigest())
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address + "/")
    info = install(pair)
    assert (info.origin, info.version) == (PackageOrigin.OFFICIAL, "1.9")
    assert verify(info) == []
    assert server.asked == ["/index.json", "/uk.argosmodel"]
    assert left_over(own_directories) == [info.path.name]


def test_the_index_lists_translation_packages_only(server: Server) -> None:
    entries = available(server.lay_out(b""))
    assert [(entry.name, entry.version) for entry in entries] == [("uk_en", "1.8"), ("uk_en", "1.9")]


def test_the_next_link_is_tried_when_one_fails(server: Server, package_file: Path) -> None:
    index = server.lay_out(package_file.read_bytes(), "ipfs://x", "/gone", "/uk.argosmodel")
    assert install("uk", index_url=index).name == "uk_en"
    assert server.asked == ["/index.json", "/gone", "/uk.argosmodel"]


def test_a_truncated_download_is_noticed(server: Server, package_file: Path, own_directories: Path) -> None:
    body = package_file.read_bytes()
    index = server.lay_out(body[:-100])
    server.promised["/uk.argosmodel"] = len(body)
    refused(lambda: install("uk", index_url=index), "uk_en", f"{len(body) - 100} bytes arrived of {len(body)}")
    assert left_over(own_directories) == []


def test_a_wrong_size_and_a_wrong_checksum_are_noticed(
    server: Server, package_file: Path, own_directories: Path
) -> None:
    body = package_file.read_bytes()
    index = server.lay_out(body, size=len(body) + 1)
    refused(lambda: install("uk", index_url=index), "uk_en", "bytes arrived")
    index = server.lay_out(body, sha256="0" * 64)
    refused(lambda: install("uk", index_url=index), "uk_en", "checksum")
    assert left_over(own_directories) == []


def test_an_unsafe_download_is_refused(server: Server, tmp_path: Path, own_directories: Path) -> None:
    file = archive_with(tmp_path / "slip", {"p/metadata.json": b"{}", "../../evil": b"x"})
    index = server.lay_out(file.read_bytes())
    refused(lambda: install("uk", index_url=index), "uk_en.argosmodel", "not safe")
    assert left_over(own_directories) == []


def test_a_missing_file_a_missing_pair_and_a_missing_index(server: Server) -> None:
    index = server.lay_out(b"", "/gone")
    refused(lambda: install("uk", index_url=index), "uk_en", "the server answers 404")
    refused(lambda: install("bg", index_url=index), "bg_en")
    refused(lambda: install("uk", index_url=server.address + "/nothing.json"), "nothing.json", "404")


@pytest.mark.parametrize("body", [b"<html>", b"[" * 100_000, b"{}", b"\xff\xfe\x00", b"null"])
def test_what_is_no_index_is_refused(server: Server, body: bytes) -> None:
    server.files["/index.json"] = body
    refused(lambda: available(server.address + "/index.json"), "index.json", "not a package index")


def test_an_index_full_of_nonsense_offers_nothing(server: Server) -> None:
    server.files["/index.json"] = b'[1, null, {}, {"from_code": 1, "to_code": "en", "links": []}, {"from_code": "uk"}]'
    assert available(server.address + "/index.json") == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/index.json", "http://no.such.host.invalid/index.json"])
def test_without_a_network_the_error_says_what_to_do(address: str) -> None:
    error = refused(lambda: install("uk", index_url=address), address, "cannot be reached")
    assert ".argosmodel" in error.hint


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/index.json"])
def test_only_http_is_asked(server: Server, address: str) -> None:
    refused(lambda: available(address), address)
    index = server.lay_out(b"", address)
    refused(lambda: install("uk", index_url=index), "no http link")


def test_a_server_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from workbench.translation import index

    monkeypatch.setattr(index, "_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/index.json"
        refused(lambda: available(address), "timed out")


def test_a_download_can_be_stopped_and_leaves_nothing(
    server: Server, package_file: Path, own_directories: Path
) -> None:
    class Stop(Silent):
        def advance(self, steps: int = 1) -> None:
            raise Cancelled("stopped")

    index = server.lay_out(package_file.read_bytes())
    with pytest.raises(Cancelled):
        install("uk", index_url=index, progress=Stop())
    assert left_over(own_directories) == []


def test_a_home_that_cannot_be_written_hinders_nothing(uk_en: Path) -> None:
    """In a process of its own: importing argostranslate makes directories in the home, and fails where it cannot."""
    code = f"""
from pathlib import Path
from workbench.errors import ModelError
from workbench.translation import engine_for, install, installed
assert installed(starter=False) == []
assert engine_for("uk", Path({str(uk_en.parent)!r})).render(["дім"])[0].text == "house"
try:
    install({str(uk_en)!r})
except ModelError as error:
    assert "/dev/null/.local/share/argos-translate/packages" in error.message, error.message
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS", "XDG"))}
    done = subprocess.run([sys.executable, "-c", code], env={**environment, "HOME": "/dev/null"}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_a_starter_that_cannot_be_unpacked_does_not_hide_the_users_packages(
    uk_en: Path, own_directories: Path, tmp_path: Path
) -> None:
    install(uk_en)
    (tmp_path / "data").write_text("a file in the way")
    mine, starter = installed()
    assert (mine.name, mine.problem) == ("uk_en", "")
    assert (starter.name, starter.origin) == ("starter", PackageOrigin.STARTER)
    assert "starter" in starter.problem
    assert engine_for("uk").render(["дім"])[0].text == "house"
    refused(lambda: engine_for("bg"), "starter")


def test_a_byte_pair_package_loads_as_well(uk_en: Path, tmp_path: Path) -> None:
    """Older official packages have `bpe.model` in place of a sentencepiece model."""
    path = toy.build(tmp_path / "bpe", dictionary=toy.UK_EN)
    (path / "sentencepiece.model").unlink()
    (path / "bpe.model").write_text("#version: 0.2\nд і\n", encoding="utf-8")
    assert describe(path).problem == ""
    assert verify(path) == []
