"""The stand-in marketplaces as a local TLS server.

A browser started with `--host-resolver-rules=MAP * 127.0.0.1:PORT` asks for the sites' real addresses and gets these
answers.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import threading
from collections import Counter, deque
from dataclasses import dataclass
from types import TracebackType
from typing import Literal
from urllib.parse import parse_qsl

import trustme
from aiohttp import web
from multidict import CIMultiDict

from sandbox import SandboxError
from sandbox.catalogue import Catalogue
from sandbox.exchange import REFUSED_TO_ALL, TEXT, Asked, Face, Reply, not_found
from sandbox.faces import FACES, group_of
from sandbox.pictures import Pictures, serves
from sandbox.search import Recommend
from sandbox.walls import Gate, Wall

ADDRESS = "127.0.0.1"
# Requests that are remembered one by one; counts go on for ever.
REMEMBERED = 100_000
# A query of 10,000 characters, percent-encoded twice over in a JSONP address, still gets an answer.
MAX_ADDRESS = 512 * 1024
# An answer under way gets this long when the sandbox closes.
GRACE_S = 0.5
WELCOME = b"User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came. kind : home, search, goods, token, recommend, detail, details, description, shop,
    shop_goods, shop_module, shop_card, bundle, account, picture, ad, wall, login, punish, gone, script, robots,
    refused, unknown"""

    host: str
    path_qs: str
    kind: str


class Sandbox:
    """The marketplaces of a catalogue, for as long as the `with` block lasts.

    port : 0 takes any free one; `box.port` says which
    wall, after : a wall that stands once a site has given so many answers with goods (see `sandbox.walls`)
    wall_site : the only marketplace that puts it up, with those that share its login; None: all of them
    delay : seconds before every answer
    robots : "permissive", or "real": as the sites have it, all is disallowed
    recommend : what a search that finds nothing shows (see `sandbox.search.make_finder`)
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        port: int = 0,
        wall: Wall | None = None,
        wall_site: str | None = None,
        after: int = 0,
        delay: float = 0.0,
        robots: Literal["permissive", "real"] = "permissive",
        recommend: Recommend = "auto",
    ) -> None:
        self.port = port
        self.delay = delay
        gates = {group: Gate(after=after) for group in FACES}
        self._walled = gates if wall_site is None else {group_of(wall_site): gates[group_of(wall_site)]}
        self.wall = wall
        self._robots = robots
        self._pictures = Pictures(catalogue.goods, catalogue.folder)
        self._faces: tuple[Face, ...] = tuple(
            face(catalogue, self._pictures, gates[group], recommend) for group, face in FACES.items()
        )
        self._is_picture_host = serves({host for face in self._faces for host in face.picture_hosts})
        self._seen = deque[Seen](maxlen=REMEMBERED)
        self._counts = Counter[str]()
        self._ready = threading.Event()
        self._failure: BaseException | None = None

    @property
    def wall(self) -> Wall | None:
        """The wall that is up or will be; may be set at any time, which counts `after` anew."""
        return next(iter(self._walled.values())).wall

    @wall.setter
    def wall(self, wall: Wall | None) -> None:
        for gate in self._walled.values():
            gate.set(wall)

    @property
    def requests(self) -> tuple[Seen, ...]:
        """What was asked so far, oldest first."""
        return tuple(self._seen)

    @property
    def counts(self) -> Counter[str]:
        """How often each kind of request was answered; a copy."""
        return self._counts.copy()

    def __enter__(self) -> Sandbox:
        """Listen. Raises SandboxError."""
        self._authority = trustme.CA()
        self._socket = _listening(self.port)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise SandboxError(f"the sandbox did not start: {self._failure}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._close.set)
        self._thread.join()

    def trust(self, context: ssl.SSLContext) -> None:
        """Make a client's context accept the sandbox's certificate."""
        self._authority.configure_trust(context)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # told by __enter__, which waits in another thread
            self._failure = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._close = asyncio.get_running_loop(), asyncio.Event()
        server = web.Server(self._handle, max_line_size=MAX_ADDRESS, max_field_size=MAX_ADDRESS, access_log=None)
        runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=GRACE_S)
        await runner.setup()
        await web.SockSite(runner, self._socket, ssl_context=self._tls()).start()
        self._ready.set()
        await self._close.wait()
        await runner.cleanup()

    def _tls(self) -> ssl.SSLContext:
        names = sorted({name for face in self._faces for name in (*face.hosts, *map(_any_label, face.picture_hosts))})
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names).configure_cert(context)
        return context

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.delay > 0:
            await asyncio.sleep(self.delay)
        asked = await _asked(request)
        may = request.method in ("GET", "HEAD") or _is_call(request)
        reply = self._reply(asked) if may else Reply(kind="refused", status=405)
        self._seen.append(Seen(asked.host, asked.path_qs, reply.kind))
        self._counts[reply.kind] += 1
        return _response(reply)

    def _reply(self, asked: Asked) -> Reply:
        if self._is_picture_host(asked.host):
            return self._told(REFUSED_TO_ALL) if asked.path == "/robots.txt" else self._pictures.reply(asked.path)
        for face in self._faces:
            reply = face.reply(asked)
            if reply is not None:
                return self._told(face.robots) if asked.path == "/robots.txt" else reply
        return not_found()

    def _told(self, robots: bytes) -> Reply:
        return Reply(kind="robots", body=robots if self._robots == "real" else WELCOME, content_type=TEXT)


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(128)
    except OverflowError:
        listener.close()
        raise SandboxError(f"port {port} is no port (0 to 65535)") from None
    except OSError as error:
        listener.close()
        in_use = error.errno == errno.EADDRINUSE
        raise SandboxError(f"port {port} is in use" if in_use else f"port {port}: {error.strerror}") from None
    return listener


def _any_label(host: str) -> str:
    return f"*.{host.partition('.')[2]}"


def _is_call(request: web.BaseRequest) -> bool:
    """A call to the gateway may have its parameters in the body, as a shop's page of 1688 sends them."""
    return request.method == "POST" and request.path.startswith("/h5/")


async def _asked(request: web.BaseRequest) -> Asked:
    form = parse_qsl((await request.read()).decode(errors="replace")) if _is_call(request) else ()
    return Asked(
        host=request.host.rpartition("@")[2].partition(":")[0].lower(),
        path=request.path,
        query={**dict(form), **request.query},
        cookies=dict(request.cookies),
        origin=request.headers.get("Origin"),
        path_qs=request.path_qs,
    )


def _response(reply: Reply) -> web.StreamResponse:
    headers = CIMultiDict([("Content-Type", reply.content_type), ("Cache-Control", "no-store"), *reply.headers])
    if reply.file:
        return web.FileResponse(reply.file, status=reply.status, headers=headers)
    return web.Response(body=reply.body, status=reply.status, headers=headers)
