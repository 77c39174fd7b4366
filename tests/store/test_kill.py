"""A process killed at any moment: what it told as saved is there, and nothing is half there."""

import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from backstop.domain import EnvironmentFault
from backstop.store import BookFile
from store.children import child, keep_creating, keep_saving, number_of, state

KILLS = 20
SOME_SECONDS = 20


def last_told(connection: Connection) -> int:
    """The last number that came through before the process died; -1 if none did."""
    told = -1
    try:
        while connection.poll():
            told = int(connection.recv())
    except (EOFError, OSError):
        pass
    return told


def test_a_change_told_as_saved_survives_a_kill(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "killed.backstop"
    BookFile.create(path, state(0)).close()
    known, moved = 0, 0
    for _ in range(KILLS):
        with child(keep_saving, path) as (process, connection):
            assert connection.poll(SOME_SECONDS)
            time.sleep(chance.uniform(0, 0.06))
            process.kill()
            process.join()
            told = max(known, last_told(connection))
        with BookFile.open(path) as file:
            number = number_of(file.book)
            assert told <= number <= told + 1
            assert file.book == state(number)
        moved += number - known
        known = number
    assert moved >= KILLS


def test_a_killed_program_leaves_a_book_in_one_file_once_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "killed.backstop"
    BookFile.create(path, state(0)).close()
    with child(keep_saving, path) as (_, connection):
        assert connection.poll(SOME_SECONDS)
    BookFile.open(path).close()
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("seed", range(4))
def test_a_new_file_is_whole_or_absent_after_a_kill(tmp_path: Path, seed: int) -> None:
    with child(keep_creating, tmp_path) as (process, connection):
        assert connection.poll(SOME_SECONDS)
        time.sleep(random.Random(seed).uniform(0, 0.15))
        process.kill()
        process.join()
        told = last_told(connection)
    for number in range(told + 1):
        with BookFile.open(tmp_path / f"book-{number}.backstop") as file:
            assert file.book == state(number)
    last = tmp_path / f"book-{told + 1}.backstop"
    if last.exists():
        with BookFile.open(last) as file:
            assert file.book == state(told + 1)
    else:
        with pytest.raises(EnvironmentFault):
            BookFile.open(last)
        BookFile.create(last, state(told + 1)).close()
        assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("book-")] == []
