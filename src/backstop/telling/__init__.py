"""The owner's language: sentences, money, days and the names of kinds and fields."""

from backstop.telling.languages import LANGUAGES
from backstop.telling.narrator import Narrator, date_of
from backstop.telling.words import Words, words_for

__all__ = ["LANGUAGES", "Narrator", "Words", "date_of", "words_for"]
