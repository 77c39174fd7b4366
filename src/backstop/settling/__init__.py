"""Bringing a book to a later day: what was due since, what came of it, the book that follows."""

from backstop.projection import main_account
from backstop.settling.explaining import UNEXPLAINED, explained
from backstop.settling.listing import due_between, due_on
from backstop.settling.settle import advance, settle
from backstop.settling.stages import months_between
from backstop.settling.values import (
    AS_PLANNED,
    NOTHING_TOLD,
    ONLY_LATER,
    AccountNow,
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    ExtraKind,
    Happened,
    LineNow,
    NotYet,
    Settling,
    Told,
    WillNot,
)

__all__ = [
    "AS_PLANNED",
    "NOTHING_TOLD",
    "ONLY_LATER",
    "UNEXPLAINED",
    "AccountNow",
    "Answer",
    "AsPlanned",
    "Expected",
    "ExpectedKind",
    "Extra",
    "ExtraKind",
    "Happened",
    "LineNow",
    "NotYet",
    "Settling",
    "Told",
    "WillNot",
    "advance",
    "due_between",
    "due_on",
    "explained",
    "main_account",
    "months_between",
    "settle",
]
