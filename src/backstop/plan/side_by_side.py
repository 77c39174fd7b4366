"""The same work on many things, several at a time, given back in order or as it is done.

The solver works without the interpreter lock, so threads are enough: two of them make the plans of
the samples 1.7 times as fast, two processes 1.9 times, which would have to be started and told to
stop. What comes out does not depend on how many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import sleep
from typing import TypeVar

from backstop.work import Work, current_work, working

T = TypeVar("T")
R = TypeVar("R")

MOST_THREADS = 4
ENDING_SECONDS = 0.001


def side_by_side(job: Callable[[T], R], things: Sequence[T], threads: int = 0) -> Iterator[R]:
    """`job(thing)` for each, in the order of the things, as they are ready.

    Each is part of the caller's work. Where one raises, that is raised here and no other is begun.
    `threads` 0 is one on each core. It ends only when all that was begun has ended.
    """
    early: dict[int, R] = {}
    given = 0
    for number, result in _numbered(job, things, threads):
        early[number] = result
        while given in early:
            yield early.pop(given)
            given += 1


def as_ready(job: Callable[[T], R], things: Sequence[T], threads: int = 0) -> Iterator[R]:
    """The same in the order in which they are ready."""
    for _, result in _numbered(job, things, threads):
        yield result


def _numbered(job: Callable[[T], R], things: Sequence[T], threads: int) -> Iterator[tuple[int, R]]:
    mine = current_work()
    waiting = iter(enumerate(things))
    found: SimpleQueue[tuple[int, R | BaseException]] = SimpleQueue()
    taking, ended = Lock(), Event()
    part = Work(lambda: ended.is_set() or mine.stopped)

    def take() -> None:
        while not ended.is_set():
            with taking:
                taken = next(waiting, None)
            if taken is None:
                return
            number, thing = taken
            try:
                with working(part):
                    found.put((number, job(thing)))
            except BaseException as error:  # noqa: BLE001  raised where the results are wanted
                found.put((number, error))
                return

    # not a ThreadPoolExecutor: where Qt made the calling thread, that leaves a record of it behind
    count = min(threads or _cores(), len(things))
    workers = [Thread(target=take, name=f"work-{n}", daemon=True) for n in range(count)]
    for each in workers:
        each.start()
    try:
        for _ in things:
            number, result = found.get()
            if isinstance(result, BaseException):
                raise result
            yield number, result
    finally:
        ended.set()
        while any(each.is_alive() for each in workers):
            sleep(ENDING_SECONDS)


def _cores() -> int:
    return max(1, min(MOST_THREADS, os.cpu_count() or 1))
