"""The owner's language: sentences, money, days and the names of kinds and fields."""

from backstop.telling.words import LANGUAGES, Words, words_for

__all__ = ["LANGUAGES", "Words", "words_for"]
