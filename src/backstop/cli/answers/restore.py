"""The command that puts a `book.json` in the place of a book: it says what changes, or does it."""

from backstop.cli.commands.restore import RestoreOptions
from backstop.cli.identity import book_ref
from backstop.cli.opening import check_kept_in, key_for, tell_remark
from backstop.cli.reply import Reply
from backstop.cli.results.books import Restored
from backstop.services.backups import differences
from backstop.services.differing import BY_IMPORT, OTHER_LEDGER, differences_said
from backstop.services.importing import put_in_place, read_json, same_ledger
from backstop.services.session import BookSession
from backstop.telling import Words


def restored(asked: RestoreOptions, words: Words) -> Reply:
    """Say what would change, and change it where that is asked for."""
    path, source = asked.file, asked.from_
    check_kept_in(path)
    read = read_json(source)
    key = key_for(asked, words)
    with BookSession.open(path, key=key, read_only=not asked.write) as session:
        tell_remark(session, words)
        found, kept = differences(session.book, read.book), same_ledger(session, read)
        nothing = found.none and kept
        written = asked.write and not nothing
        if written:
            put_in_place(session, read, source.name)
            tell_remark(session, words)  # of the backup
        result = Restored(
            book=book_ref(session.book),
            added=list(found.added),
            removed=list(found.removed),
            changed=list(found.changed),
            settings=found.facts,
            ledger=not kept,
            written=written,
        )
    if nothing:
        said = "“{file}” holds what is in this book already. Nothing changes."
        return Reply([words.say(said, file=source.name)], result)
    lines = [] if found.none else [differences_said(found, BY_IMPORT, words)]
    if not kept:
        lines.append(words.say(OTHER_LEDGER))
    if written:
        lines.append(words.say("Done. The book as it was is among its backups."))
    else:
        lines.append(words.say("Nothing is changed yet. Add --write to do it."))
    return Reply(lines, result)
