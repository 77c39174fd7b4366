"""What the options of `settle` say: answers, balances and limits, each of a known thing."""

from collections.abc import Iterator

from backstop.cli.commands.settle import SettleOptions
from backstop.domain import BadInput, Book, Record, message, parse_amount
from backstop.services.day_reading import read_day
from backstop.services.settling import InWork
from backstop.services.settling_items import DueItem, OfferedDraw, PassedLoss, possible
from backstop.settling import Answer, AsPlanned, Happened, NotYet, WillNot

Listed = DueItem | OfferedDraw | PassedLoss
_OPTIONS: dict[type[Answer], str] = {
    AsPlanned: "--in-balance",
    Happened: "--came",
    NotYet: "--not-yet",
    WillNot: "--will-not",
}


def told(work: InWork, asked: SettleOptions) -> InWork:
    """The settling with all that the options say; raises `BadInput` naming what is unknown."""
    for item, answer in _answers(work, asked):
        _check_possible(item, answer)
        work = work.answered((item.id,), answer)
    book = work.book
    for text in asked.balance:
        account, amount = _amount(book, text)
        work = work.with_balance(_of(book, account, "accounts").id, amount)
    for text in asked.limit:
        line, amount = _amount(book, text)
        work = work.with_limit(_of(book, line, "facilities").id, amount)
    for line in asked.gone:
        work = work.with_gone(_of(book, line, "facilities").id, True)
    return work


def _answers(work: InWork, asked: SettleOptions) -> Iterator[tuple[Listed, Answer]]:
    for text in asked.came:
        id_, _, came = text.rpartition("=")
        amount, _, on = came.partition("@")
        day = read_day(on) if on else None
        yield _item(work, id_), Happened(parse_amount(amount, work.book.money), day)
    for text in asked.not_yet:
        id_, _, on = text.partition("=")
        yield _item(work, id_), NotYet(read_day(on) if on else None)
    for text in asked.will_not:
        yield _item(work, text), WillNot()
    for text in (*asked.in_balance, *asked.happened):
        yield _item(work, text), AsPlanned()


def _check_possible(item: Listed, answer: Answer) -> None:
    """Refuse what cannot be said of it, naming what can."""
    can = possible(item)
    if not isinstance(answer, can):
        raise BadInput(
            message(
                "That cannot be said of “{id}”. Choose one of: {known}.",
                id=item.id,
                known=", ".join(_option(item, each) for each in can),
            )
        )


def _option(item: Listed, answer: type[Answer]) -> str:
    is_due = isinstance(item, DueItem)
    return _OPTIONS[answer] if is_due or answer is not AsPlanned else "--happened"


def _item(work: InWork, id_: str) -> Listed:
    found = next((each for each in work.expected if each.id == id_), None)
    if found is None:
        raise BadInput(
            message("Nothing called “{id}” was due. See what was: settle FILE --list.", id=id_[:80])
        )
    return found


def _amount(book: Book, text: str) -> tuple[str, int]:
    id_, mark, amount = text.rpartition("=")
    if not mark:
        raise BadInput(message("“{text}” names no amount. Write ID=AMOUNT.", text=text[:80]))
    return id_, parse_amount(amount, book.money)


def _of(book: Book, id_: str, field: str) -> Record:
    records: tuple[Record, ...] = getattr(book, field)
    found = next((each for each in records if each.id == id_), None)
    if found is None:
        raise BadInput(
            message(
                "“{id}” is not in this book. Choose one of: {known}.",
                id=id_[:60],
                known=tuple(each.id for each in records),
            )
        )
    return found
