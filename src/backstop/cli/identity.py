"""Which book an answer speaks of; apart from the engine's values, so that it loads at once."""

from datetime import timedelta

from backstop.cli.results import BookRef
from backstop.domain import Book
from backstop.telling import Narrator, Words
from backstop.telling.age import age_sentence


def book_ref(book: Book) -> BookRef:
    last = book.as_of + timedelta(days=book.horizon_days)
    return BookRef(book.title, book.currency, book.as_of, last, book.fingerprint)


def title_line(book: Book, words: Words) -> str:
    return words.say("{title}, as of {day}", title=book.title, day=book.as_of)


def title_lines(book: Book, today: int, words: Words) -> list[str]:
    """The title, and, below it, how old the book is where it is not as of today (an offset)."""
    age = age_sentence(today, Narrator(book, words))
    return [title_line(book, words), *([age] if age else [])]
