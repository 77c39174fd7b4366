"""What a form is made of: sections of fields, each with its control and when it matters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backstop.desktop.forms.control import Control
from backstop.desktop.forms.draft import RecordDraft, Spelling

Condition = Callable[[RecordDraft], bool]


def always(draft: RecordDraft) -> bool:
    """The condition of a field that always matters."""
    return True


def plainly(as_of: date) -> Spelling:
    """Field by field."""
    return Spelling()


@dataclass(frozen=True)
class FormField:
    """One field of a record; that of a part of it is named by both names, with a point between.

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

    @property
    def own_name(self) -> str:
        """Its name in the record that has it, which may be a part of the one that is edited."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class FormSection:
    """Fields under one small heading, an English key; `more` ones are folded until opened."""

    title: str
    fields: tuple[FormField, ...]
    more: bool = False


@dataclass(frozen=True)
class FormLayout:
    """All sections of the form of one kind of record, what a new one cannot do without, and how
    the form spells it when the book stands as of a day."""

    sections: tuple[FormSection, ...]
    required: tuple[str, ...] = ("name",)
    spelling: Callable[[date], Spelling] = plainly

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The fields of all sections, in their order."""
        return tuple(field for section in self.sections for field in section.fields)
