"""The answer of `import`: what a statement holds, what of it is new, what it suggests."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.commands.import_ import ImportOptions
from backstop.cli.identity import book_ref
from backstop.cli.opening import check_kept_in, key_for, tell_remark
from backstop.cli.progress import Progress
from backstop.cli.reply import Reply
from backstop.cli.results.statements import (
    KeptOut,
    PairOut,
    RefusedOut,
    StatementRead,
    SuggestionOut,
)
from backstop.cli.tables import Column, block
from backstop.domain import Book, Statements, message
from backstop.domain.statements import edited
from backstop.services import clock
from backstop.services.importing import statement_bytes
from backstop.services.looking import READ, File, look_as_before
from backstop.services.mapping_words import encoding_said, mapping_said
from backstop.services.mappings import remember
from backstop.services.session import Act, BookSession
from backstop.services.statements import Asked, Preview, forget, look_at, take_in, title_of
from backstop.services.suggesting import Suggestion, balance_suggestion, suggestions
from backstop.telling import Narrator, Words
from backstop.work import PERCENT, Work, stage, working

MOST_LISTED = 20


def imported(asked: ImportOptions, words: Words) -> Reply:
    """List what is kept, forget one of them, or look at a new one and take it in."""
    check_kept_in(asked.file)
    key = key_for(asked, words)
    with BookSession.open(asked.file, key=key, read_only=not asked.write) as session:
        tell_remark(session, words)
        if asked.forget:
            return _forgotten(session, asked, asked.forget, words)
        if asked.statement is None:
            return _listed(session, words)
        progress = Progress(words, text="Reading and comparing: {n} %")
        with working(Work(progress=progress)):
            reply = _read(session, asked, asked.statement, words)
        progress(PERCENT, PERCENT)
        return reply


def _forgotten(session: BookSession, asked: ImportOptions, key: str, words: Words) -> Reply:
    change = forget(session.book, session.statements(), key)
    if asked.write:
        session.apply(change, Act.IMPORT)
    [file] = [each for each in change.statements.removed.files if each.key == key]
    said = words.say("The rows of “{name}” go; they never come in again.", name=file.name)
    lines = [said, *_closing(asked.write, words)]
    return Reply(lines, _result(session, written=asked.write))


def _listed(session: BookSession, words: Words) -> Reply:
    kept = _kept(session.statements())
    if not kept:
        return Reply([words.say("This book keeps no statements.")], _result(session))
    columns = [
        Column(words.say("Key")),
        Column(words.say("Statement")),
        Column(words.say("Format")),
        Column(words.say("From")),
        Column(words.say("Until")),
        Column(words.say("Rows"), right=True),
    ]
    rows = [
        [
            each.key,
            each.name,
            words.tell(title_of(each.layout)),
            each.first_day.isoformat(),
            each.last_day.isoformat(),
            str(each.rows),
        ]
        for each in kept
    ]
    return Reply(block(columns, rows)[1:], _result(session))


def _read(session: BookSession, asked: ImportOptions, source: Path, words: Words) -> Reply:
    kept, book = session.statements(), session.book
    with stage(0, READ):
        preview = _preview(asked, source, book, kept)
    today = clock.today()
    change = take_in(book, preview, today)
    written = asked.write and bool(preview.new)
    if written:
        session.apply(change, Act.IMPORT)
        remember(preview)
    after = edited(kept, change.statements)
    with stage(READ, PERCENT):
        found = suggestions(book, after, today)
    if balance := balance_suggestion(book, preview.account, preview.reading.closing):
        found = [balance, *found]
    seen = _Seen(preview, tuple(found), Narrator(book, words))
    lines = [*seen.lines(), *_closing(written, words, nothing=not preview.new)]
    return Reply(lines, seen.result(session, written))


def _preview(asked: ImportOptions, source: Path, book: Book, kept: Statements) -> Preview:
    data = statement_bytes(source)
    encoding = encoding_said(asked.map)
    layout = "table" if asked.map and not asked.as_ else asked.as_ or ""
    how = Asked(password=asked.password or "", layout=layout, encoding=encoding)
    account = asked.account or ""
    if not asked.map:
        return look_as_before(book, kept, File(source.name, data, how, account))
    found = look_at(data, source.name, book, kept, how, account)
    mapping = mapping_said(asked.map, found.statement)
    how = Asked(password=how.password, layout="table", encoding=encoding, mapping=mapping)
    return look_at(data, source.name, book, kept, how, account)


def _closing(written: bool, words: Words, *, nothing: bool = False) -> list[str]:
    """The last line: whether anything has changed."""
    if nothing:
        return [words.say("Nothing of it is new.")]
    if written:
        return [words.say("Done.")]
    return [words.say("Nothing is changed yet. Add --write to do it.")]


def _kept(statements: Statements) -> list[KeptOut]:
    counts: dict[str, int] = {}
    for row in statements.rows:
        counts[row.statement] = counts.get(row.statement, 0) + 1
    return [
        KeptOut(
            each.key,
            each.name,
            each.layout,
            each.account,
            each.first_day,
            each.last_day,
            counts.get(each.key, 0),
        )
        for each in statements.files
        if each.name
    ]


def _result(session: BookSession, *, written: bool = False) -> StatementRead:
    return StatementRead(
        book=book_ref(session.book), kept=_kept(session.statements()), written=written
    )


@dataclass(frozen=True)
class _Seen:
    """A statement looked at, for people and for programs."""

    preview: Preview
    suggested: tuple[Suggestion, ...]
    words: Narrator

    def lines(self) -> list[str]:
        return [*self._head(), *self._refused(), *self._pairs(), *self._suggested(), ""]

    def _head(self) -> list[str]:
        words, seen, reading = self.words, self.preview, self.preview.reading
        said = [
            words.say(
                "{file}: {format}",
                file=seen.name,
                format=words.tell(title_of(reading.layout)),
            ),
            words.say(
                "{rows} rows: {new} new, {known} read before, {apart} in which no money moved, "
                "{foreign} in another currency, {refused} refused.",
                rows=reading.total,
                new=len(seen.new),
                known=seen.known,
                apart=len(reading.apart),
                foreign=len(seen.foreign),
                refused=len(reading.refused),
            ),
            words.say(
                "By the file's own count: {incoming} in, {outgoing} out, {neutral} neither.",
                incoming=words.amount(reading.counted.incoming or 0),
                outgoing=words.amount(reading.counted.outgoing or 0),
                neutral=words.amount(reading.counted.neutral or 0),
            ),
        ]
        said += [words.tell(each) for each in (*reading.remarks, *seen.differences)]
        if guess := seen.statement.guess:
            said += [words.say(_UNSURE[each]) for each in guess.unsure]
        return said

    def _refused(self) -> list[str]:
        words, refused = self.words, self.preview.reading.refused
        columns = [Column(words.say("Line"), right=True), Column(words.say("Refused because"))]
        rows = [[str(each.line), words.tell(each.reason)] for each in refused]
        return self._listing(columns, rows)

    def _pairs(self) -> list[str]:
        words = self.words
        columns = [
            Column(words.say("Day")),
            Column(words.say("Amount"), right=True),
            Column(words.say("Also in")),
            Column(words.say("What it is")),
        ]
        rows = [
            [each.day.isoformat(), words.amount(each.amount), each.statement, words.say(said)]
            for each in self._pairs_out()
            for said in [_BONDS[each.bond]]
        ]
        return self._listing(columns, rows)

    def _listing(self, columns: list[Column], rows: list[list[str]]) -> list[str]:
        """A table of the first rows, and how many more there are; whole where that is asked for."""
        if self.words.whole_lists or len(rows) <= MOST_LISTED:
            return block(columns, rows)
        hidden = len(rows) - MOST_LISTED
        more = self.words.say("{n} more: --full lists them all.", n=hidden)
        return [*block(columns, rows[:MOST_LISTED]), more]

    def _suggested(self) -> list[str]:
        words = self.words
        columns = [Column(words.say("Suggested")), Column(words.say("Evidence"))]
        rows = [[words.tell(e.said), words.tell(e.evidence)] for e in self.suggested]
        return block(columns, rows)

    def _pairs_out(self) -> list[PairOut]:
        names = {each.key: each.name for each in self.preview.kept.files}
        return [
            PairOut(
                each.new.line,
                each.new.day,
                each.new.amount,
                names.get(each.other.statement, ""),
                each.other.line,
                each.bond.value,
            )
            for each in self.preview.pairs
        ]

    def result(self, session: BookSession, written: bool) -> StatementRead:
        seen, reading, words = self.preview, self.preview.reading, self.words
        counted = reading.counted
        return StatementRead(
            book=book_ref(session.book),
            file=seen.name,
            layout=reading.layout,
            encoding=reading.encoding,
            rows=reading.total,
            new=len(seen.new),
            known=seen.known,
            apart=len(reading.apart),
            foreign=len(seen.foreign),
            incoming=counted.incoming or 0,
            outgoing=counted.outgoing or 0,
            neutral=counted.neutral or 0,
            refused=[RefusedOut(each.line, words.tell(each.reason)) for each in reading.refused],
            unsure=list(seen.statement.guess.unsure) if seen.statement.guess else [],
            pairs=self._pairs_out(),
            suggestions=[
                SuggestionOut(each.kind.value, words.tell(each.said), words.tell(each.evidence))
                for each in self.suggested
            ],
            kept=_kept(session.statements()),
            written=written,
        )


_UNSURE = {
    "days": message(
        "Nothing in the file proves which figure of a date is the day: check it, or say --map days."
    ).text,
    "mark": message(
        "Nothing in the file proves the decimal mark: check it, or say --map decimal."
    ).text,
}
_BONDS = {
    "same": message("one payment told twice: counted once").text,
    "transfer": message("between own accounts: neither income nor spending").text,
    "maybe": message("perhaps between own accounts: only you can tell").text,
}
