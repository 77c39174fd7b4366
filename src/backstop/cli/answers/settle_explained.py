"""What `settle` says of differences that nobody has explained, and how they are explained."""

from collections.abc import Sequence

from backstop.cli.commands.settle import SettleOptions
from backstop.cli.identity import book_ref
from backstop.cli.opening import check_kept_in, key_for, tell_remark
from backstop.cli.reply import Reply
from backstop.cli.results.settle import Explained, UnexplainedOut
from backstop.cli.tables import Column, block
from backstop.domain import BadInput, Book, Facility, Settled, message, parse_amount
from backstop.services.explaining import explaining, numbered, unexplained
from backstop.services.session import BookSession
from backstop.settling import Extra, ExtraKind
from backstop.telling import Words


def unexplained_out(ledger: Sequence[Settled]) -> list[UnexplainedOut]:
    """For JSON, each with its number."""
    listed = enumerate(unexplained(ledger), start=1)
    return [UnexplainedOut(n, each.planned_day, each.account, each.actual) for n, each in listed]


def unexplained_lines(ledger: Sequence[Settled], book: Book, words: Words) -> list[str]:
    """A table of them; nothing where there is none."""
    listed = unexplained(ledger)
    if not listed:
        return []
    columns = [
        Column("N", right=True),
        Column(words.say("Date")),
        Column(words.say("Account")),
        Column(words.say("Unexplained"), right=True),
    ]
    rows = [
        [str(n), words.day(row.planned_day), row.name, _money(row.actual, book, words)]
        for n, row in enumerate(listed, start=1)
    ]
    return block(columns, rows)


def _money(minor: int, book: Book, words: Words) -> str:
    return words.money(minor, book.currency, sign=False)


def explained(asked: SettleOptions, words: Words) -> Reply:
    """Explain what the options name, each as one change; raises `BadInput`."""
    check_kept_in(asked.file)
    with BookSession.open(asked.file, key=key_for(asked, words)) as session:
        tell_remark(session, words)
        rows = [numbered(session.ledger(), _number(text)) for text in asked.explain]
        for row, text in zip(rows, asked.explain, strict=True):
            what = _what(session.book, row, text.partition("=")[2])
            session.apply(explaining(session.book, row, what, recurs=asked.recurs))
        left, book = session.ledger(), session.book
    lines = [words.say("Done."), *unexplained_lines(left, book, words)]
    return Reply(lines, Explained(book=book_ref(book), unexplained=unexplained_out(left)))


def _number(text: str) -> int:
    number, mark, _ = text.partition("=")
    if not (mark and number.strip().isdecimal()):
        said = "“{text}” names no difference. Write N=NAME, with its number in the list."
        raise BadInput(message(said, text=text[:80]))
    return int(number)


def _what(book: Book, row: Settled, text: str) -> Extra:
    """A draw or repayment, where it names a line; else a receipt or payment of that name."""
    name, mark, amount = text.rpartition("@")
    name, sum_ = (name, parse_amount(amount, book.money)) if mark else (text, abs(row.actual))
    came_in, line = row.actual > 0, book.by_id.get(name)
    if isinstance(line, Facility):
        kind = ExtraKind.DRAW if came_in else ExtraKind.REPAYMENT
        known = {"line": line.id, "account": row.account}
        return Extra(kind, row.planned_day, sum_, **known, periods=line.periods)
    kind = ExtraKind.RECEIPT if came_in else ExtraKind.PAYMENT
    return Extra(kind, row.planned_day, sum_, name=name.strip(), account=row.account)
