"""A small Stripe of our own over real HTTP: keeps state, honours idempotency keys, can fail after doing the work."""

import hashlib
import hmac
import itertools
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

SECRET = "whsec_test"


class StripeStandIn:
    """`url` goes into STRIPE_API_BASE. `break_next` requests do their work and then drop the connection."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.break_next = 0
        self.down = False
        self._count = itertools.count(1)
        standin = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                standin.post(self, dict(parse_qsl(body)))

            def do_GET(self) -> None:
                standin.answer(self, standin.objects.get(self.path.rsplit("/", 1)[-1].split("?")[0]))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def post(self, handler: Any, fields: dict[str, str]) -> None:
        self.requests.append((handler.path, fields))
        if self.down:
            return self.answer(handler, {"error": {"type": "api_error", "message": "down"}}, 500)
        key = handler.headers.get("Idempotency-Key", "")
        made = self.answers.get(key)
        if made is None:
            made = self.make(handler.path, fields)
            if key:
                self.answers[key] = made
        if self.break_next:
            self.break_next -= 1
            handler.connection.close()
            return None
        return self.answer(handler, made)

    def make(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        n = next(self._count)
        if path == "/v1/checkout/sessions":
            made = {
                "id": f"cs_{n}",
                "object": "checkout.session",
                "url": f"{self.url}/pay/cs_{n}",
                "client_reference_id": fields["client_reference_id"],
                "amount_total": int(fields["line_items[0][price_data][unit_amount]"]),
                "currency": fields["line_items[0][price_data][currency]"],
                "payment_intent": f"pi_{n}",
                "payment_status": "unpaid",
            }
        else:
            made = {
                "id": f"re_{n}",
                "object": "refund",
                "amount": int(fields["amount"]),
                "currency": "vnd",
                "payment_intent": fields["payment_intent"],
                "status": "succeeded",
                "metadata": {"refund": fields["metadata[refund]"]},
            }
        self.objects[made["id"]] = made
        return made

    def pay(self, session_id: str) -> dict[str, Any]:
        """The buyer pays on the service's page."""
        session = self.objects[session_id]
        session["payment_status"] = "paid"
        return session

    @staticmethod
    def answer(handler: Any, data: dict[str, Any] | None, status: int = 200) -> None:
        body = json.dumps(data or {"error": {"type": "invalid_request_error", "message": "no such object"}}).encode()
        handler.send_response(status if data else 404)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def event(kind: str, obj: dict[str, Any], event_id: str) -> bytes:
    return json.dumps({"id": event_id, "object": "event", "type": kind, "data": {"object": obj}}).encode()


def signed(body: bytes, *, secret: str = SECRET, at: int | None = None) -> str:
    """The Stripe-Signature header of a body."""
    stamp = int(time.time()) if at is None else at
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={made}"
