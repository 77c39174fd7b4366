"""Values as typed on the command line, and rules for options that go together."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from backstop.cli.mistakes import UnknownChoice
from backstop.domain import BadInput, message
from backstop.services.day_reading import read_day
from backstop.telling import LANGUAGES

Value = TypeVar("Value")

_COUNT = re.compile(r"[0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650")


class Typed(click.ParamType[Value]):
    """A value read by a function that raises `BadInput`; a refusal names the option."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        self.name = read.__name__
        self._read = read

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Value:
        """The value that was typed; raises `BadInput`."""
        try:
            return self._read(value)
        except BadInput as bad:
            names = " / ".join(param.opts) if param else self.name
            said = message("{option}: {problem}", option=names, problem=bad.message)
            raise BadInput(said) from bad


class Choice(click.Choice[str]):
    """One of some words; a refusal holds what was typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that was typed; raises `UnknownChoice`."""
        if value not in self.choices:
            raise UnknownChoice(str(value), list(self.choices), ctx)
        return str(value)


class LanguageChoice(Choice):
    """One of the languages that there are when the command line is read."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(LANGUAGES)

    @choices.setter
    def choices(self, _: Sequence[str]) -> None:
        """What click keeps of the words it was made with is not asked."""


def count(text: str) -> int:
    """A whole number of days or percent as typed; raises `BadInput`."""
    if not _COUNT.fullmatch(text):
        raise BadInput(
            message("“{text}” is not a number from 0 to 3650. Type figures.", text=text[:40])
        )
    return int(text)


def percent(text: str) -> int:
    """A whole number of percent as typed; raises `BadInput`."""
    number = count(text)
    if number > 100:
        raise BadInput(message("“{text}” is not a number from 0 to 100. Type figures.", text=text))
    return number


DAY = Typed(read_day)
COUNT = Typed(count)
PERCENT = Typed(percent)


def check_beside(asked: object, option: str, *others: str) -> None:
    """Refuse an option that says more about others, where none of these is given."""
    if getattr(asked, option) is None or any(getattr(asked, each) for each in others):
        return
    raise BadInput(
        message(
            "{what} goes with {others}. Add what is missing, or leave {what} out.",
            what=f"--{option}",
            others=" / ".join(f"--{each}" for each in others),
        )
    )


def check_apart(asked: object, *options: str) -> None:
    """Refuse two options of which only one can hold."""
    given = [f"--{each.replace('_', '-')}" for each in options if _is_given(asked, each)]
    if len(given) > 1:
        raise BadInput(
            message(
                "{what} and {other} do not go together. Leave one out.",
                what=given[1],
                other=given[0],
            )
        )


def _is_given(asked: object, option: str) -> bool:
    return getattr(asked, option) not in (None, False)
