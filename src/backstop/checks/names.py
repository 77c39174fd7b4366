"""Whether each record can be told from the others by its name."""

from collections import Counter

from backstop.checks.finding import Finding, Level
from backstop.domain import message
from backstop.projection import Projection


def same_name(projection: Projection) -> list[Finding]:
    """Lines or accounts of one name: no sentence says which of them it means."""
    book = projection.book
    sources = [(each.name.strip().casefold(), each) for each in (*book.facilities, *book.accounts)]
    many = Counter(name for name, _ in sources)
    alike = [each for name, each in sources if many[name] > 1]
    if not alike:
        return []
    said = message(
        "Several sources have one name: {names}. Give each its own, or remove what stands there "
        "twice.",
        names=tuple(dict.fromkeys(each.name for each in alike)),
    )
    return [Finding("same_name", Level.WARNING, said, tuple(each.id for each in alike))]
