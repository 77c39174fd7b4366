"""One run of the command line: parse, carry out, answer; every failure is one sentence."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from backstop.cli.command_line import FULL, PROGRAM, CommandLine
from backstop.cli.mistakes import sentence_for
from backstop.cli.output import complain, write
from backstop.cli.reply import Exit, OpenWindow, Reply
from backstop.cli.results.base import result_json
from backstop.cli.started import with_command
from backstop.domain.errors import Defect, Fault
from backstop.services.settings import load_settings
from backstop.telling import LANGUAGES, Words, words_for

Desktop = Callable[[Path | None, str | None, str, bool], int]
"""Starts the window with a book, or with a sample, in a language (empty: the owner's), naming
everything in lists or not; returns the exit code."""

DEBUG = "BACKSTOP_DEBUG"


def run(arguments: Sequence[str], desktop: Desktop) -> int:
    """Carry out a command line; returns the exit code and never raises."""
    words = words_for(language_of(arguments), whole_lists=FULL in arguments)
    try:
        return _run(arguments, desktop, words)
    except Fault as fault:
        return _failed(fault, words)
    except KeyboardInterrupt:
        complain(words.say("Stopped."))
        return Exit.STOPPED
    except BrokenPipeError:
        _silence()
        return Exit.DONE
    except Exception as error:  # noqa: BLE001  the last line of defence: a sentence, not a trace
        return _unexpected(error, words)


def _run(arguments: Sequence[str], desktop: Desktop, words: Words) -> int:
    reply = _reply(with_command(arguments), words)
    if isinstance(reply, OpenWindow):
        return desktop(reply.path, reply.sample, asked_language(arguments), words.whole_lists)
    _show(reply)
    for remark in reply.remarks:
        complain(remark)
    return reply.code


def _reply(arguments: Sequence[str], words: Words) -> Reply | OpenWindow:
    """What the command answers; nothing where only the help was asked for."""
    line = CommandLine()
    try:
        with line.make_context(PROGRAM, list(arguments), obj=words) as context:
            answer: Reply | OpenWindow = line.invoke(context)
            return answer
    except click.exceptions.Exit:  # --help has been shown
        return Reply([])
    except click.UsageError as error:
        raise sentence_for(error, PROGRAM) from error


def _show(reply: Reply) -> None:
    """The answer on standard output; JSON is UTF-8 whatever the terminal speaks."""
    result = reply.result
    if reply.as_json and result is not None:
        made = result() if callable(result) else result
        write([result_json(made)], encoding="utf-8")
    else:
        write(reply.lines, encoding="utf-8" if reply.is_document else None)


def _failed(fault: Fault, words: Words) -> int:
    """The owner's or the machine's fault, or ours: the sentence on standard error."""
    _trace_if_asked()
    complain(words.tell(fault.message))
    return Exit.DEFECT if isinstance(fault, Defect) else Exit.BAD_INPUT


def _unexpected(error: Exception, words: Words) -> int:
    _trace_if_asked()
    said = words.say(
        "Something in Backstop itself went wrong ({kind}); the book was not changed. "
        "Run it again with {variable}=1 for details, and report them.",
        kind=type(error).__name__,
        variable=DEBUG,
    )
    complain(said)
    return Exit.DEFECT


def _trace_if_asked() -> None:
    if os.environ.get(DEBUG):
        traceback.print_exc()


def _silence() -> None:
    """The reader has gone (as `head` does): let Python's own flush at the end find nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def language_of(arguments: Sequence[str]) -> str:
    """`--lang`, else the owner's setting, else the environment's language.

    Read before anything is parsed, so that mistakes too are said in it.
    """
    return asked_language(arguments) or _usual_language()


def asked_language(arguments: Sequence[str]) -> str:
    """The language after `--lang`; empty where none is asked for that Backstop speaks."""
    for at, each in enumerate(arguments):
        asked = each.partition("=")[2] if each.startswith("--lang=") else ""
        if each == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        if asked in LANGUAGES:
            return asked
    return ""


def _usual_language() -> str:
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    settings = load_settings().language
    return settings or next((os.environ[n] for n in names if os.environ.get(n)), "")
