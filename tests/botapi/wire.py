"""HTTP/1.1 over loopback with nothing to spare: a server on httptools.

Own code, because the tests must be able to cut a connection at a chosen moment, and because the load
generator shares one core with this server: a general framework would be most of what is measured.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, cast

import httptools

MAX_BODY = 50 * 1024 * 1024
_REASONS = {200: b"OK", 400: b"Bad Request", 401: b"Unauthorized", 403: b"Forbidden", 404: b"Not Found"}


@dataclass(slots=True)
class Request:
    """One request; header names are lower case."""

    method: str
    target: bytes
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition(b"?")[0].decode("latin-1")

    @property
    def query(self) -> str:
        return self.target.partition(b"?")[2].decode("latin-1")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `cut` resets the connection instead of answering."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content_type: str = "application/json"
    cut: bool = False


Handler = Callable[[Request], Answer | Awaitable[Answer]]


class Gathering:
    """What both directions share: httptools calls these while it reads."""

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        self.chunks: list[bytes] = []
        self.size = 0

    def on_message_begin(self) -> None:
        self.headers = {}
        self.chunks = []
        self.size = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        self.size += len(body)
        if self.size > MAX_BODY:
            raise ValueError("the body is larger than the Bot API takes")
        self.chunks.append(body)


class _ServerSide(Gathering, asyncio.Protocol):
    def __init__(
        self,
        handler: Handler,
        open_transports: set[asyncio.Transport],
        tasks: set[asyncio.Task[None]],
    ) -> None:
        super().__init__()
        self._handler = handler
        self._open = open_transports
        self._tasks = tasks
        self._parser = httptools.HttpRequestParser(self)
        self._target = b""
        self._waiting: deque[Request] = deque()
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._open.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        # A request under way goes on: like the real server, this one cannot unsend what it was told to send.
        if self._transport is not None:
            self._open.discard(self._transport)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, ValueError):
            self._write(Answer(400, b"{}"))
            if self._transport is not None:
                self._transport.close()

    def on_url(self, url: bytes) -> None:
        self._target = self._target + url

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._target = b""

    def on_message_complete(self) -> None:
        method = self._parser.get_method().decode("ascii")
        request = Request(method, self._target, self.headers, b"".join(self.chunks))
        if self._task is None:
            self._serve(request)
        else:  # pipelined: answers keep the order of the requests
            self._waiting.append(request)

    def _serve(self, request: Request) -> None:
        result = self._handler(request)
        if isinstance(result, Answer):
            self._write(result)
        else:
            self._task = asyncio.get_running_loop().create_task(self._serve_later(result))
            self._tasks.add(self._task)
            self._task.add_done_callback(self._tasks.discard)

    async def _serve_later(self, result: Awaitable[Answer]) -> None:
        answer = await result
        self._write(answer)
        while self._waiting:
            following = self._handler(self._waiting.popleft())
            self._write(following if isinstance(following, Answer) else await following)
        self._task = None

    def _write(self, answer: Answer) -> None:
        transport = self._transport
        if transport is None:
            return
        if answer.cut:
            reset(transport)
            return
        head = [
            b"HTTP/1.1 %d %s\r\n" % (answer.status, _REASONS.get(answer.status, b"-")),
            b"content-type: %s\r\ncontent-length: %d\r\n" % (answer.content_type.encode(), len(answer.body)),
        ]
        head += [f"{name}: {value}\r\n".encode("latin-1") for name, value in answer.headers.items()]
        transport.write(b"".join((*head, b"\r\n", answer.body)))


def reset(transport: asyncio.Transport) -> None:
    """Cut a connection so that the other side sees a reset, not a polite end."""
    sock = transport.get_extra_info("socket")
    if sock is not None:
        # Lingering for zero seconds makes the kernel send RST instead of FIN.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class HttpServer:
    """A loopback server for one handler; use as an async context manager."""

    def __init__(self, handler: Handler, host: str = "127.0.0.1", port: int = 0) -> None:
        self._handler = handler
        self._host = host
        self._wanted_port = port
        self._open: set[asyncio.Transport] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.AbstractServer | None = None
        self.port = port

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: _ServerSide(self._handler, self._open, self._tasks), self._host, self._wanted_port, backlog=2048
        )
        self._server = server
        self.port = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        for transport in list(self._open):
            transport.abort()
        if self._server is not None:
            await self._server.wait_closed()
