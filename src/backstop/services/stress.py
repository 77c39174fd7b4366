"""Which losses to look at, and how they happen: for window and command line."""

from collections.abc import Sequence

from backstop.contingency import (
    Contingency,
    Manner,
    all_closures,
    found_closures,
    saved_closures,
)
from backstop.contingency.applying import choices, every_applied
from backstop.contingency.presets import BY_KEY, PRESETS, Preset, named
from backstop.domain import BadInput, Book, Message, is_called, message
from backstop.domain.kinds import RENEWAL_MODES
from backstop.plan import Answers, answer, assess
from backstop.services.answers import at_once
from backstop.telling import LANGUAGES, words_for

ALL = "all"
"""What a cause is applied to, where that is all there is."""


def closures(
    book: Book, loss_day: int, manner: Manner, *, groups: bool = False
) -> list[Contingency]:
    """Every single line and link group, and with `groups` all groups that the book shows."""
    found = all_closures(book, loss_day)
    found += found_closures(book, loss_day) if groups else []
    return [manner.of(each) for each in found]


def saved_cases(book: Book, loss_day: int) -> list[Contingency]:
    """Every loss that is kept in the book; raises `BadInput` where there is none."""
    found = saved_closures(book, loss_day)
    if not found:
        raise BadInput(
            message("No loss is kept in this book. Save one on the Stress page of the window.")
        )
    return found


def preset_named(key: str) -> Preset:
    """The preset with this key, or name in some language; raises `BadInput` naming them all."""
    preset = named(key) or _by_name(key)
    if preset is not None:
        return preset
    raise BadInput(
        message(
            "There is no preset “{key}”. Choose one of: {known}.",
            key=key[:40],
            known=", ".join(BY_KEY),
        )
    )


def _by_name(name: str) -> Preset | None:
    wanted = name.strip().casefold()
    for language in map(words_for, LANGUAGES):
        for preset in PRESETS:
            if language.tell(preset.name).casefold() == wanted:
                return preset
    return None


def preset_closures(
    book: Book, key: str, chosen: str | None, loss_day: int, manner: Manner
) -> list[Contingency]:
    """What a preset makes of one of its choices, or of each. Raises `BadInput` when it hits
    nothing."""
    preset = preset_named(key)
    known = choices(book, preset)
    asked = known if chosen is None else [_meant(book, known, chosen)]
    hit = every_applied(book, preset, loss_day)
    found = [hit[each] for each in asked if each in hit]
    if not found:
        raise BadInput(_nothing_hit(preset, chosen, [each or ALL for each in known]))
    return [manner.of(each) for each in found]


def _meant(book: Book, known: Sequence[str], chosen: str) -> str:
    """What was chosen, as the cause knows it: by its name, a record is its id."""
    if chosen in known:
        return chosen
    if chosen == ALL and "" in known:
        return ""
    named = [e for e in known if e in book.by_id and is_called(book.by_id[e], chosen)]
    return named[0] if len(named) == 1 else chosen


def _nothing_hit(preset: Preset, chosen: str | None, known: list[str]) -> Message:
    if not known and preset.how.mode in RENEWAL_MODES:
        return message(
            "“{key}” hits nothing in this book: of no line the end of its contract is known. Enter "
            "it under Sources.",
            key=preset.key,
        )
    if chosen is None or not known:
        return message("“{key}” hits nothing in this book. Choose another cause.", key=preset.key)
    return message(
        "“{key}” cannot be applied to “{chosen}”. Choose one of: {known}.",
        key=preset.key,
        chosen=chosen[:60],
        known=tuple(known),
    )


def answers_about(
    book: Book,
    contingencies: Sequence[Contingency],
    loss_day: int,
    today: int = 0,
    *,
    proved: bool = False,
) -> Answers:
    """These losses, ranked; each with its cure, but in a large book, where those of the gravest are
    waited for only if the answers are to be `proved`. Both days are offsets."""
    found = answer(book, loss_day, contingencies, today)
    return assess(found) if proved else at_once(found)
