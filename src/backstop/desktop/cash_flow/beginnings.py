"""What a new payment or receipt begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backstop.desktop.forms.record_changes import free_id, new_values
from backstop.domain import (
    CashFlow,
    Direction,
    Repeat,
)
from backstop.services import clock

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


def new_flow(context: Context, direction: Direction) -> dict[str, Any]:
    """A monthly payment or receipt from today on."""
    return new_values(
        CashFlow,
        id=free_id(context, direction.value),
        name="",
        direction=direction,
        first_date=clock.first_day(context.book),
        repeat=Repeat.MONTHS,
    )
