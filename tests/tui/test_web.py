"""The desk in a browser: nobody gets in without the token, and whoever has it sees the desk."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")


@pytest.fixture
def address(path: Path) -> object:
    code = f"from pathlib import Path; from tui.web import serve; serve(Path({str(path)!r}))"
    folder = Path(__file__).parents[2]
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}
    )
    assert program.stdout is not None
    printed = program.stdout.readline().decode().strip()
    parts = urlsplit(printed)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((str(parts.hostname), int(parts.port or 0))) == 0:
                break
        time.sleep(0.1)
    yield printed
    program.terminate()
    program.wait(10)


async def test_only_the_token_opens_the_desk(address: str) -> None:
    parts = urlsplit(address)
    base = f"http://{parts.netloc}"
    assert parts.hostname == "127.0.0.1"
    async with aiohttp.ClientSession() as stranger:
        for path in ("/", "/ws", "/static/js/textual.js", "/?token=guess"):
            assert (await stranger.get(base + path)).status == 403
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as guest:
        page = await guest.get(address)
        assert page.status == 200
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert (await guest.get(base, headers={"Host": "evil.example"})).status == 403
        assert (await guest.get(f"{base}/ws", headers={"Origin": "http://evil.example"})).status == 403
        async with guest.ws_connect(f"{base}/ws?width=80&height=24") as desk:
            await desk.send_str(json.dumps(["resize", {"width": 80, "height": 24}]))
            seen = b""
            while "Мост".encode() not in seen and "мост".encode() not in seen:
                message = await desk.receive(timeout=30)
                assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT)
                seen += message.data if isinstance(message.data, bytes) else message.data.encode()
