"""How old a book is, in words: said where its verdict stands."""

from datetime import timedelta

from backstop.telling import Narrator


def age_sentence(today: int, narrator: Narrator) -> str:
    """`This book is as of 21 Nov 2026, 9 days ago.`; empty where it is as of today (an offset)."""
    if today == 0:
        return ""
    if today < 0:
        return narrator.count(
            -today,
            "This book is as of {day}, tomorrow.",
            "This book is as of {day}, {n} days from now.",
            day=narrator.book.as_of,
        )
    if today > narrator.book.horizon_days:
        return narrator.say(
            "This book is as of {day}, {n} days ago, and ends on {last}: it says nothing about "
            "today. Bring balances and the as-of date up to today.",
            day=narrator.book.as_of,
            n=today,
            last=narrator.book.as_of + timedelta(days=narrator.book.horizon_days),
        )
    return narrator.count(
        today,
        "This book is as of {day}, yesterday.",
        "This book is as of {day}, {n} days ago.",
        day=narrator.book.as_of,
    )
