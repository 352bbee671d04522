"""Threads against a real database file (or PostgreSQL where DATABASE_URL says so)."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def at_once(transactional_db) -> Callable[..., list[Any]]:
    """Run `call(i)` for i in range(n) in threads that start together; returns results or exceptions, in order."""

    def run(n: int, call: Callable[[int], Any]) -> list[Any]:
        start = threading.Barrier(n)
        results: list[Any] = [None] * n

        def work(i: int) -> None:
            try:
                start.wait(timeout=30)
                results[i] = call(i)
            except Exception as error:
                results[i] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(i,)) for i in range(n)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    return run
