"""What an owner keeps of questions and answers: losses worth asking for again, accepted plans."""

from datetime import date
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.kinds import LossMode, PlanStage
from backstop.domain.lines import MOST_NOTICE_DAYS, CutPercent, NoticeDays
from backstop.domain.records import Record

LossDay = Annotated[date, spec.day("Day of the loss")]


class SavedContingency(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A loss under the owner's own name; `None` is what each element's own record says.

    `cause` is the preset that it began with. After `cascade_after_days`, other uncommitted lines
    lose `cascade_percent`. `expense` is money that has to be paid that day and that nobody foresaw;
    where there is one, nothing else need be lost.
    """

    targets: Annotated[tuple[str, ...], spec.labelled("What is lost")]
    mode: Annotated[LossMode | None, spec.labelled("How it goes")] = None
    loss_date: LossDay | None = None
    notice_days: NoticeDays | None = None
    duration_days: Annotated[
        int | None, spec.days("Lasts (days)", least=1, most=MOST_NOTICE_DAYS)
    ] = None
    cut_percent: CutPercent | None = None
    late_days: Annotated[int, spec.days("Receipts late by (days)", most=MOST_NOTICE_DAYS)] = 0
    cascade_after_days: Annotated[
        int, spec.days("Other lines follow after (days)", most=MOST_NOTICE_DAYS)
    ] = 0
    cascade_percent: Annotated[int, spec.share("Other lines lose (%)")] = 0
    cause: Annotated[str, spec.line("Cause")] = ""
    expense: Annotated[int, spec.amount("Sudden expense", since=4)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.targets and not self.expense:
            raise check.refuse(self.name, "targets", "nothing is lost in it. Tick at least one.")


LONGEST_OPTION = 20_000
"""Characters: a step about a habit names each of its days, of which workdays leave no short run."""


class PlanStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One action of an accepted plan: `option` as the plan names it, amounts in minor units.

    `done_on` and `actual` say what really happened, once it has.
    """

    day: Annotated[date, spec.day("Day")]
    option: Annotated[str, spec.line("Action", required=True, longest=LONGEST_OPTION)]
    amount: Annotated[int, spec.amount("Amount")]
    cost: Annotated[int, spec.amount("Cost", signed=True)] = 0
    done_on: Annotated[date | None, spec.day("Done on")] = None
    actual: Annotated[int | None, spec.amount("Actual amount")] = None


class AcceptedPlan(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan that the owner accepted, with the fingerprint of its inputs on that day.

    `contingency` is the id of the loss it is for, on `loss_date`; `cost` and `missed` (minor units)
    are those that were proved then. A `drill` is practice, and nothing in it is real.
    """

    contingency: Annotated[str, spec.line("Loss", required=True)]
    loss_date: LossDay
    accepted_on: Annotated[date, spec.day("Accepted on")]
    inputs: Annotated[str, spec.line("Fingerprint of the inputs", required=True)]
    steps: Annotated[tuple[PlanStep, ...], spec.rows("Steps of the plan")] = ()
    cost: Annotated[int, spec.amount("Cost", signed=True)] = 0
    missed: Annotated[int, spec.amount("Unpaid")] = 0
    stage: Annotated[PlanStage, spec.labelled("Stage")] = PlanStage.ACCEPTED
    activated_on: Annotated[date | None, spec.day("Happened on")] = None
    ended_on: Annotated[date | None, spec.day("Ended on")] = None
    drill: Annotated[bool, spec.labelled("Drill")] = False

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_order(
            self.name, ("activated_on", self.activated_on), ("ended_on", self.ended_on)
        )
