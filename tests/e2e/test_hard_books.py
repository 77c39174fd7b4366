"""Five large, untidy books: every question is answered, and none without end.

The deadline is of processor time, which other programs on the machine hardly stretch, and is far
beyond what is measured: `tests/benchmarks/bench_hard_books.py` has the figures.
"""

import time
from pathlib import Path

import pytest

from e2e.running import Cli
from hard_books import CASH, hard_json

DEADLINE = 60.0
QUESTIONS = (
    ("project",),
    ("check",),
    ("stress",),
    ("stress", "--groups", "--sweep", "--pairs"),
    ("stress", "--standing", "--receipts", "--customers", "--payments"),
    ("stress", "--accounts"),
    ("stress", "--close", "xl5", "--mode", "limit_cut", "--cut", "50"),
    ("stress", "--preset", "credit_review"),
    ("stress", "--presets"),
    ("export",),
)


@pytest.fixture(scope="module", params=CASH)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hard") / f"{request.param}.json"
    path.write_bytes(hard_json(request.param))
    return path


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_within_the_deadline(
    cli: Cli, book: Path, question: tuple[str, ...]
) -> None:
    command, *options = question
    begun = time.process_time()
    run = cli(command, book, *options)
    assert time.process_time() - begun < DEADLINE
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
