"""What an owner keeps of questions and answers: losses worth asking for again, accepted plans."""

from datetime import date

import msgspec

from backstop.domain import validation as check
from backstop.domain.kinds import LossMode, PlanStage
from backstop.domain.lines import MOST_NOTICE_DAYS
from backstop.domain.records import Record


class SavedContingency(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A loss under the owner's own name; `None` is what each element's own record says.

    `cause` is the preset that it began with. After `cascade_after_days`, other uncommitted lines
    lose `cascade_percent`.
    """

    targets: tuple[str, ...]
    mode: LossMode | None = None
    loss_date: date | None = None
    notice_days: int | None = None
    duration_days: int | None = None
    cut_percent: int | None = None
    late_days: int = 0
    cascade_after_days: int = 0
    cascade_percent: int = 0
    cause: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.targets:
            raise check.refuse(self.name, "targets", "nothing is lost in it. Tick at least one.")
        check.check_date(self.name, "loss_date", self.loss_date)
        for field, least, most in (
            ("notice_days", 0, MOST_NOTICE_DAYS),
            ("duration_days", 1, MOST_NOTICE_DAYS),
            ("cut_percent", 0, 100),
            ("late_days", 0, MOST_NOTICE_DAYS),
            ("cascade_after_days", 0, MOST_NOTICE_DAYS),
            ("cascade_percent", 0, 100),
        ):
            value = getattr(self, field)
            if value is not None:
                check.check_number(self.name, field, value, least, most)
        check.check_line(self.name, "cause", self.cause)


class PlanStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One action of an accepted plan: `option` as the plan names it, amounts in minor units.

    `done_on` and `actual` say what really happened, once it has.
    """

    day: date
    option: str
    amount: int
    cost: int = 0
    done_on: date | None = None
    actual: int | None = None


class AcceptedPlan(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan that the owner accepted, with the fingerprint of its inputs on that day.

    `contingency` is the id of the loss it is for, on `loss_date`; `cost` and `missed` (minor units)
    are those that were proved then. A `drill` is practice, and nothing in it is real.
    """

    contingency: str
    loss_date: date
    accepted_on: date
    inputs: str
    steps: tuple[PlanStep, ...] = ()
    cost: int = 0
    missed: int = 0
    stage: PlanStage = PlanStage.ACCEPTED
    activated_on: date | None = None
    ended_on: date | None = None
    drill: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        for field in ("contingency", "inputs"):
            check.check_line(self.name, field, getattr(self, field), required=True)
        for field in ("loss_date", "accepted_on", "activated_on", "ended_on"):
            check.check_date(self.name, field, getattr(self, field))
        check.check_order(
            self.name, ("activated_on", self.activated_on), ("ended_on", self.ended_on)
        )
        check.check_amount(self.name, "missed", self.missed)
        check.check_amount(self.name, "cost", abs(self.cost))
        for step in self.steps:
            check.check_line(self.name, "steps", step.option, required=True)
            check.check_amount(self.name, "steps", step.amount)
            check.check_amount(self.name, "steps", abs(step.cost))
            for day in (step.day, step.done_on):
                check.check_date(self.name, "steps", day)
            if step.actual is not None:
                check.check_amount(self.name, "steps", step.actual)
