"""A debt paid off early with a draw on another line: its instalments are spared while the need
lasts, those of the draw come later or are lower."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from backstop.contingency.availability import way_of
from backstop.domain import Book, Facility, FundsUse, LossMode, Message, Tranche, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.claims import Claim, Key, Sort, payment_key
from backstop.plan.offers.kind import OptionKind
from backstop.plan.offers.lending import (
    date_of,
    dated,
    doubts,
    freed,
    instalments,
    line_of,
    paid_off,
)
from backstop.plan.offers.meaning import Meaning, total
from backstop.plan.offers.offer import Offer, proposal_on
from backstop.plan.offers.reliability import unreliability
from backstop.plan.offers.room import claims_on, periods_of, room_from
from backstop.plan.offers.sentence import Counted, count, money
from backstop.plan.situation import Situation
from backstop.projection.cards import is_in_running_bill
from backstop.projection.flows import net_of_fee

MOST_TRANCHES = 2
"""Debts looked at: those whose instalments weigh most while the need lasts."""

MOST_DAYS = 2
"""Days looked at for each line and debt: the first on which it could be done."""

MOST_OFFERS = 6
"""Ways that a plan chooses among: those that leave most in hand."""

UNCHANGED = (LossMode.NO_NEW_DRAWS, LossMode.PURCHASES_BLOCKED)
"""Ways to go under which what is owed goes on by its own schedule."""


@dataclass(frozen=True, slots=True)
class _Debt:
    line: Facility
    tranche: Tranche


def refinances(situation: Situation) -> Iterator[Offer]:
    """For the heaviest debts, a draw on each other line that pays the whole of it off, and what is
    short that day, where that leaves more in hand by the last day of need. (A balance that is
    called needs no such step: any draw by its day pays it.) A line whose permitted use is written
    down is for that alone."""
    if not len(situation.need_days):
        return
    lenders = [
        each
        for each in situation.book.facilities
        if situation.considers(each)
        and not (each.purchases_only or each.permitted_use)
        and each.use is FundsUse.ANY
    ]
    found = [
        offer
        for debt in _heaviest(situation)
        for line in lenders
        if line.id != debt.line.id
        for offer in _draws_for(situation, debt, line)
    ]
    relief = [_relief(situation, offer) for offer in found]
    best = sorted(range(len(found)), key=lambda number: -relief[number])[:MOST_OFFERS]
    yield from (found[number] for number in sorted(best) if relief[number] > 0)


def _heaviest(situation: Situation) -> list[_Debt]:
    whole = situation.projection.flows.whole
    debts = [
        _Debt(line, tranche)
        for line in situation.book.facilities
        if _goes_on(situation, line) and not line.is_repaid_by_takings
        for tranche in line.tranches
        if tranche.early_on is None and not (line.id in whole and is_in_running_bill(line, tranche))
    ]
    weights = {debt.tranche.id: _weight(situation, debt) for debt in debts}
    heavy = [debt for debt in debts if weights[debt.tranche.id]]
    heavy.sort(key=lambda debt: (-weights[debt.tranche.id], debt.tranche.id))
    return heavy[:MOST_TRANCHES]


def _goes_on(situation: Situation, line: Facility) -> bool:
    way = way_of(situation.book, situation.contingency, line.id)
    return way is None or way.mode in UNCHANGED


def _weight(situation: Situation, debt: _Debt) -> int:
    """What falls due on it after the first day on which something can be done, while there is
    need."""
    _, spared = paid_off(situation.book, debt.line, debt.tranche, situation.start)
    return sum(amount for day, amount in spared if day <= situation.last_need)


def _draws_for(situation: Situation, debt: _Debt, line: Facility) -> Iterator[Offer]:
    room = room_from(situation, line)
    days = situation.opening(line, situation.dates)
    for day in sorted({*days[:MOST_DAYS], *situation.wanted} & {*days}):
        payoff, spared = paid_off(situation.book, debt.line, debt.tranche, day)
        short = max(0, -int(situation.outcome.low[day]))
        amount = _enough(line, payoff + short)
        if not payoff or amount is None or amount > room[day]:
            continue
        action = replace(
            proposal_on(ActionKind.REFINANCE, line, day, amount),
            payment=debt.tranche.id,
            payment_name=debt.line.name,
            periods=periods_of(line)[-1],
        )
        once = Claim(Key(Sort.PAID_OFF, debt.tranche.id), 1, counts=True)
        yield Offer(
            action,
            (*claims_on(situation, line, days, room, day), once),
            spared=tuple(
                (payment_key(debt.line.id, due), cash)
                for due, cash in spared
                if due < situation.projection.days
            ),
            least=amount,
            hardship=unreliability(situation.book, line),
        )


def _enough(line: Facility, needed: int) -> int | None:
    """The least draw, in the lender's steps, that leaves so much after the fee."""
    left_percent = 100 - line.draw_fee_percent
    if not left_percent:
        return None
    amount = max(line.minimum_draw, ceil(needed * 100 / left_percent))
    return amount + -amount % line.draw_step


def _relief(situation: Situation, offer: Offer) -> int:
    """What it leaves more in hand on the last day that it has to serve."""
    moves = offer.meaning(situation).moves
    return total(tuple(move for move in moves if move[0] <= situation.last_need))


def _meaning(book: Book, action: Action) -> Meaning:
    """The draw pays off a debt elsewhere: its instalments after that day need not be paid. A debt
    that is no longer in the book is paid off already."""
    line = line_of(book, action)
    owing = [(f, t) for f in book.facilities for t in f.tranches if t.id == action.payment]
    payoff, spared = paid_off(book, *owing[0], action.day) if owing else (0, ())
    made = instalments(line, action.amount, date_of(book, action), action.periods)
    gained = ((action.day, net_of_fee(line, action.amount) - payoff), *spared)
    owed = dated(book, line, made)
    return Meaning(gained, owed, total(owed) - total(gained), freed(book, line, made))


def _sentence(book: Book, action: Action) -> Counted:
    return count(
        action.periods,
        "Pay off {debt} with {amount} from {name}, for a month",
        "Pay off {debt} with {amount} from {name}, over {n} months",
        debt=action.payment_name,
        amount=money(book, action.amount),
        name=action.name,
    )


def _cautions(book: Book, action: Action) -> tuple[Message, ...]:
    ask = message("Ask first whether its money may pay off another debt.")
    return (*doubts(book, action), ask)


KIND = OptionKind(
    key=ActionKind.REFINANCE,
    offers=refinances,
    meaning=_meaning,
    sentence=_sentence,
    cautions=_cautions,
    lends=True,
    replaces_debt=True,
)
