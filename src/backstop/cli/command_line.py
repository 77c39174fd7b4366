"""Commands on click, with help in the owner's language.

Texts are declared in English, which is the key of their translations; `Context.obj` holds the
`Words` of the run. A command is one module in `backstop.cli.commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, TypeVar

import click

from backstop import __version__
from backstop.cli import commands
from backstop.cli.mistakes import UnexpectedArguments
from backstop.cli.options import Choice, LanguageChoice
from backstop.cli.output import write
from backstop.cli.reply import OpenWindow, Reply
from backstop.domain import Message, message
from backstop.telling import Words

PROGRAM = "backstop"
FULL = "--full"
"""Names everything in lists; read before the rest, so that mistakes too are said in full."""
_PURPOSE = message(
    "Backstop: what happens if a credit line closes, and what to do about it. "
    "Without a command it opens the window, with FILE if that is all there is."
)
_EXIT_CODES = message(
    "FILE is a .backstop book or a book.json. Exit codes: 0 done, 1 a failure of the "
    "program, 2 bad input, 3 done, but a gap remains."
)
Function = TypeVar("Function", bound=Callable[..., Any])


def option(
    name: str, *other: str, told: Message, **settings: Any
) -> Callable[[Function], Function]:
    """An option of a command; `told` is its line in the help, the rest is click's."""
    return click.option(name, *other, help=told.text, **settings)


def flag(name: str, told: Message) -> Callable[[Function], Function]:
    """An option without a value."""
    return option(name, told=told, is_flag=True)


def argument(name: str, told: Message, **settings: Any) -> Callable[[Function], Function]:
    """A positional argument; `told` is its line in the help, the rest is click's."""
    return click.argument(name, help=told.text, **settings)


def _show_help(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        write(context.get_help().split("\n"))
        context.exit()


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        write([f"{PROGRAM} {__version__}"])
        context.exit()


class OwnersCommand(click.Command):
    """A click command that explains itself in the owner's language."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.add_help_option = False  # click's own speaks English
        help_option = click.Option(
            ["-h", "--help"],
            help=message("show this help").text,
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
        )
        language = click.Option(
            ["--lang"],
            help=message("language of the answer").text,
            type=LanguageChoice(),
            metavar="LANGUAGE",
            expose_value=False,
        )
        full = click.Option(
            [FULL],
            help=message("name everything in lists, however long they are").text,
            is_flag=True,
            expose_value=False,
        )
        self.params = [*self.params, language, full, help_option]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an error that click raises knows of which command it is."""
        try:
            left = super().parse_args(ctx, args)
            self._refuse_empty(ctx)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        return left

    def _refuse_empty(self, ctx: click.Context) -> None:
        """An empty text is no value: whose variable is not set must not be told of success."""
        for each in self.params:
            given = ctx.params.get(each.name or "")
            if "" not in (given if isinstance(given, tuple) else (given,)):
                continue
            if isinstance(each, click.Option):
                raise click.BadOptionUsage(each.opts[0], "", ctx)
            raise click.MissingParameter(ctx=ctx, param=each)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The arguments, after a word for the options."""
        words: Words = ctx.obj
        pieces = [piece for each in self.params for piece in each.get_usage_pieces(ctx)]
        return [f"[{words.say('Options').upper()}]", *pieces]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what the command does, its arguments and its options."""
        words: Words = ctx.obj
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=words.say("Usage: "))
        formatter.write_paragraph()
        formatter.write_text(self.described(words))
        for heading, kind in (
            (words.say("Arguments"), click.Argument),
            (words.say("Options"), click.Option),
        ):
            rows = [_row(each, ctx) for each in self.params if isinstance(each, kind)]
            _write_section(formatter, words, heading, rows)

    def described(self, words: Words) -> str:
        """What the command does, as a sentence."""
        said = self.short_description(words)
        return said[:1].upper() + said[1:]

    def short_description(self, words: Words) -> str:
        """What the command does, for the list of commands."""
        return words.say(self.help or "")


def _row(param: click.Parameter, ctx: click.Context) -> tuple[str, str]:
    """What is typed, and what it means; of a choice, which words there are."""
    typed, told = param.get_help_record(ctx) or ("", "")
    words: Words = ctx.obj
    plain = told.removesuffix(_REQUIRED)
    said = words.say(plain)
    if plain != told:
        said = words.say("{told} (needed)", told=said)
    if isinstance(param.type, Choice):
        choices = ", ".join(param.type.choices)
        return typed, words.say("{told}: {choices}", told=said, choices=choices)
    return typed, said


_REQUIRED = "  [required]"
"""What click adds to the help of an option that has to be given, in English."""


def _write_section(
    formatter: click.HelpFormatter, words: Words, heading: str, rows: list[tuple[str, str]]
) -> None:
    if rows:
        formatter.write_paragraph()
        formatter.write(words.say("{heading}:", heading=heading) + "\n")
        with formatter.indentation():
            formatter.write_dl(rows)


class AskedCommand(OwnersCommand):
    """A command whose options and arguments are the fields of one record (`asked`)."""

    def __init__(self, *args: Any, asked: type[Any], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.asked = asked

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that the command does not have, by an error that holds them."""
        ctx.allow_extra_args = True
        if unexpected := super().parse_args(ctx, args):
            raise UnexpectedArguments(unexpected, ctx)
        return []

    def invoke(self, ctx: click.Context) -> Reply | OpenWindow:
        """Carry the command out; the reply says whether JSON was asked for."""
        if self.callback is None:
            raise TypeError(self.name)
        reply: Reply | OpenWindow = self.callback(self.asked(**ctx.params), ctx.obj)
        if isinstance(reply, Reply):
            return replace(reply, as_json=ctx.params.get("json", False))
        return reply


Options = TypeVar("Options")
Options_contra = TypeVar("Options_contra", contravariant=True)


class CommandFunction(Protocol[Options_contra]):
    """What carries out a command."""

    def __call__(self, asked: Options_contra, words: Words, /) -> Reply | OpenWindow: ...


def command(
    told: Message, asked: type[Options]
) -> Callable[[CommandFunction[Options]], AskedCommand]:
    """Make the function below a command, by its name; `told` is its line in the list of commands.

    The function is given what was asked (an `asked`, one field for each option and argument) and
    the words of the owner's language.
    """
    return click.command(cls=AskedCommand, help=told.text, asked=asked)


class CommandLine(OwnersCommand, click.Group):
    """The whole command line: the commands of `backstop.cli.commands`, imported when named."""

    def __init__(self) -> None:
        super().__init__(
            PROGRAM,
            help=_PURPOSE.text,
            epilog=_EXIT_CODES.text,
            invoke_without_command=True,
            callback=OpenWindow,
        )
        version = click.Option(
            ["--version"],
            help=message("show the version").text,
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
        )
        self.params = [*self.params, version]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands: those in `commands.ORDER` first."""
        names = [_command_name(each.name) for each in iter_modules(commands.__path__)]
        return sorted(names, key=lambda name: (_rank(name), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> AskedCommand | None:
        """The command of this name; None for an unknown one."""
        modules = (each.name for each in iter_modules(commands.__path__))
        for module in modules:
            if _command_name(module) == cmd_name:
                found = getattr(import_module(f"{commands.__name__}.{module}"), module)
                return found if isinstance(found, AskedCommand) else None
        return None

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """As for one command, and which."""
        return [*super().collect_usage_pieces(ctx), "COMMAND"]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As for one command, then the commands and the exit codes."""
        super().format_help(ctx, formatter)
        words: Words = ctx.obj
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        rows = [(name, each.short_description(words)) for name, each in found.items() if each]
        _write_section(formatter, words, words.say("Commands"), rows)
        formatter.write_paragraph()
        formatter.write_text(words.say(self.epilog or ""))


def _command_name(module: str) -> str:
    """A module's name without the `_` that keeps it apart from Python's own words."""
    return module.rstrip("_")


def _rank(name: str) -> int:
    return commands.ORDER.index(name) if name in commands.ORDER else len(commands.ORDER)
