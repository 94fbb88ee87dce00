"""A keep-alive HTTP client on httptools: what delivers updates, in the tests and in the benchmark."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import httptools

from tests.botapi.wire import Gathering


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """What the other side answered; header names are lower case."""

    status: int
    headers: Mapping[bytes, bytes]
    body: bytes


class _ClientSide(Gathering, asyncio.Protocol):
    def __init__(self) -> None:
        super().__init__()
        self._parser = httptools.HttpResponseParser(self)
        self._future: asyncio.Future[ClientAnswer] | None = None
        self._transport: asyncio.Transport | None = None
        self.used = False

    @property
    def alive(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._fail(exc or ConnectionResetError("closed without an answer"))

    def send(self, data: bytes) -> asyncio.Future[ClientAnswer]:
        future: asyncio.Future[ClientAnswer] = asyncio.get_running_loop().create_future()
        self._future = future
        if self._transport is None:
            future.set_exception(ConnectionResetError("already closed"))
        else:
            self._transport.write(data)
        return future

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, ValueError) as error:
            self._fail(ConnectionError(f"not HTTP: {error}"))
            self.close()

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return
        keep = self._parser.should_keep_alive()
        future, self._future = self._future, None
        if future is not None and not future.done():
            future.set_result(ClientAnswer(status, self.headers, b"".join(self.chunks)))
        if not keep:
            self.close()

    def _fail(self, error: Exception) -> None:
        future, self._future = self._future, None
        if future is not None and not future.done():
            future.set_exception(error)


class HttpClient:
    """Posts to one host over at most `connections` kept-alive connections.

    Raises OSError when the connection breaks or nothing has come back after `timeout` seconds; the request
    may then have been carried out or not, as on any network.
    """

    def __init__(self, host: str, port: int, connections: int = 40, timeout: float = 60.0) -> None:
        self._host = host
        self._port = port
        self._timeout = timeout
        self._slots = asyncio.Semaphore(connections)
        self._idle: list[_ClientSide] = []
        self._host_header = f"{host}:{port}".encode("ascii")

    async def post(self, path: str, body: bytes, headers: bytes = b"") -> ClientAnswer:
        """POST JSON; `headers` are ready-made lines, each ended by CRLF."""
        data = b"".join(
            (
                b"POST %s HTTP/1.1\r\nhost: %s\r\n" % (path.encode("latin-1"), self._host_header),
                b"content-type: application/json\r\ncontent-length: %d\r\n" % len(body),
                headers,
                b"\r\n",
                body,
            )
        )
        async with self._slots:
            connection = await self._connection()
            timer = asyncio.get_running_loop().call_later(self._timeout, connection.close)
            try:
                answer = await connection.send(data)
            except BaseException:
                connection.close()
                raise
            finally:
                timer.cancel()
            if connection.alive:
                self._idle.append(connection)
            return answer

    async def _connection(self) -> _ClientSide:
        while self._idle:
            connection = self._idle.pop()
            if connection.alive:
                return connection
        loop = asyncio.get_running_loop()
        _, fresh = await loop.create_connection(_ClientSide, self._host, self._port)
        return fresh

    def close(self) -> None:
        """Drop the idle connections."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()
