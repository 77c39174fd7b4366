"""What benchmarks have in common: the quick run, and the books that plans are measured on."""

import argparse
from collections.abc import Sequence

from backstop.domain import Book
from backstop.services.samples import load_sample, sample_names

SMALL = "small"
"""The name of the book of a quick run."""


def parser(text: str | None) -> argparse.ArgumentParser:
    """Options of a benchmark, whose docstring is `text`; `--quick` is one of them."""
    made = argparse.ArgumentParser(description=(text or "").partition("\n\n")[0])
    made.add_argument("--quick", action="store_true", help="a tiny size: whether it runs at all")
    return made


def is_quick(text: str | None, arguments: Sequence[str] | None = None) -> bool:
    """Whether a benchmark without other options is asked for a quick run."""
    return bool(parser(text).parse_args(arguments).quick)


def book_names(*, quick: bool) -> Sequence[str]:
    """The samples; in a quick run, one book in which a loss hurts and a short plan cures it."""
    return [SMALL] if quick else sample_names()


def book_named(name: str) -> Book:
    from benchmarks.bench_plan_books import made

    return made(3, 0) if name == SMALL else load_sample(name)
