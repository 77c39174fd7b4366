"""What to do beforehand, in words: the standing reserve, what it buys, and the backup line."""

from backstop.domain import Book
from backstop.plan import BackupLine, Need, Reserve
from backstop.telling import Words
from backstop.telling.phrases import amount, joined, on_day


def beforehand(book: Book, reserve: Reserve, words: Words) -> list[str]:
    """What to do beforehand, a sentence each: the reserve, the line or the draws that would do the
    same, and what more would buy."""
    said = (
        reserve_sentence(book, reserve, words),
        line_sentence(book, reserve, words),
        early_sentence(book, reserve, words),
        further_sentence(book, reserve, words),
    )
    return [each for each in said if each]


def reserve_sentence(book: Book, reserve: Reserve, words: Words) -> str:
    """How much more own money would let every single loss pass with nothing missed."""
    if not reserve.bare:
        return words.say("No single loss needs a reserve.")
    bare = amount(book, words, reserve.bare)
    if reserve.least == 0:
        return words.say(
            "No more reserve is needed if you act in time; to sit every loss out, {bare} more.",
            bare=bare,
        )
    if reserve.least is None:
        names = words.few(
            [each.name for each in reserve.needs if each.least is None and not each.group]
        )
        return words.say("No reserve alone makes every loss survivable: {names}.", names=names)
    return words.say(
        "With {least} more in reserve every single loss can be survived by acting in time; "
        "to sit every loss out, {bare} more.",
        least=amount(book, words, reserve.least),
        bare=bare,
    )


def line_sentence(book: Book, reserve: Reserve, words: Words) -> str:
    """The cheapest line that would do the same; empty where none is needed or none helps."""
    best = next((each for each in reserve.lines if each.limit and each.proved), None)
    if best is None:
        return ""
    values = {
        "name": best.name,
        "limit": amount(book, words, best.limit or 0),
        "cost": amount(book, words, best.cost),
    }
    if best.by:
        return words.say(
            "So it can with one more line like {name} of {limit}: arrange it by {day}; drawn in "
            "full it costs {cost}.",
            day=on_day(book, words, best.by),
            **values,
        )
    return words.say(
        "So it can with one more line like {name} of {limit}: arrange it now; drawn in full it "
        "costs {cost}.",
        **values,
    )


def early_sentence(book: Book, reserve: Reserve, words: Words) -> str:
    """What could be drawn now and kept instead; empty where that would not be enough."""
    if not reserve.early:
        return ""
    what = [
        words.say("{amount} from {name}", amount=amount(book, words, each.amount), name=each.name)
        for each in reserve.early
    ]
    return words.say(
        "Or draw {what} now, while it is open, and keep the money: that costs {cost}.",
        what=words.few(what),
        cost=amount(book, words, sum(each.cost for each in reserve.early)),
    )


def further_sentence(book: Book, reserve: Reserve, words: Words) -> str:
    """What the groups need on top, and what keeps the owner's minimum; empty where neither asks
    for more than the single losses do."""
    said = []
    least = reserve.least or 0
    if reserve.with_groups is not None and reserve.with_groups > least:
        said.append(
            words.say(
                "With {amount} more, groups that fail together can be survived too.",
                amount=amount(book, words, reserve.with_groups),
            )
        )
    if reserve.kept is not None and reserve.kept > least and book.minimum_cash:
        said.append(
            words.say(
                "With {amount} more, cash need never fall below your minimum after a single loss.",
                amount=amount(book, words, reserve.kept),
            )
        )
    return joined(words, said)


def need_row(book: Book, need: Need, words: Words) -> list[str]:
    """A loss as cells: its name, the reserve without and with actions, and with the minimum."""
    cells = (need.bare, need.least, need.kept)
    none = words.say("no cash helps")
    return [need.name, *(none if c is None else amount(book, words, c) for c in cells)]


def curve_rows(book: Book, reserve: Reserve, words: Words) -> list[list[str]]:
    """Reserve, losses that still miss something, and the most missed, as cells."""
    return [
        [
            amount(book, words, each.reserve),
            str(each.not_survivable),
            amount(book, words, each.most_missed),
        ]
        for each in reserve.curve
    ]


def line_row(book: Book, line: BackupLine, words: Words) -> list[str]:
    """A possible backup line as cells: like which, lead days, least limit, cost."""
    name, lead = line.name, str(line.lead_days)
    if line.limit is None:
        return [name, lead, words.say("does not help"), "–"]
    return [name, lead, amount(book, words, line.limit), amount(book, words, line.cost)]
