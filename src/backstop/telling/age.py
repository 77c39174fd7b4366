"""How old a book is, in words: said where its verdict stands."""

from datetime import timedelta

from backstop.domain import Book
from backstop.telling import Words


def age_sentence(book: Book, today: int, words: Words) -> str:
    """`This book is as of 21 Nov 2026, 9 days ago.`; empty where it is as of today (an offset)."""
    if today == 0:
        return ""
    if today < 0:
        return words.count(
            -today,
            "This book is as of {day}, tomorrow.",
            "This book is as of {day}, {n} days from now.",
            day=book.as_of,
        )
    if today > book.horizon_days:
        return words.say(
            "This book is as of {day}, {n} days ago, and ends on {last}: it says nothing about "
            "today. Bring balances and the as-of date up to today.",
            day=book.as_of,
            n=today,
            last=book.as_of + timedelta(days=book.horizon_days),
        )
    return words.count(
        today,
        "This book is as of {day}, yesterday.",
        "This book is as of {day}, {n} days ago.",
        day=book.as_of,
    )
