"""What can go wrong, said in sentences.

Two roots: `EnvironmentFault` is something the owner or the machine can mend (bad input, a full
disk, a damaged file); `Defect` is ours. Both carry a `Message`, which `backstop.telling` puts
into the owner's words, so that no layer below has to know a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_CHOICES = 10


@dataclass(frozen=True)
class FieldName:
    """The name of a record's field inside a message; shown by its label in the owner's language,
    as the form has it, and quoted: few labels are words that a sentence could take up."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Message:
    """A sentence with placeholders: the English text is also the key of its translations.

    Values may be plain text, numbers, days, `Money`, `FieldName`, enumerations, further messages,
    or a tuple of such values: a list, of which a sentence names the first few.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map({name: _plain(each) for name, each in self.values.items()})


def _plain(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    more = ["…"] if value[MOST_CHOICES:] else []
    return ", ".join([*map(str, value[:MOST_CHOICES]), *more])


def message(text: str, /, **values: object) -> Message:
    """A `Message` from its English text and the values of its placeholders."""
    return Message(text, values)


class Fault(Exception):
    """Root of all errors that reach the owner; `message` is what they read."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.message = said


class EnvironmentFault(Fault):
    """Something outside the program: a file, the disk, another program, the owner's input."""


class BadInput(EnvironmentFault):
    """A value that cannot be right; the message names the field and the remedy.

    `field` is the record's field, where there is one, so that a form can point at it.
    """

    def __init__(self, said: Message, field: str = "") -> None:
        super().__init__(said)
        self.field = field


class Defect(Fault):
    """A failure of the program itself."""
