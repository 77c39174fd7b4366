"""Five large, untidy books: what a first answer says of them. And every question about a smaller
one that is as untidy, and too large to be searched; `tests/benchmarks/bench_hard_books.py` times
them on the large ones.
"""

from pathlib import Path

import pytest

from e2e.running import Cli
from hard_books import CASH, QUESTIONS, hard_json


@pytest.fixture(params=CASH)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.json"
    path.write_bytes(hard_json(request.param))
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hard") / "small.json"
    path.write_bytes(hard_json(0, lines=20, records=4200))
    return path


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered(cli: Cli, small: Path, question: tuple[str, ...]) -> None:
    command, *options = question
    run = cli(command, small, *options)
    assert run.code in (0, 3), run.err
    assert run.out


def test_what_is_not_the_last_word_says_so(cli: Cli, book: Path) -> None:
    """None, one, and three losses hurt in the first three books; in the others all of them."""
    answer = cli("stress", book, "--json").json
    hurting = [each["id"] for each in answer["losses"] if each["largest_gap"]]
    assert len(hurting) == dict(zip(CASH, (0, 1, 3, 210, 210), strict=True))[int(book.stem)]
    assert answer["provisional"] == hurting
    said = cli("stress", book).out
    assert ("This is a large book" in said) == bool(hurting)
    assert ("--proved" in said) == (len(hurting) > 0 and book.stem != "0")
    assert all(each["at_most"] == each["largest_gap"] for each in answer["losses"])


def test_few_losses_that_leave_much_unpaid_are_not_searched_at_once(
    cli: Cli, tmp_path: Path
) -> None:
    """Four frozen accounts in a book of 400 records that is short from the start: each search
    takes minutes."""
    book = tmp_path / "short.json"
    book.write_bytes(hard_json(0, lines=20, records=400))
    answer = cli("stress", book, "--accounts", "--json").json
    assert answer["provisional"] == [each["id"] for each in answer["losses"]]
