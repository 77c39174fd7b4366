"""The commands and their options, described in the owner's language."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any

from backstop.cli.reply import Reply
from backstop.cli.usage import Parser, count, day, percent
from backstop.domain import LossMode
from backstop.telling import LANGUAGES, Words

Command = Callable[[argparse.Namespace, Words], Reply]


def parser_for(words: Words) -> Parser:
    """The parser of the whole command line."""
    say = words.say
    parser = Parser(
        words,
        prog="backstop",
        description=say(
            "Backstop: what happens if a credit line closes, and what to do about it. "
            "Without a command it opens the window."
        ),
        epilog=say(
            "FILE is a .backstop book or a book.json. Exit codes: 0 done, 1 a failure of the "
            "program, 2 bad input, 3 done, but a gap remains."
        ),
    )
    _common(parser, words)
    commands = parser.add_subparsers(
        title=say("Commands"),
        metavar="COMMAND",
        dest="command",
        parser_class=_parser_of_one(words),
    )
    _books(commands, words)
    _calendar(commands, words)
    _questions(commands, words)
    _plan(commands, words)
    _plans(commands, words)
    _reserve(commands, words)
    return parser


def _parser_of_one(words: Words) -> type[Parser]:
    """What argparse makes the parser of each command with."""

    class OneCommand(Parser):
        def __init__(self, **options: Any) -> None:
            super().__init__(words, **options)
            _common(self, words)

    return OneCommand


def _common(parser: Parser, words: Words) -> None:
    parser.add_argument("-h", "--help", action="help", help=words.say("show this help"))
    parser.add_argument(
        "--lang",
        choices=list(LANGUAGES),
        default=argparse.SUPPRESS,
        help=words.say("language of the answer"),
    )


def _add(commands: argparse._SubParsersAction[Parser], name: str, help_: str, run: str) -> Parser:
    """A command; `run` names its module and function, imported only when it is called."""
    described = help_[:1].upper() + help_[1:]
    parser = commands.add_parser(name, help=help_, description=described)
    parser.set_defaults(run=run)
    return parser


def _file(parser: Parser, words: Words) -> None:
    parser.add_argument("file", metavar="FILE", help=words.say("a .backstop book or a book.json"))
    _passphrase(parser, words)


def _passphrase(parser: Parser, words: Words) -> None:
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=words.say("where the passphrase of a locked book stands (-: standard input)"),
    )


def _json(parser: Parser, words: Words) -> None:
    parser.add_argument("--json", action="store_true", help=words.say("answer as JSON"))


def _books(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    opened = _add(commands, "open", say("open a book in the window"), "")
    opened.add_argument("file", metavar="FILE", help=say("a .backstop book or a book.json"))

    demo = _add(commands, "demo", say("open a copy of a sample book"), "books.list_samples")
    demo.add_argument("name", metavar="NAME", nargs="?", help=say("which sample"))
    demo.add_argument("--list", action="store_true", help=say("list the samples"))
    _json(demo, words)

    new = _add(commands, "new", say("make a book file"), "books.new")
    new.add_argument("file", metavar="FILE", help=say("the file to make; it must not exist yet"))
    new.add_argument("--from", dest="source", metavar="BOOK", help=say("a book to start from"))
    new.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=say("lock it with the passphrase in this file (-: standard input)"),
    )
    _json(new, words)

    export = _add(commands, "export", say("write a book as book.json"), "books.export")
    _file(export, words)
    made = say("the file to make; else it is shown")
    export.add_argument("out", metavar="OUT", nargs="?", help=made)
    _json(export, words)

    import_ = _add(
        commands, "import", say("put a book.json in place of a book"), "importing.bring_in"
    )
    import_.add_argument("file", metavar="FILE", help=say("a .backstop book"))
    _passphrase(import_, words)
    import_.add_argument("book", metavar="BOOK", help=say("the book.json to put in its place"))
    import_.add_argument("--write", action="store_true", help=say("do it, and not only say it"))
    _json(import_, words)

    schema = _add(commands, "schema", say("show the JSON Schema of book.json"), "books.schema")
    schema.add_argument("--results", action="store_true", help=say("that of the results instead"))
    _json(schema, words)


def _calendar(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    help_ = say("put a newly published year of working days into a book")
    calendar = _add(commands, "calendar", help_, "calendar.calendar")
    calendar.add_argument("file", metavar="FILE", help=say("a .backstop book"))
    _passphrase(calendar, words)
    calendar.add_argument(
        "calendar",
        metavar="CALENDAR",
        help=say("a text with a day and “closed” or “working” on each line, or JSON"),
    )
    _json(calendar, words)


def _questions(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    check = _add(commands, "check", say("check a book file and what it holds"), "mending.check")
    _file(check, words)
    check.add_argument(
        "--repair", metavar="NEW", help=say("save what can be read of a damaged book into NEW")
    )
    check.add_argument("--strict", action="store_true", help=say("warnings have to be mended too"))
    _json(check, words)

    project = _add(commands, "project", say("project cash day by day"), "asking.project")
    _file(project, words)
    project.add_argument("--until", type=day, metavar="DATE", help=say("last day to show"))
    project.add_argument("--csv", metavar="OUT", help=say("write the days to this CSV file"))
    _json(project, words)

    stress = _add(commands, "stress", say("close each line, and rank the losses"), "asking.stress")
    _file(stress, words)
    stress.add_argument("--close", metavar="ID", help=say("only this line or link group"))
    stress.add_argument("--on", type=day, metavar="DATE", help=say("the day of the loss"))
    _manner(stress, words)
    _further(stress, words)
    _json(stress, words)


def _manner(stress: Parser, words: Words) -> None:
    say = words.say
    modes = [mode.value for mode in LossMode]
    stress.add_argument("--mode", choices=modes, help=say("how it goes, for all that can go so"))
    for option, kind, help_text in (
        ("--notice", count, say("days of notice before a called balance is due")),
        ("--days", count, say("days after which it is over")),
        ("--cut", percent, say("percent that is cut")),
        ("--late", count, say("days by which receipts come late")),
        ("--others-after", count, say("days until other uncommitted lines are cut too")),
        ("--others-cut", percent, say("percent by which they are cut")),
    ):
        stress.add_argument(option, type=kind, metavar="N", help=help_text)
    which = stress.add_mutually_exclusive_group()
    which.add_argument("--preset", metavar="NAME", help=say("a cause by its name, see --presets"))
    which.add_argument("--saved", action="store_true", help=say("the losses kept in the book"))
    which.add_argument(
        "--groups",
        action="store_true",
        help=say("groups by lender, funder, holder, platform, kind and customer too"),
    )
    stress.add_argument("--of", metavar="WHAT", help=say("what the cause is applied to"))
    stress.add_argument("--presets", action="store_true", help=say("list the causes"))


def _further(stress: Parser, words: Words) -> None:
    say = words.say
    for option, help_text in (
        ("--pairs", say("the worst pairs of single losses")),
        ("--sweep", say("the worst day to lose each")),
        ("--standing", say("with the standing draws of the book")),
        ("--receipts", say("how much worse receipts may get")),
        ("--customers", say("what each customer owes, and what if they do not pay")),
        ("--payments", say("each payment and the loss that hurts it most")),
    ):
        stress.add_argument(option, action="store_true", help=help_text)


def _plan(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    plan = _add(commands, "plan", say("draft and print a plan for a loss"), "planning.plan")
    _file(plan, words)
    plan.add_argument("--close", metavar="ID", help=say("the line or link group that closes"))
    plan.add_argument("--all", action="store_true", help=say("a plan for each of them"))
    plan.add_argument("--on", type=day, metavar="DATE", help=say("the day of the loss"))
    _wishes(plan, words)
    kept = plan.add_mutually_exclusive_group()
    kept.add_argument("--accept", action="store_true", help=say("keep the plan in the book"))
    kept.add_argument("--drill", action="store_true", help=say("begin a drill of the plan"))
    plan.add_argument(
        "--dated",
        type=day,
        metavar="DATE",
        help=say("the day on which it is accepted or practised, if not today"),
    )
    plan.add_argument("--pdf", metavar="OUT", help=say("print to this PDF file"))
    plan.add_argument("--xlsx", metavar="OUT", help=say("write the plan to this XLSX file"))
    plan.add_argument("--ics", metavar="OUT", help=say("write its days to this calendar file"))
    _json(plan, words)


def _plans(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    help_ = say("list accepted plans, and say what has happened of them")
    plans = _add(commands, "plans", help_, "keeping.plans")
    _file(plans, words)
    for option, help_text in (
        ("--happened", say("what this plan is for has happened")),
        ("--tick", say("a step of this plan is done")),
        ("--untick", say("a step of this plan is not done after all")),
        ("--end", say("this plan is over")),
    ):
        plans.add_argument(option, metavar="PLAN", help=help_text)
    plans.add_argument("--step", type=count, metavar="N", help=say("which step, from 1"))
    plans.add_argument("--actual", metavar="AMOUNT", help=say("what the step really brought"))
    plans.add_argument(
        "--dated", type=day, metavar="DATE", help=say("the day on which it happened, if not today")
    )
    _json(plans, words)


def _reserve(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    say = words.say
    help_ = say("say what reserve or backup line makes every single loss survivable")
    reserve = _add(commands, "reserve", help_, "beforehand.reserve")
    _file(reserve, words)
    reserve.add_argument("--on", type=day, metavar="DATE", help=say("the day of the loss"))
    _json(reserve, words)


def _wishes(plan: Parser, words: Words) -> None:
    say, wish = words.say, "SOURCE@DATE=AMOUNT"
    for name, metavar, help_ in (
        ("--pin", wish, say("keep this action; without day or amount, as in the plan")),
        ("--forbid", "SOURCE@DATE", say("do not use this source, on that day or at all")),
        ("--avoid", "LENDER", say("use this lender only where others cost much more")),
        ("--prefer", "LENDER", say("use this lender rather than others")),
    ):
        plan.add_argument(name, action="append", default=[], metavar=metavar, help=help_)
    plan.add_argument(
        "--explain", action="store_true", help=say("say the next best of each action (slower)")
    )
    many = plan.add_mutually_exclusive_group()
    many.add_argument("--at-most", type=count, metavar="N", help=say("at most so many actions"))
    many.add_argument(
        "--every-step", action="store_true", help=say("every step that helps, however little")
    )


def command_of(given: argparse.Namespace) -> Command:
    """The function that carries out what was asked."""
    module, function = given.run.split(".")
    found: Command = getattr(import_module(f"backstop.cli.{module}"), function)
    return found
