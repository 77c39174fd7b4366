"""Keeps `None`, `True`, `False` and `NotImplemented` alive under PySide6 on Python 3.11.

The wheels of PySide6 6.12 are compiled for an interpreter in which these four are immortal
(Python 3.12 and later), so that every call that returns one of them, and every `Signal.emit`,
gives a reference away that nobody took. On 3.11 their counts run out after some ten thousand
calls, and the interpreter stops: “none_dealloc: deallocating None”. A count that no program can
use up stands in for immortality. Seen by counting references around calls; a test counts again.
"""

import ctypes
import sys

ENOUGH = 1 << 40
SINGLETONS = (None, True, False, NotImplemented)


def keep_singletons() -> None:
    """Make the four as good as immortal; does nothing where they are, or where they were made."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for each in SINGLETONS:
        if sys.getrefcount(each) < ENOUGH // 2:
            ctypes.c_ssize_t.from_address(id(each)).value += ENOUGH
