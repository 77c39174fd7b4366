"""What a form is made of: sections of fields, each with its control and when it matters."""

from collections.abc import Callable
from dataclasses import dataclass

from backstop.desktop.forms.control import Control
from backstop.desktop.forms.draft import AS_THEY_ARE, RecordDraft, Spelling

Condition = Callable[[RecordDraft], bool]


def always(draft: RecordDraft) -> bool:
    """The condition of a field that always matters."""
    return True


@dataclass(frozen=True)
class FormField:
    """One field of a record.

    `control` makes its control. A field is shown `when` the rest of the record gives it a meaning.
    A `wide` one takes a row of its own. A tick carries its label itself (`labelled` is False).
    `label` replaces what the field is called elsewhere, as far as it is `called` so.
    """

    name: str
    control: Callable[[], Control]
    when: Condition = always
    wide: bool = False
    labelled: bool = True
    label: str = ""
    called: Condition = always


@dataclass(frozen=True)
class FormSection:
    """Fields under one small heading, an English key; `more` ones are folded until opened."""

    title: str
    fields: tuple[FormField, ...]
    more: bool = False


@dataclass(frozen=True)
class FormLayout:
    """All sections of the form of one kind of record, what a new one cannot do without, and how
    the form spells it."""

    sections: tuple[FormSection, ...]
    required: tuple[str, ...] = ("name",)
    spelling: Spelling = AS_THEY_ARE

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The fields of all sections, in their order."""
        return tuple(field for section in self.sections for field in section.fields)
