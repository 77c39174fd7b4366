"""Recurring items in statements of known truth; `benchmarks/bench_recurring.py` measures them."""

from backstop.importers.recurring import recurring
from oracle.plain_recurring import plainly_recurring
from oracle.recurring_scored import scored
from oracle.statements_of_known_truth import CONTRACTS, statement

SEEDS = range(1000, 1012)
"""Measured on hundreds of others: precision 0.99, recall 0.99."""


def test_most_of_what_comes_round_is_found_and_little_else() -> None:
    score = scored(recurring, SEEDS)
    assert score.precision >= 0.95, score.false
    assert score.recall >= 0.9, score.missed


def test_the_statements_are_hard_for_a_plain_search() -> None:
    score = scored(plainly_recurring, SEEDS)
    assert score.precision < 0.7
    assert score.recall < 0.7


def test_the_statements_hold_every_kind_of_contract_and_mostly_other_rows() -> None:
    known = [statement(seed) for seed in SEEDS]
    kinds = {item.kind for each in known for item in each.items}
    assert len(kinds) >= len(CONTRACTS) - 1  # two of the contracts may be of one kind
    in_contracts = sum(len(item.rows) for each in known for item in each.items)
    assert in_contracts * 2 < sum(len(each.rows) for each in known)


def test_a_statement_is_the_same_each_time() -> None:
    assert statement(7) == statement(7)
