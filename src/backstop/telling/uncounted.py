"""Lines that no plan counts on: which, why, and what mends that."""

from collections.abc import Iterator

from backstop.contingency.counted import Lacking, lacking
from backstop.domain import Book, Facility, message
from backstop.telling import Narrator, Words

_NO_LIMIT = message("no limit is entered yet")
_WHY = {
    Lacking.LEAD_DAYS: message("how long the money takes is not known"),
    Lacking.LAST_VERIFIED: message("nobody has looked yet whether the limit is there"),
    Lacking.COMMITTED: message("you count on committed lines alone"),
}
_REMEDIES = {
    Lacking.LEAD_DAYS: message("Enter the lead time."),
    Lacking.LAST_VERIFIED: message(
        "Look in the lender's app, and enter the date under “Last verified”."
    ),
}
Lacks = tuple[bool, tuple[Lacking, ...]]
"""Whether a line lacks a limit, and which facts."""


def uncounted_sentences(narrator: Narrator) -> list[str]:
    """A sentence for lines that lack the same, with all reasons and remedies: none stands twice."""
    return [_sentence(*lacks, names, narrator) for lacks, names in _alike(narrator.book)]


def _alike(book: Book) -> Iterator[tuple[Lacks, list[str]]]:
    """Lines that plans leave out, by what they lack, in the order of the book."""
    found: dict[Lacks, list[str]] = {}
    for each in book.facilities:
        if each.is_overdraft:  # no plan draws on it: it is how low cash may fall
            continue
        lacks = _without_limit(each), lacking(each, book.unsure_sources)
        if any(lacks):
            found.setdefault(lacks, []).append(each.name)
    yield from found.items()


def _without_limit(facility: Facility) -> bool:
    return not facility.limit and not facility.balance


def _sentence(no_limit: bool, facts: tuple[Lacking, ...], names: list[str], words: Words) -> str:
    why = [_NO_LIMIT] * no_limit + [_WHY[each] for each in facts]
    reasons = [words.tell(each) for each in why]
    said = words.say(
        "No plan counts on {names}: {why}.",
        names=words.few(names),
        why=words.language.clauses(reasons),
    )
    remedies = [words.tell(_REMEDIES[each]) for each in facts if each in _REMEDIES]
    return words.joined([said, *remedies])
