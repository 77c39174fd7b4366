"""Where the Sources pane can be: a record of some kind, known or new, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backstop.desktop.sources.beginnings import (
    new_account,
    new_draw,
    new_facility,
    new_group,
    new_measure,
    new_tranche,
)
from backstop.domain import (
    Account,
    Facility,
    LinkGroup,
    Measure,
    PlannedDraw,
    Record,
    Tranche,
)

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


@dataclass(frozen=True)
class Place:
    """What the pane shows: a record by kind and id (empty: a new one).

    `owner` is a tranche's facility, or the template of a new measure.
    """

    kind: type[Record]
    id: str = ""
    owner: str = ""


BEGINNINGS: dict[type[Record], Callable[[Context, str], dict[str, Any]]] = {
    Account: new_account,
    Facility: new_facility,
    Tranche: new_tranche,
    PlannedDraw: new_draw,
    LinkGroup: new_group,
    Measure: new_measure,
}
NEW_TITLES: dict[type[Record], str] = {
    Account: "New account",
    Facility: "New source",
    Tranche: "New outstanding draw",
    PlannedDraw: "New planned draw",
    LinkGroup: "New group",
    Measure: "Something that could be done",
}
KIND_NAMES: dict[type[Record], str] = {
    Tranche: "outstanding draw",
    PlannedDraw: "planned draw",
    LinkGroup: "sources that fail together",
}
