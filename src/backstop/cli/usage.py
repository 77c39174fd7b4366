"""argparse in the owner's language: one sentence for each mistake, help without English remains."""

import argparse
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NoReturn

from backstop.domain import BadInput, Message, message
from backstop.telling import Words

_MISTAKES: tuple[tuple[str, Message], ...] = (
    (
        r"the following arguments are required: (?P<what>.*)",
        message("Missing: {what}.", what=""),
    ),
    (r"unrecognized arguments: (?P<what>.*)", message("“{what}” is not understood.", what="")),
    (
        r"argument (?P<what>[^:]*): expected one argument",
        message("{what} needs a value after it.", what=""),
    ),
    (
        r"argument [^:]*: invalid choice: '?(?P<given>.*?)'? \(choose from (?P<known>.*)\)",
        message("“{given}” is not possible here. Choose one of: {known}.", given="", known=""),
    ),
    (
        r"argument (?P<what>[^:]*): ignored explicit argument .*",
        message("{what} takes no value. Write it alone.", what=""),
    ),
    (
        r"argument (?P<what>[^:]*): not allowed with argument (?P<other>.*)",
        message("{what} and {other} do not go together. Leave one out.", what="", other=""),
    ),
)
"""What argparse says, as patterns, and how we say it."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650")


class Parser(argparse.ArgumentParser):
    """Raises `BadInput` with a sentence where argparse would print its usage and exit."""

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=_formatter(words),
            **options,
        )
        self.words = words
        self._positionals.title = words.say("Arguments")
        self._optionals.title = words.say("Options")

    def parse_known_args(  # type: ignore[override]  # we make no other namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Each command refuses what it does not know, so that its own help is named."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, []

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """A value as its option reads it; a refusal names the option."""
        try:
            return super()._get_value(action, arg_string)
        except BadInput as bad:
            raise BadInput(
                message(
                    "{option}: {problem}",
                    option=" / ".join(action.option_strings),
                    problem=bad.message,
                )
            ) from bad

    def error(self, message: str) -> NoReturn:  # argparse's own name for its parameter
        raise usage_error(message, self.prog)


def check_beside(given: argparse.Namespace, option: str, *others: str) -> None:
    """Refuse an option that says more about others, where none of these is given."""
    if getattr(given, option) is None or any(getattr(given, each) for each in others):
        return
    raise BadInput(
        message(
            "{what} goes with {others}. Add what is missing, or leave {what} out.",
            what=f"--{option}",
            others=" / ".join(f"--{each}" for each in others),
        )
    )


def usage_error(said: str, program: str) -> BadInput:
    """The sentence for what argparse said."""
    for pattern, known in _MISTAKES:
        if found := re.fullmatch(pattern, said, flags=re.DOTALL):
            values = {key: _tidy(value) for key, value in found.groupdict().items()}
            problem = Message(known.text, values)
            break
    else:
        problem = message("{what}.", what=said)
    return BadInput(message("{problem} See: {program} --help", problem=problem, program=program))


def _tidy(value: str) -> str:
    return value.replace("'", "").strip()[:200]


def _formatter(words: Words) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        def add_usage(
            self,
            usage: str | None,
            actions: Iterable[argparse.Action],
            groups: Iterable[Any],
            prefix: str | None = None,
        ) -> None:
            shown = words.say("Usage: ") if prefix is None else prefix
            super().add_usage(usage, actions, groups, shown)

    return Formatter


def day(text: str) -> date:
    """A day as typed on the command line; raises `BadInput`."""
    try:
        if not _DAY.fullmatch(text):  # fromisoformat takes 20270112 and week dates too
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            message("“{text}” is not a day. Write it as 2027-01-12.", text=text[:40])
        ) from None


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
