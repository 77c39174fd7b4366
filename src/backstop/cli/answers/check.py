"""`check`: is the file whole, what does it hold, and what can be saved of a damaged one."""

from pathlib import Path

from backstop.cli.answers.outcomes import finding_out
from backstop.cli.commands.check import CheckOptions
from backstop.cli.identity import book_ref, title_line
from backstop.cli.opening import check_outputs, key_for, looked_at
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.check import Checked, Repaired
from backstop.domain import EnvironmentFault, Message, message
from backstop.services import clock
from backstop.services.backups import newest_good
from backstop.services.checks import Level, check_book, file_findings, passes
from backstop.services.passphrase import Key
from backstop.services.placing import BOOK
from backstop.services.repair import repair_into
from backstop.services.session import DamagedBook, NotABook, is_json
from backstop.telling import Words
from backstop.telling.cells import level_cell


def check_file(asked: CheckOptions, words: Words) -> Reply:
    """Integrity of the file, and the named checks of what it holds."""
    path = asked.file
    target = Path(asked.repair) if asked.repair else None
    if target:
        check_outputs(asked, {BOOK: target})
    key = key_for(asked, words)
    if target:
        return _repair(path, target, key, words)
    try:
        book = looked_at(path, key, words)
        of_file = [] if is_json(path) else file_findings(path, key)
    except (DamagedBook, NotABook) as fault:
        raise type(fault)(_ways_out(fault, path, key)) from fault
    judged = [*of_file, *check_book(book, clock.today())]
    found = [finding_out(each, words) for each in judged]
    ok = passes(judged, strict=asked.strict)
    whole = [] if of_file else [words.say("The file is whole.")]
    lines = [title_line(book, words), *whole, ""]
    lines += [f"{level_cell(Level(each.level), words)}  {each.sentence}" for each in found]
    lines += [] if found else [words.say("Nothing to mend.")]
    result = Checked(book=book_ref(book), ok=ok, findings=found)
    return Reply(lines, result, Exit.DONE if ok else Exit.GAP_REMAINS)


def _ways_out(fault: EnvironmentFault, path: Path, key: Key | None) -> Message:
    """What is wrong, the newest good backup, and how to save what the file still gives."""
    backup = newest_good(path, key)
    if backup is None and isinstance(fault, NotABook):
        return fault.message
    saving = "backstop check FILE --repair NEW"
    if backup is None:
        return message(
            "{problem} To save what can still be read: {command}",
            problem=fault.message,
            command=saving,
        )
    return message(
        "{problem} The newest good backup is “{backup}”. To save what can still be read: {command}",
        problem=fault.message,
        backup=str(backup.path),
        command=saving,
    )


def _repair(path: Path, target: Path, key: Key | None, words: Words) -> Reply:
    """Into a new file only; a book that is whole needs none, and none is made."""
    found = repair_into(path, target, key)
    fixes = [words.tell(fix) for fix in found.fixes]
    if not fixes:
        lines = [
            words.say(
                "The file is whole: there is nothing to repair, and “{file}” was not made.",
                file=target.name,
            )
        ]
        return Reply(lines, Repaired(file="", book=book_ref(found.book), fixes=[]))
    head = words.say("“{file}” was made of what could be read:", file=target.name)
    lines = [title_line(found.book, words), head, *(f"  – {fix}" for fix in fixes)]
    result = Repaired(file=str(target), book=book_ref(found.book), fixes=fixes)
    return Reply(lines, result, Exit.GAP_REMAINS)
