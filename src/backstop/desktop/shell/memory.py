"""How the C library of Linux shares out memory: by itself it gives every thread a store of its own,
and what the searches of a large book have done with stays there."""

import sys
from contextlib import suppress
from ctypes import CDLL

MOST_STORES = -8
"""The number of that option: `M_ARENA_MAX` of glibc's `mallopt`."""


def share_stores() -> None:
    """Let all threads have two stores in common. Other libraries know no such option."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            CDLL(None).mallopt(MOST_STORES, 2)
