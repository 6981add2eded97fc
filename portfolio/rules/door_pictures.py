"""The pictures children find themselves by: what they are called, which twelve are for secrets, whose are whose.

The words are for who cannot see the pictures, for reading aloud, and to tell two children of one name apart.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_

WORDS: Final[Mapping[str, str]] = {
    "apple": N_("apple"),
    "ball": N_("ball"),
    "balloon": N_("balloon"),
    "bell": N_("bell"),
    "bird": N_("bird"),
    "boat": N_("boat"),
    "butterfly": N_("butterfly"),
    "cactus": N_("cactus"),
    "car": N_("car"),
    "cat": N_("cat"),
    "cherries": N_("cherries"),
    "cloud": N_("cloud"),
    "cone": N_("ice cream"),
    "crown": N_("crown"),
    "cup": N_("cup"),
    "drum": N_("drum"),
    "fish": N_("fish"),
    "flower": N_("flower"),
    "hat": N_("hat"),
    "heart": N_("heart"),
    "house": N_("house"),
    "key": N_("key"),
    "kite": N_("kite"),
    "leaf": N_("leaf"),
    "moon": N_("moon"),
    "mushroom": N_("mushroom"),
    "pear": N_("pear"),
    "rocket": N_("rocket"),
    "shell": N_("shell"),
    "snail": N_("snail"),
    "sock": N_("sock"),
    "sun": N_("sun"),
    "tent": N_("tent"),
    "tree": N_("tree"),
    "umbrella": N_("umbrella"),
    "whale": N_("whale"),
}
"""Every roster picture, by the name of its file, and its word."""

SECRET_PICTURES: Final = (
    *("apple", "bird", "boat", "car", "cat", "fish"),
    *("flower", "heart", "house", "moon", "sun", "tree"),
)
"""The pictures a child picks its secret from. Their places never change: hands remember them."""


def secret_pair(student_id: str, secret: bytes, count: int) -> tuple[int, int]:
    """Return a child's two secret pictures, in order: two different numbers below ``count`` (at least 2).

    They follow from the secret of the class, so nothing is kept anywhere; a new secret means new pictures.
    Whoever guesses is right once in ``count * (count - 1)`` times: a guard against curiosity, not a key.
    """
    own = hmac.digest(secret, b"portfolio secret pictures 1", "sha256")
    whose = student_id.encode("utf-8", "surrogatepass")
    drawn = int.from_bytes(hmac.digest(own, whose, "sha256"), "big") % (count * (count - 1))
    first, second = divmod(drawn, count - 1)
    return first, second + (second >= first)


def secret_names(student_id: str, secret: bytes) -> tuple[str, str]:
    """Return the names of a child's two secret pictures, in order."""
    first, second = secret_pair(student_id, secret, len(SECRET_PICTURES))
    return SECRET_PICTURES[first], SECRET_PICTURES[second]
