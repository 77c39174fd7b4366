"""What a named check finds: a sentence, how grave it is, and the records it speaks of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from backstop.domain import Message, Record
from backstop.projection import Projection


class Level(StrEnum):
    """A problem makes results wrong or a payment bounce; a warning weakens them; a note helps."""

    PROBLEM = "problem"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """`check` is the name of the check, `records` the ids of what it speaks of."""

    check: str
    level: Level
    said: Message
    records: tuple[str, ...] = ()


Check = Callable[[Projection], list[Finding]]


def about(check: str, level: Level, records: Iterable[Record], text: Message) -> list[Finding]:
    """One finding about all these records, or none when there are none."""
    found = list(records)
    if not found:
        return []
    named = Message(text.text, {**text.values, "names": tuple(r.name for r in found)})
    return [Finding(check, level, named, tuple(r.id for r in found))]
