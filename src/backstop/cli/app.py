"""One run of the command line: parse, carry out, answer; every failure is one sentence."""

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from backstop.cli.reply import Exit, Reply
from backstop.domain.errors import Defect, Fault
from backstop.telling import LANGUAGES, Words, words_for

Desktop = Callable[[Path | None, str | None, str], int]
"""Starts the window with a book, or with a sample, in a language (empty: the owner's); returns the
exit code."""

DEBUG = "BACKSTOP_DEBUG"


def run(arguments: Sequence[str], desktop: Desktop) -> int:
    """Carry out a command line; returns the exit code and never raises."""
    words = words_for(language_of(arguments))
    try:
        return _run(arguments, desktop, words)
    except Fault as fault:
        return _failed(fault, words)
    except KeyboardInterrupt:
        _complain(words.say("Stopped."))
        return Exit.STOPPED
    except BrokenPipeError:
        _silence()
        return Exit.DONE
    except Exception as error:  # noqa: BLE001  the last line of defence: a sentence, not a trace
        return _unexpected(error, words)


def _run(arguments: Sequence[str], desktop: Desktop, words: Words) -> int:
    from backstop.cli.parser import command_of, parser_for

    try:
        given = parser_for(words).parse_args(list(arguments))
    except SystemExit:  # --help has been shown
        return Exit.DONE
    if _is_for_window(given):
        return _window(given, desktop)
    reply = command_of(given)(given, words)
    _show(reply, as_json=getattr(given, "json", False))
    for remark in reply.remarks:
        _complain(remark)
    return reply.code


def _is_for_window(given: Namespace) -> bool:
    if given.command == "demo":
        return not (given.list or given.json)
    return given.command in (None, "open")


def _window(given: Namespace, desktop: Desktop) -> int:
    language = getattr(given, "lang", "")
    if given.command == "demo":
        return desktop(None, _sample(given.name), language)
    if given.command == "open":
        return desktop(_existing(Path(given.file)), None, language)
    return desktop(None, None, language)


def _sample(name: str | None) -> str:
    """The sample asked for, or the first one; said here, before a window is made, if unknown."""
    from backstop.services.samples import load_sample, sample_names

    chosen = name or sample_names()[0]
    load_sample(chosen)
    return chosen


def _existing(path: Path) -> Path:
    from backstop.services.placing import check_there

    check_there(path)
    return path


def _show(reply: Reply, *, as_json: bool) -> None:
    """The answer on standard output; JSON is UTF-8 whatever the terminal speaks."""
    if as_json and reply.result is not None:
        from backstop.cli.results import result_json

        _write([result_json(reply.result)], encoding="utf-8")
    else:
        _write(reply.lines, encoding="utf-8" if reply.is_document else None)


def _write(lines: Sequence[str], encoding: str | None) -> None:
    """Characters that the terminal does not have are shown by their numbers, and stop nothing."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _complain(sentence: str) -> None:
    """One line on standard error."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(f"backstop: {' '.join(sentence.split())}\n")


def _failed(fault: Fault, words: Words) -> int:
    """The owner's or the machine's fault, or ours: the sentence on standard error."""
    _trace_if_asked()
    _complain(words.tell(fault.message))
    return Exit.DEFECT if isinstance(fault, Defect) else Exit.BAD_INPUT


def _unexpected(error: Exception, words: Words) -> int:
    _trace_if_asked()
    said = words.say(
        "Something in Backstop itself went wrong ({kind}); the book was not changed. "
        "Run it again with {variable}=1 for details, and report them.",
        kind=type(error).__name__,
        variable=DEBUG,
    )
    _complain(said)
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
    for at, each in enumerate(arguments):
        asked = each.partition("=")[2] if each.startswith("--lang=") else ""
        if each == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        if asked in LANGUAGES:
            return asked
    return _usual_language()


def _usual_language() -> str:
    from backstop.services.settings import load_settings

    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    settings = load_settings().language
    return settings or next((os.environ[n] for n in names if os.environ.get(n)), "")
