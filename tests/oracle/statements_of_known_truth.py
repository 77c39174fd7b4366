"""Statements of one account with the truth beside: which rows come round, and which do not.

Written from what a statement of a household or a small business holds, not from how recurring items
are searched. `statement(seed)` is the same for ever. Each has contracts (fixed, stepped, drifting,
varying; skipped or late once; twins with one counterparty), wages, and much that is no contract:
shops, coffee, taxis, refunds, transfers. Rows of which nobody could say are kept as `unclear`.
"""

from collections.abc import Callable
from datetime import timedelta

from backstop.importers import Nature
from backstop.importers.rhythms import Rhythm
from oracle.due_days import by_months, by_weeks, late_once, nearly, on_working_days, without_one
from oracle.no_contracts import NO_CONTRACTS
from oracle.statement_maker import NOBODY_KNOWS, KnownStatement, Maker


def rent(make: Maker) -> None:
    days = make.monthly(day=make.rng.choice([1, 5, 10, 15, 28]))
    if make.rng.random() < 0.4:
        days = late_once(days, make.rng)
    make.contract("rent", "rent", Rhythm.MONTHLY, days, make.stepped(make.price(1500, 6000)))


def wages(make: Maker) -> None:
    """Paid before a weekend; in one year a bonus in the same sum or in a row of its own."""
    days = on_working_days(make.monthly(day=make.rng.choice([5, 8, 10, 15, 25])), -1)
    amount, bonus = make.price(6000, 20000), make.rng.randrange(3, 12)
    overtime = make.rng.random() < 0.5

    def paid(number: int) -> int:
        usual = amount + (make.rng.randint(-80, 120) * amount // 1000 if overtime else 0)
        return usual * 2 if number == bonus else usual

    make.contract("wages", "wages", Rhythm.MONTHLY, days, paid, Nature.INCOME)
    if make.rng.random() < 0.5:
        make.put("wages", make.first + timedelta(200), amount * 3, Nature.INCOME, NOBODY_KNOWS)


def month_end(make: Maker) -> None:
    days = make.monthly(day=31)
    if make.rng.random() < 0.5:
        days = on_working_days(days, -1)
    make.contract("month end", "office", Rhythm.MONTHLY, days, make.fixed(make.price(300, 3000)))


def subscription(make: Maker) -> None:
    days = make.monthly()
    if make.rng.random() < 0.4:
        days = without_one(days, make.rng)
    make.contract("fixed", "video", Rhythm.MONTHLY, days, make.stepped(make.price(8, 40)))


def foreign(make: Maker) -> None:
    amounts = make.drifting(make.price(20, 200))
    make.contract(
        "drifting", "software", Rhythm.MONTHLY, nearly(make.monthly(), 1, make.rng), amounts
    )


def electricity(make: Maker) -> None:
    days = nearly(make.monthly(day=make.rng.randint(6, 25)), 2, make.rng)
    make.contract("bill", "electricity", Rhythm.MONTHLY, days, make.varying(make.price(80, 400)))


def phone(make: Maker) -> None:
    days = without_one(on_working_days(make.monthly(), 1), make.rng)
    make.contract("skipped", "phone", Rhythm.MONTHLY, days, make.fixed(make.price(20, 199)))


def two_policies(make: Maker) -> None:
    """Two contracts with one insurer, of other amounts, sometimes of other rhythms."""
    make.contract(
        "twins", "insurer", Rhythm.MONTHLY, make.monthly(), make.fixed(make.price(100, 400))
    )
    months, rhythm = make.rng.choice(
        [(1, Rhythm.MONTHLY), (1, Rhythm.MONTHLY), (3, Rhythm.QUARTERLY), (12, Rhythm.YEARLY)]
    )
    amount = make.fixed(make.price(500, 2000))
    make.contract("twins", "insurer", rhythm, make.monthly(months), amount)


def two_lines(make: Maker) -> None:
    """The same amount to the same counterparty on two days of the month."""
    day, amount = make.rng.randint(1, 12), make.fixed(make.price(30, 300))
    apart = make.rng.randint(9, 16)
    for each in (day, day + apart):
        make.contract("equal twins", "broadband", Rhythm.MONTHLY, make.monthly(day=each), amount)


def two_on_a_day(make: Maker) -> None:
    """The same amount to the same counterparty twice on one day."""
    days, amount = make.monthly(), make.fixed(make.price(30, 300))
    for _ in range(2):
        make.contract("twins of a day", "gym", Rhythm.MONTHLY, days, amount)


def weekly(make: Maker) -> None:
    days = by_weeks(make.first, make.last, 1, make.rng)
    days = without_one(without_one(days, make.rng), make.rng)
    make.contract("weekly", "lessons", Rhythm.WEEKLY, days, make.fixed(make.price(50, 300)))


def fortnightly(make: Maker) -> None:
    days = on_working_days(by_weeks(make.first, make.last, 2, make.rng), -1)
    amounts = make.rng.choice([make.fixed, make.stepped])(make.price(80, 900))
    make.contract("fortnightly", "cleaning", Rhythm.FORTNIGHTLY, days, amounts)


def quarterly(make: Maker) -> None:
    days = on_working_days(make.monthly(3), 1)
    make.contract(
        "quarterly", "property", Rhythm.QUARTERLY, days, make.stepped(make.price(300, 3000))
    )


def yearly(make: Maker) -> None:
    days = nearly(make.monthly(12), 2, make.rng)
    amounts = make.rng.choice([make.fixed, make.drifting])(make.price(60, 3000))
    make.contract("yearly", "domain", Rhythm.YEARLY, days, amounts)


def gas(make: Maker) -> None:
    days, amounts = nearly(make.monthly(2), 2, make.rng), make.varying(make.price(60, 300))
    make.contract("two-monthly bill", "gas", Rhythm.EVERY_TWO_MONTHS, days, amounts)


def interest(make: Maker) -> None:
    days = by_months(make.first, make.last, 3, 21, make.rng)
    amounts = make.varying(make.price(2, 40))
    make.contract("interest", "bank", Rhythm.QUARTERLY, days, amounts, Nature.INCOME)


def member_who_buys(make: Maker) -> None:
    """A membership at a shop where other things are bought, at other prices."""
    make.contract(
        "beside buying", "market", Rhythm.MONTHLY, make.monthly(), make.fixed(make.price(9, 30))
    )
    for day in make.some_days(0.05):
        make.put("market", day, make.price(20, 600) + make.rng.randrange(99))


def mortgage(make: Maker) -> None:
    days = on_working_days(make.monthly(day=20), 1)
    amounts = make.stepped(make.price(2000, 9000))
    make.contract("loan", "lender", Rhythm.MONTHLY, days, amounts, Nature.REPAYMENT)


def ended(make: Maker) -> None:
    days = [each for each in make.monthly() if each >= make.first][:7]
    make.contract("ended", "course", Rhythm.MONTHLY, days, make.fixed(make.price(20, 400)))


def pension(make: Maker) -> None:
    days, amounts = on_working_days(make.monthly(day=15), 1), make.stepped(make.price(900, 4000))
    make.contract("pension", "pension", Rhythm.MONTHLY, days, amounts, Nature.INCOME)


CONTRACTS: tuple[Callable[[Maker], None], ...] = (
    rent,
    wages,
    month_end,
    subscription,
    foreign,
    electricity,
    phone,
    two_policies,
    two_lines,
    two_on_a_day,
    weekly,
    fortnightly,
    quarterly,
    yearly,
    gas,
    interest,
    member_who_buys,
    mortgage,
    ended,
    pension,
)


def statement(seed: int) -> KnownStatement:
    """The statement of a seed: eight to fourteen contracts, and a household's other rows."""
    make = Maker(seed)
    for contract in make.rng.sample(CONTRACTS, make.rng.randint(8, 14)):
        contract(make)
    for other in make.rng.sample(NO_CONTRACTS, make.rng.randint(6, len(NO_CONTRACTS))):
        other(make)
    return make.finished()
