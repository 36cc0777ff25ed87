"""The desk in a browser on this machine: textual-serve on a random port of 127.0.0.1, behind a random token."""

import hmac
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import UsageError

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Middleware

_COOKIE = "workbench"
_HOST = "127.0.0.1"


def serve(path: Path, *, reviewer: str | None = None) -> None:
    """Serve the desk until Ctrl+C; the address with its token is printed, and opens nothing without it.

    Raises:
        UsageError: The extra `web` is not installed.
        ProjectError: The project cannot be opened.
    """
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise UsageError(
            "review in a browser needs textual-serve", "Install it with: pip install 'translation-workbench[web]'"
        ) from error
    from workbench.project import Project

    Project.open(path).close()
    port, token = free_port(), secrets.token_urlsafe(24)
    command = [sys.executable, "-m", "tui.web", str(path), *([reviewer] if reviewer else [])]

    class Guarded(Server):
        """Lets in only whoever knows the token, and only under the address that it was served at."""

        async def _make_app(self) -> "web.Application":
            app = await super()._make_app()
            app.middlewares.append(guard(token, f"{_HOST}:{port}"))
            app.on_response_prepare.append(keep_home(f"{_HOST}:{port}"))
            return app

        async def on_startup(self, app: "web.Application") -> None:
            print(f"http://{_HOST}:{port}/?token={token}", flush=True)
            print("Open this address in a browser on this machine. Ctrl+C ends it.", file=sys.stderr)

    Guarded(shlex.join(command), host=_HOST, port=port, title=path.name).serve()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


Handler = Callable[["web.Request"], Awaitable["web.StreamResponse"]]


def guard(token: str, address: str) -> "Middleware":
    """Return a middleware that refuses requests without the token.

    The token is given once in the address and kept in a cookie from then on. Requests under another host name
    (DNS rebinding) or from a page of another origin are refused whatever they know.
    """
    from aiohttp import web

    @web.middleware
    async def check(request: "web.Request", handler: Handler) -> "web.StreamResponse":
        origin = request.headers.get("Origin", f"http://{address}")
        if request.host != address or origin != f"http://{address}":
            raise web.HTTPForbidden(text="wrong address")
        if request.path == "/" and "token" in request.query:
            if not hmac.compare_digest(request.query["token"].encode(), token.encode()):
                raise web.HTTPForbidden(text="wrong token")
            welcome = web.HTTPFound("/")
            welcome.set_cookie(_COOKIE, token, httponly=True, samesite="Strict")
            raise welcome
        if not hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), token.encode()):
            raise web.HTTPForbidden(text="no token: use the address that the workbench printed")
        return await handler(request)

    return check


def keep_home(address: str) -> Callable[["web.Request", "web.StreamResponse"], Awaitable[None]]:
    """Return what tells the browser to fetch nothing from elsewhere: the page names a font of another server."""

    async def add(request: "web.Request", response: "web.StreamResponse") -> None:
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws://{address}"
        )
        response.headers["Referrer-Policy"] = "no-referrer"

    return add


def main() -> None:
    """Run the desk for one browser window: `python -m tui.web PROJECT [REVIEWER]`."""
    import tui

    tui.run(Path(sys.argv[1]), reviewer=sys.argv[2] if len(sys.argv) > 2 else None)


if __name__ == "__main__":
    main()
