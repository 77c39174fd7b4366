"""The owner's measures as steps of a plan, in words."""

from backstop.domain import Measure, MeasureKind
from backstop.plan import Action, ActionKind
from backstop.telling import Narrator, Words


def measure_text(action: Action, narrator: Narrator) -> str:
    """What to do with a measure, in words."""
    values = {"name": action.name, "amount": narrator.amount(action.amount)}
    match action.kind:
        case ActionKind.SELL_ASSET:
            net = narrator.amount(action.amount - action.cost)
            return narrator.say("Sell {name}, worth {amount}, for {net}", **values, net=net)
        case ActionKind.FACTOR:
            return narrator.say(
                "Have {amount} of {receipt} (due {day}) advanced: {name}",
                **values,
                **_receipt(action, narrator),
            )
        case ActionKind.COLLECT_EARLY:
            return narrator.say(
                "Collect {receipt} ({amount}) early, not only on {day}: {name}",
                **values,
                **_receipt(action, narrator),
            )
        case ActionKind.OWNER_MONEY:
            return _owner_money(action, narrator, values)
        case ActionKind.NEW_FACILITY:
            return _new_line(action, narrator, values)
        case _:
            return narrator.count(
                action.periods,
                "Agree with {line} to pay {amount} a month later instead of at once",
                "Agree with {line} to pay {amount} in {n} instalments instead of at once",
                **values,
                line=action.payment_name,
            )


def _receipt(action: Action, narrator: Narrator) -> dict[str, str]:
    day = narrator.on_day(action.days[0])
    return {"receipt": action.payment_name, "day": day}


def _owner_money(action: Action, narrator: Narrator, values: dict[str, str]) -> str:
    back = action.last_repayment_day
    if back is None:
        return narrator.say("Take {amount} from {name}", **values)
    return narrator.say(
        "Take {amount} from {name}, to be given back on {day}",
        **values,
        day=narrator.on_day(back),
    )


def _new_line(action: Action, narrator: Narrator, values: dict[str, str]) -> str:
    measure = narrator.book.by_id.get(action.source)
    if isinstance(measure, Measure) and measure.arranged:
        return narrator.count(
            action.periods,
            "Draw {amount} from {name} for a month",
            "Draw {amount} from {name} for {n} months",
            **values,
        )
    return narrator.count(
        action.periods,
        "Apply for {name}, then draw {amount} for a month",
        "Apply for {name}, then draw {amount} for {n} months",
        **values,
    )


def measure_caution(measure: Measure, words: Words) -> str:
    """What a measure hangs on that is not in the owner's hands; empty where it is."""
    match measure.kind:
        case MeasureKind.NEW_FACILITY if not measure.arranged and measure.chance_percent < 100:
            return words.say("Not arranged yet; chance {n} %.", n=measure.chance_percent)
        case MeasureKind.NEW_FACILITY if not measure.arranged:
            return words.say("Not arranged yet.")
        case MeasureKind.FACTOR if measure.recourse:
            return words.say("If the customer does not pay, it has to be given back.")
        case MeasureKind.COLLECT_EARLY:
            return words.say("The customer has to agree.")
        case MeasureKind.RENEGOTIATE:
            return words.say("The lender has to agree.")
        case _:
            return ""
