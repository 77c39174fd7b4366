"""A draw that is owed as its form spells it: by what is owed now, or by how it began.

The field `origin` is then whether it is told by how it began, and the fields of the origin stand
beside it; a draw that is told by what is owed now has those that it could have begun with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from backstop.desktop.forms.draft import Spelling, Values
from backstop.domain import Origin, RepaymentMethod, Rhythm, Tranche
from backstop.domain.fields import fields_of
from backstop.projection import tranche_schedule
from backstop.projection.amortisation import due_dates
from backstop.projection.schedules import dues_since, interest_start, left_after, owed_dues

PARTS = tuple(fields_of(Origin))
PATHS = {f"origin.{name}": name for name in PARTS}
NOTHING_BEGUN: Values = {
    "origin": None,
    "paid_instalments": 0,
    "grace_periods": 0,
    "interest_only_periods": 0,
}


def spelling_on(as_of: date) -> Spelling:
    """How draws are spelled in a book of that day."""
    spelt = _Spelt(as_of)
    return Spelling(spelt.opened, spelt.follows)


@dataclass(frozen=True)
class _Spelt:
    as_of: date

    def opened(self, values: Values) -> Values:
        """The fields of the form; what is due whole after so many months is due on a day."""
        if _matures(values) and values["remaining_periods"] > 1 and not values["origin"]:
            values = values | self._by_maturity(values)
        origin = values["origin"] or self._could_have_begun(values)
        parts = {path: getattr(origin, name) for path, name in PATHS.items()}
        if not values["origin"]:
            parts["origin.principal"] = values["principal"]
        return values | parts | {"origin": values["origin"] is not None}

    def _by_maturity(self, values: Values) -> Values:
        owed = _owed(values)
        return {
            "next_due": owed_dues(owed)[-1],
            "remaining_periods": 1,
            "interest_from": interest_start(owed, self.as_of),
        }

    def _could_have_begun(self, values: Values) -> Origin:
        """A beginning that leaves what is owed now, none of it paid yet."""
        owed = _owed(values)
        return Origin(
            start=min(interest_start(owed, self.as_of), owed.next_due),
            principal=owed.principal,
            first_due=owed.next_due,
            periods=owed.remaining_periods,
            grace_periods=owed.grace_periods,
            interest_only_periods=owed.interest_only_periods,
        )

    def follows(self, before: Values, values: Values) -> Values:
        """The fields of the record."""
        plain = {name: value for name, value in values.items() if name not in PATHS}
        if not values["origin"] or not may_have_begun(values):
            return self._owed_now(before, plain | {"origin": None})
        typed = {name: values[path] for path, name in PATHS.items() if values[path] != before[path]}
        base = self._base(before, values)
        began = self._began(base, typed, values)
        if began["principal"] is None:
            return plain | {"origin": None, "principal": None}
        paid = self._paid(before, values, base, began)
        return plain | _as_begun(plain, Origin(**began), paid)

    def _owed_now(self, before: Values, plain: Values) -> Values:
        if before["origin"] and not plain["imported"]:
            plain |= self._begun_no_more(before)
        if not plain["imported"]:
            plain |= {"paid_instalments": 0}
        return plain | {"remaining_periods": 1} if _matures(plain) else plain

    def _begun_no_more(self, before: Values) -> Values:
        """What stands for a beginning that is no longer told."""
        record = Tranche(**self.follows(before, before))
        paid, origin = record.paid_instalments, record.origin
        assert origin is not None
        grace = max(0, origin.grace_periods - paid)
        silent = max(0, origin.grace_periods + origin.interest_only_periods - paid)
        return {
            "interest_from": tranche_schedule(record)[0].since,
            "grace_periods": grace,
            "interest_only_periods": silent - grace,
        }

    def _base(self, before: Values, values: Values) -> dict[str, Any]:
        """The parts of the origin as they were before something was typed into them."""
        if before["origin"]:
            return {name: before[path] for path, name in PATHS.items()}
        could = self._could_have_begun(values)
        return {name: getattr(could, name) for name in PARTS} | {"principal": values["principal"]}

    def _began(self, base: dict[str, Any], typed: dict[str, Any], values: Values) -> dict[str, Any]:
        """The parts of the origin. The first due date moves along with the day of the draw where
        it is the usual one."""
        parts = base | typed
        if _matures(values):
            return parts | {"periods": 1}
        usual = partial(_usual, due_day=values["due_day"], rhythm=values["rhythm"])
        moves = "start" in typed and "first_due" not in typed
        if moves and base["first_due"] == usual(base["start"]):
            parts["first_due"] = usual(parts["start"])
        return parts

    def _paid(
        self, before: Values, values: Values, base: dict[str, Any], began: dict[str, Any]
    ) -> int:
        """As many as are typed; as many as fell due where so many were paid before."""
        paid: int = values["paid_instalments"]
        if _matures(values) or paid != before["paid_instalments"]:
            return 0 if _matures(values) else paid
        usual = self._fallen_due(values, Origin(**base | {"principal": began["principal"]}))
        return self._fallen_due(values, Origin(**began)) if paid == usual else paid

    def _fallen_due(self, values: Values, origin: Origin) -> int:
        dues = dues_since(_owed(values), origin)
        return sum(each < self.as_of for each in dues[:-1])


def may_have_begun(values: Any) -> bool:
    """Whether a draw like this one can be told by how it began."""
    cycle = values["method"] is RepaymentMethod.STATEMENT_CYCLE
    return not values["imported"] and (not cycle or values["bill_instalments"] != 1)


def _as_begun(plain: Values, origin: Origin, paid: int) -> Values:
    """The origin, and what it leaves; too many paid are for the record to refuse."""
    begun = _owed(plain)
    left = left_after(begun, origin, min(paid, origin.periods - 1))
    return {
        **NOTHING_BEGUN,
        **left._asdict(),
        "interest_from": None,
        "origin": origin,
        "paid_instalments": paid,
    }


def _matures(values: Values) -> bool:
    return values["method"] is RepaymentMethod.BULLET and not values["imported"]


def _usual(start: date, due_day: int | None, rhythm: Rhythm) -> date:
    return due_dates(start, 1, due_day, rhythm)[0]


def _owed(values: Values) -> Tranche:
    """A draw on these terms that is told by what is owed now, as far as that is known."""
    known = {name: values[name] for name in Tranche.__struct_fields__}
    known |= {"name": values["name"] or "-", "principal": values["principal"] or 1, "origin": None}
    return Tranche(**known | ({} if values["imported"] else {"paid_instalments": 0}))
