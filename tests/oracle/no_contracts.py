"""What fills most of a statement and comes round by no contract."""

from collections.abc import Callable
from datetime import timedelta

from backstop.importers import Nature, Standing
from oracle.statement_maker import NOBODY_KNOWS, Maker


def coffee(make: Maker) -> None:
    """Two to four a week, of a short list of prices."""
    prices = [make.price(9, 20) for _ in range(make.rng.randint(1, 4))]
    for day in make.some_days(make.rng.uniform(0.25, 0.6)):
        make.put("coffee", day, make.rng.choice(prices))


def canteen(make: Maker) -> None:
    amount = make.price(8, 18)
    for day in make.some_days(0.6):
        if day.isoweekday() < 6:
            make.put("canteen", day, amount)


def groceries(make: Maker) -> None:
    for day in make.some_days(make.rng.uniform(0.1, 0.3)):
        make.put("groceries", day, make.rng.randint(1500, 40000))


def takeaway(make: Maker) -> None:
    for day in make.some_days(make.rng.uniform(0.05, 0.3)):
        make.put("takeaway", day, make.rng.randint(1200, 6000))


def taxi(make: Maker) -> None:
    for day in make.some_days(make.rng.uniform(0.02, 0.15)):
        make.put("taxi", day, make.rng.randint(900, 7000))


def petrol(make: Maker) -> None:
    day, full = make.first, make.price(200, 350)
    while (day := day + timedelta(make.rng.randint(7, 19))) <= make.last:
        make.put("petrol", day, make.rng.choice([full, make.rng.randint(15000, 40000)]))


def friends(make: Maker) -> None:
    for day in make.some_days(0.04):
        nature = make.rng.choice([Nature.SPENDING, Nature.INCOME])
        make.put("friend", day, make.rng.choice([5, 10, 20, 50, 66, 88, 100, 200]) * 100, nature)


def hair(make: Maker) -> None:
    day, amount = make.first, make.price(25, 88)
    while (day := day + timedelta(make.rng.randint(20, 55))) <= make.last:
        make.put("hair", day, amount)


def pharmacy(make: Maker) -> None:
    for day in make.some_days(0.025):
        make.put("pharmacy", day, make.rng.randint(800, 20000))


def travel_card(make: Maker) -> None:
    """A round sum whenever the card is empty."""
    amount = make.rng.choice([50, 100]) * 100
    for day in make.some_days(0.05):
        make.put("travel card", day, amount)


def cash(make: Maker) -> None:
    for day in make.some_days(0.03):
        make.put("machine", day, make.rng.choice([100, 200, 500]) * 100, Nature.TRANSFER)


def savings(make: Maker) -> None:
    """Own money put aside every month: a transfer, neither income nor spending."""
    for day in make.monthly():
        make.put("savings", day, 200000, Nature.TRANSFER)


def card(make: Maker) -> None:
    """What a card took in a month; whether it comes round as an item of its own is open."""
    for day in make.monthly():
        make.put("card", day, make.rng.randint(50000, 500000), Nature.REPAYMENT, NOBODY_KNOWS)


def shops(make: Maker) -> None:
    """Once here, once there; some of it is brought back."""
    for day in make.some_days(0.15):
        shop, amount = make.printer.some_shop(), make.price(10, 800)
        comes_back = make.rng.random() < 0.1
        standing = Standing.REFUNDED if comes_back else Standing.DONE
        make.put(shop, day, amount, standing=standing)
        back = day + timedelta(make.rng.randint(1, 12))
        if comes_back and back <= make.last:
            make.put(shop, back, amount, Nature.REFUND, standing=Standing.REFUND)


def customers(make: Maker) -> None:
    for day in make.some_days(0.04):
        make.put("customer", day, make.rng.randint(30000, 900000), Nature.INCOME)


NO_CONTRACTS: tuple[Callable[[Maker], None], ...] = (
    coffee,
    canteen,
    groceries,
    takeaway,
    taxi,
    petrol,
    friends,
    hair,
    pharmacy,
    travel_card,
    cash,
    savings,
    card,
    shops,
    customers,
)
