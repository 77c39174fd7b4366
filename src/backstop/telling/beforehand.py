"""What to do beforehand, in words: the standing reserve, what it buys, and the backup line."""

from backstop.plan import BackupLine, Need, Reserve
from backstop.telling import Narrator


def beforehand(reserve: Reserve, narrator: Narrator) -> list[str]:
    """What to do beforehand, a sentence each: the reserve, the line or the draws that would do the
    same, and what more would buy."""
    said = (
        reserve_sentence(reserve, narrator),
        line_sentence(reserve, narrator),
        early_sentence(reserve, narrator),
        further_sentence(reserve, narrator),
    )
    return [each for each in said if each]


def reserve_sentence(reserve: Reserve, narrator: Narrator) -> str:
    """How much more own money would let every single loss pass with nothing missed."""
    if not reserve.without_actions:
        return narrator.say("No single loss needs a reserve.")
    bare = narrator.amount(reserve.without_actions)
    if reserve.with_actions == 0:
        return narrator.say(
            "No more reserve is needed if you act in time; to sit each of them out, {bare} more.",
            bare=bare,
        )
    if reserve.with_actions is None:
        names = narrator.few(
            [each.name for each in reserve.needs if each.with_actions is None and not each.group]
        )
        return narrator.say(
            "No reserve was found with which every loss is survivable: {names}.", names=names
        )
    return narrator.say(
        "With {least} more in reserve every single loss can be survived by acting in time; "
        "to sit each of them out, {bare} more.",
        least=narrator.amount(reserve.with_actions),
        bare=bare,
    )


def line_sentence(reserve: Reserve, narrator: Narrator) -> str:
    """The cheapest line that would do the same; empty where none is needed or none helps."""
    best = next((each for each in reserve.lines if each.limit and each.proved), None)
    if best is None:
        return ""
    values = {
        "name": best.name,
        "limit": narrator.amount(best.limit or 0),
        "cost": narrator.amount(best.cost),
    }
    if best.by:
        return narrator.say(
            "One more line like {name}, of {limit}, does it too: arrange it by {day}; drawn in "
            "full it costs {cost}.",
            day=narrator.on_day(best.by),
            **values,
        )
    return narrator.say(
        "One more line like {name}, of {limit}, does it too: arrange it now; drawn in full it "
        "costs {cost}.",
        **values,
    )


def early_sentence(reserve: Reserve, narrator: Narrator) -> str:
    """What could be drawn now and kept instead; empty where that would not be enough."""
    if not reserve.early:
        return ""
    what = [
        narrator.say("{amount} from {name}", amount=narrator.amount(each.amount), name=each.name)
        for each in reserve.early
    ]
    return narrator.say(
        "Or draw {what} now, while it is open, and keep the money: that costs {cost}.",
        what=narrator.few(what),
        cost=narrator.amount(sum(each.cost for each in reserve.early)),
    )


def further_sentence(reserve: Reserve, narrator: Narrator) -> str:
    """What the groups need on top, and what keeps the owner's minimum; empty where neither asks
    for more than the single losses do."""
    said = []
    least = reserve.with_actions or 0
    if reserve.with_groups is not None and reserve.with_groups > least:
        said.append(
            narrator.say(
                "With {amount} more, groups that fail together can be survived too.",
                amount=narrator.amount(reserve.with_groups),
            )
        )
    keeping = reserve.keeping_minimum
    if keeping is not None and keeping > least and narrator.book.keeps_cash:
        said.append(
            narrator.say(
                "With {amount} more, cash need never fall below your minimum after a single loss.",
                amount=narrator.amount(keeping),
            )
        )
    return narrator.joined(said)


def need_row(need: Need, narrator: Narrator) -> list[str]:
    """A loss as cells: its name, the reserve without and with actions, and with the minimum."""
    cells = (need.without_actions, need.with_actions, need.keeping_minimum)
    none = narrator.say("none found")
    return [need.name, *(none if c is None else narrator.amount(c) for c in cells)]


def curve_rows(reserve: Reserve, narrator: Narrator) -> list[list[str]]:
    """Reserve, losses that still miss something, and the most missed, as cells."""
    return [
        [
            narrator.amount(each.reserve),
            str(each.not_survivable),
            narrator.amount(each.most_missed),
        ]
        for each in reserve.curve
    ]


def line_row(line: BackupLine, narrator: Narrator) -> list[str]:
    """A possible backup line as cells: like which, lead days, least limit, cost."""
    name, lead = line.name, str(line.lead_days)
    if line.limit is None:
        return [name, lead, narrator.say("none found"), "–"]
    return [name, lead, narrator.amount(line.limit), narrator.amount(line.cost)]
