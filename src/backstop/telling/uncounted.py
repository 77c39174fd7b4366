"""Lines that no plan counts on: which, why, and what mends that."""

from collections.abc import Iterator

from backstop.contingency.counted import Lacking, lacking
from backstop.domain import Book, Facility
from backstop.telling import Narrator, Words


def uncounted_sentences(narrator: Narrator) -> list[str]:
    """A sentence for each reason for which lines are left out of plans, with its remedy."""
    said = [_sentence(why, names, narrator) for why, names in _by_reason(narrator.book)]
    without = [
        each.name for each in narrator.book.facilities if not each.limit and not each.balance
    ]
    if without:
        names = narrator.few(without)
        said.append(
            narrator.say("No plan counts on {names}: no limit is entered yet.", names=names)
        )
    return said


def _by_reason(book: Book) -> Iterator[tuple[Lacking, list[str]]]:
    for why in Lacking:
        lines = [each.name for each in book.facilities if why in _lacking(book, each)]
        if lines:
            yield why, lines


def _lacking(book: Book, facility: Facility) -> tuple[Lacking, ...]:
    return lacking(facility, book.unsure_sources)


def _sentence(why: Lacking, names: list[str], words: Words) -> str:
    said = words.few(names)
    match why:
        case Lacking.LEAD_DAYS:
            return words.say(
                "No plan counts on {names}: how long the money takes is not known. Enter the lead "
                "time.",
                names=said,
            )
        case Lacking.LAST_VERIFIED:
            return words.say(
                "No plan counts on {names}: nobody has looked yet whether the limit is there. Look "
                "in the lender's app, and enter the date under “Last verified”.",
                names=said,
            )
        case Lacking.COMMITTED:
            return words.say(
                "No plan counts on {names}: no lender has committed to it, and you count on no "
                "others.",
                names=said,
            )
