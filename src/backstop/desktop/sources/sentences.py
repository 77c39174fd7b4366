"""The sentence on top of the Sources page."""

from backstop.desktop.sources.rows import limit_by_lender
from backstop.domain import Book
from backstop.projection import owed_today
from backstop.telling import Words


def sources_sentence(book: Book, words: Words) -> str:
    """How much credit there is, how much of it is used, and how much of it hangs on one lender."""
    if not book.facilities:
        return _without_lines(book, words)
    values = {
        "lines": _lines(len(book.facilities), words),
        "limit": _money(book, words, sum(each.limit_on(book.as_of) for each in book.facilities)),
        "used": _money(book, words, sum(owed_today(book, each) for each in book.facilities)),
    }
    lenders = limit_by_lender(book)
    total = sum(lenders.values())
    if len(lenders) < 2 or not total:
        return words.say("{lines}, {limit} of limit, {used} used.", **values)
    lender, most = next(iter(lenders.items()))
    share = words.language.percent(str((most * 100 + total // 2) // total))
    return words.say(
        "{lines}, {limit} of limit, {used} used; {share} comes from {lender}.",
        **values,
        share=share,
        lender=lender,
    )


def own_money_sentence(book: Book, words: Words) -> str:
    """What own money there is, apart from credit; empty without accounts."""
    if not book.accounts or not book.facilities:
        return ""
    own = _money(book, words, sum(each.balance for each in book.accounts))
    return words.count(
        len(book.accounts),
        "Own money: {own} in one account.",
        "Own money: {own} in {n} accounts.",
        own=own,
    )


def _without_lines(book: Book, words: Words) -> str:
    if not book.accounts:
        return words.say("No source of money is registered yet.")
    own = _money(book, words, sum(each.balance for each in book.accounts))
    return words.say("{own} of own money, and no line of credit.", own=own)


def _lines(number: int, words: Words) -> str:
    shown = words.language.number_word(number)
    return words.say("{number} line" if number == 1 else "{number} lines", number=shown)


def _money(book: Book, words: Words, minor: int) -> str:
    """Without fen and cents, which say nothing in a sum of this kind."""
    whole = 10**book.money.digits
    return words.round_money((minor + whole // 2) // whole * whole, book.currency)
