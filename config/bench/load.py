"""A small load generator: keep-alive sockets, one thread a user, latency of every request."""

import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)


@dataclass
class Answer:
    status: int
    headers: bytes
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        found = re.search(rf"^{name}: *([^\r\n]*)".encode(), self.headers, re.I | re.M)
        return found.group(1).decode() if found else ""


class Browser:
    """One keep-alive connection with a cookie jar; follows no redirect by itself."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.cookies: dict[str, str] = {}
        self.sock: socket.socket | None = None
        self.left = b""

    def get(self, path: str) -> Answer:
        return self._send(f"GET {path} HTTP/1.1\r\n{self._head()}\r\n".encode())

    def post(self, path: str, body: str) -> Answer:
        data = body.encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head()}Origin: http://{self.host}:{self.port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return self._send(head.encode() + data)

    def _head(self) -> str:
        cookie = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return f"Host: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n" + (
            f"Cookie: {cookie}\r\n" if cookie else ""
        )

    def _send(self, request: bytes) -> Answer:
        for attempt in (1, 2):
            try:
                if self.sock is None:
                    self.sock = socket.create_connection((self.host, self.port), timeout=60)
                    self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.left = b""
                self.sock.sendall(request)
                return self._read()
            except (ConnectionError, BrokenPipeError):
                self.sock = None
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _read(self) -> Answer:
        assert self.sock is not None
        data = self.left
        while (end := data.find(b"\r\n\r\n")) < 0:
            chunk = self.sock.recv(65536)
            if not chunk:
                raise ConnectionError("closed by server")
            data += chunk
        head, body = data[:end], data[end + 4 :]
        found = _LENGTH.search(head)
        length = int(found.group(1)) if found else 0
        while len(body) < length:
            chunk = self.sock.recv(262144)
            if not chunk:
                raise ConnectionError("closed by server")
            body += chunk
        self.left = body[length:]
        for cookie in re.findall(rb"^set-cookie: *([^=]+)=([^;\r\n]*)", head, re.I | re.M):
            self.cookies[cookie[0].decode()] = cookie[1].decode()
        if b"connection: close" in head.lower():
            self.sock.close()
            self.sock = None
        return Answer(int(head[9:12]), head, body[:length])


@dataclass
class Result:
    users: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which `share` of the requests were answered."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def hammer(host: str, port: int, users: int, seconds: float, step: Callable[[Browser, int], bool]) -> Result:
    """`users` threads call `step(browser, n)` over and over for `seconds`; False counts as an error."""
    result = Result(users, seconds)
    lock = threading.Lock()
    stop = time.monotonic() + seconds

    def user(number: int) -> None:
        browser = Browser(host, port)
        took, bad, n = [], 0, number * 7919
        while time.monotonic() < stop:
            started = time.monotonic()
            try:
                good = step(browser, n)
            except OSError:
                good = False
            took.append(time.monotonic() - started)
            bad += not good
            n += 1
        with lock:
            result.latencies += took
            result.errors += bad

    together([lambda number=number: user(number) for number in range(users)])
    return result


def together(jobs: Sequence[Callable[[], None]]) -> None:
    """Run all at once, each in its thread, and wait for all."""
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
