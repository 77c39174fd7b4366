"""When an unattended book is to lock itself."""

import time
from collections.abc import Callable


class IdleClock:
    """Counts the time since the last touch of keyboard or mouse; `minutes` 0 means never."""

    def __init__(self, minutes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = minutes * 60
        self._clock = clock
        self._touched = clock()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._clock()

    @property
    def is_due(self) -> bool:
        """Whether nothing was touched for so many minutes; never where they are 0."""
        return bool(self._seconds) and self._clock() - self._touched >= self._seconds
