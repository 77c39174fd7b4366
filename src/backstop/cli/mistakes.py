"""One sentence in the owner's words for each mistake in a command line."""

import click

from backstop.domain import BadInput, Message, message

LONGEST_SHOWN = 200
"""Characters of what was typed, at most, that a sentence repeats."""


class UnexpectedArguments(click.UsageError):
    """More arguments than the command has; click has no class of its own for these."""

    def __init__(self, given: list[str], context: click.Context) -> None:
        super().__init__(" ".join(given), context)
        self.given = given


class UnknownChoice(click.UsageError):
    """A value that is none of those to choose from; click's own error does not keep it."""

    def __init__(self, given: str, known: list[str], context: click.Context | None) -> None:
        super().__init__(given, context)
        self.given = given
        self.known = known


def sentence_for(error: click.UsageError, program: str) -> BadInput:
    """The sentence for what click refused, with the help to look into."""
    named = error.ctx.command_path if error.ctx else program
    return BadInput(
        message("{problem} See: {program} --help", problem=_problem(error), program=named)
    )


def _problem(error: click.UsageError) -> Message:
    match error:
        case UnexpectedArguments():
            return _not_understood(" ".join(error.given))
        case click.NoSuchOption():
            return _not_understood(error.option_name)
        case UnknownChoice():
            return _not_possible(error.given, error.known)
        case click.NoSuchCommand():
            return _not_possible(error.command_name, _commands(error.ctx))
        case click.MissingParameter(param=click.Parameter() as param):
            return message("Missing: {what}.", what=param.human_readable_name)
        case click.BadOptionUsage():
            return _bad_use(error)
        case _:
            return message("{what}.", what=error.format_message())


def _not_understood(given: str) -> Message:
    return message("“{what}” is not understood.", what=given[:LONGEST_SHOWN])


def _not_possible(given: str, known: list[str]) -> Message:
    return message(
        "“{given}” is not possible here. Choose one of: {known}.",
        given=given[:LONGEST_SHOWN],
        known=", ".join(known),
    )


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else []


def _bad_use(error: click.BadOptionUsage) -> Message:
    """An option has a value that takes none, or none that needs one."""
    params = error.ctx.command.params if error.ctx else []
    option = next((each for each in params if error.option_name in each.opts), None)
    if isinstance(option, click.Option) and option.is_flag:
        return message("{what} takes no value. Write it alone.", what=error.option_name)
    return message("{what} needs a value after it.", what=error.option_name)
