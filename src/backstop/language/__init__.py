"""The owner's language: sentences, money, days and the names of kinds and fields."""

from backstop.language.words import LANGUAGES, Words, words_for

__all__ = ["LANGUAGES", "Words", "words_for"]
