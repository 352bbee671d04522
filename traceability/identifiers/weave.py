"""The weave of a lot: 21 × 21 cells drawn from its key, the same on the page and on the label.

It hashes the key (GTIN and lot), never the record, which grows. Colours: 0 ground, 1 red, 2 cotton, 3 ochre.
"""

from __future__ import annotations

from hashlib import sha256

SIZE = 21


def weave(gtin: str, lot: str) -> tuple[tuple[int, ...], ...]:
    """The pattern of one lot as rows of colour numbers."""
    return pattern(sha256(f"01{gtin}10{lot}".encode()).digest())


def pattern(h: bytes) -> tuple[tuple[int, ...], ...]:
    """The pattern of a 32-byte digest, mirrored both ways."""
    ring: list[int] = []
    for i in range(11):
        colour = h[i] % 4
        ring.append((colour + 1) % 4 if ring and colour == ring[-1] else colour)

    def bit(i: int) -> int:
        return h[(i // 8) % 32] >> (i % 8) & 1

    def cell(x: int, y: int) -> int:
        dx, dy = abs(x - 10), abs(y - 10)
        a, b = min(dx, dy), max(dx, dy)
        if b == 10:
            return 2 if (dx + dy) % 2 == 0 else 0
        if b == 9:
            return 0
        if dx + dy < 2:
            return 1 + h[30] % 3
        value = ring[(dx + dy) // 2]
        if bit(11 * a + 3 * b + 64) and bit(5 * a + 7 * b + 9):
            value = (value + 1 + h[20] % 2) % 4
        return value

    return tuple(tuple(cell(x, y) for x in range(SIZE)) for y in range(SIZE))
