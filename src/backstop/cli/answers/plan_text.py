"""One plan in plain text."""

from backstop.cli.tables import padded, plain
from backstop.plan import Action, Answers, Phase, Plan
from backstop.telling import Narrator, Words
from backstop.telling.asking import (
    ask_spares,
    ask_terms,
    ask_text,
    asks_heading,
    begin_lines,
    not_counted,
)
from backstop.telling.explaining import next_best, worth_lines
from backstop.telling.happenings import heading
from backstop.telling.not_arranged import fallback_heading, fallback_lines, proof_sentence
from backstop.telling.overdue import still_counted_on
from backstop.telling.remaining import remaining, unpaid_rows
from backstop.telling.sentences import (
    action_text,
    begins,
    bounces_sentence,
    cautions,
    loss_verdict,
    no_actions,
    phase_heading,
    takes_effect,
)
from backstop.telling.widths import width


def plan_lines(answers: Answers, made: Plan, words: Words) -> list[str]:
    """One plan: the verdict, the actions by phase, and what remains."""
    loss = answers.loss(made.contingency.id).with_plan(made)
    narrator = Narrator(answers.book, words)
    said = loss_verdict(answers, loss, narrator)
    head = heading(loss, narrator)
    lines = [head, "─" * width(head), said.headline, said.detail]
    if made.before.adds:
        lines.append(bounces_sentence(made.before, narrator))
        lines += [note] if (note := still_counted_on(made.before, narrator)) else []
    lines += _asks(made, narrator)
    for phase in Phase:
        if actions := made.in_phase(phase):
            lines += ["", phase_heading(phase, words)]
            lines += _actions(answers, made, actions, words)
    if other := fallback_lines(made, narrator):
        lines += ["", fallback_heading(made, narrator), *(f"  {each}" for each in other)]
    lines += ["", *(words.tell(each) for each in made.unmet)]
    lines += _remains(made, narrator) if made.actions or made.before.hurts else []
    lines += [*worth_lines(made.explanation, narrator), _summary(answers, made, words)]
    return [plain(line) for line in lines]


def _asks(made: Plan, narrator: Narrator) -> list[str]:
    """What to ask first, and what that would spare."""
    if not (made.asks or made.begin):
        return []
    lines = ["", asks_heading(narrator) if made.asks else narrator.say("This week")]
    for each in made.asks:
        lines.append(f"  [ ] {ask_text(each, narrator)}")
        beside = narrator.joined([ask_terms(each, narrator), ask_spares(each, made, narrator)])
        lines.append(f"      {beside}")
    lines += [f"  {not_counted(narrator)}"] if made.asks else []
    return [*lines, *(f"  [ ] {each}" for each in begin_lines(made, narrator))]


def _remains(made: Plan, narrator: Narrator) -> list[str]:
    """What stays unpaid, every payment by its date, and what would cure it."""
    said, *cures = remaining(made, narrator)
    return [said, *(f"  {each}" for each in unpaid_rows(made, narrator)), *cures]


def _actions(answers: Answers, made: Plan, actions: tuple[Action, ...], words: Words) -> list[str]:
    book, lines = answers.book, []
    narrator = Narrator(book, words)
    days = [begins(each, narrator) for each in actions]
    widest = max(width(day) for day in days)
    for day, each in zip(days, actions, strict=True):
        text = words.say(
            "{action} (cost {cost})",
            action=action_text(each, narrator),
            cost=narrator.amount(each.cost),
        )
        lines.append(f"  [ ] {padded(day, widest)}  {text}")
        under = _under(answers, each, words)
        lines += [" " * (widest + 8) + under] if under else []
        other = next_best(each, made, narrator)
        lines += [" " * (widest + 8) + other] if other else []
    return lines


def _under(answers: Answers, action: Action, words: Words) -> str:
    """When to begin, why, what is not sure, and whom to call."""
    narrator = Narrator(answers.book, words)
    why = narrator.brief(action.because) if action.because else ""
    contact = words.say("Contact: {contact}.", contact=action.contact) if action.contact else ""
    doubts = cautions(action, narrator)
    return words.joined([takes_effect(action, narrator), why, doubts, contact])


def _summary(answers: Answers, made: Plan, words: Words) -> str:
    narrator = Narrator(answers.book, words)
    cost = narrator.amount(made.cost)
    if not made.proved:
        return words.say("NOT PROVED: do not rely on this plan; draft it again.")
    if not made.actions:
        return no_actions(made, narrator)
    if made.unarranged:
        said = words.count(
            len(made.actions), "One action, cost {cost}.", "{n} actions, cost {cost}.", cost=cost
        )
        return words.joined([said, proof_sentence(made, narrator)])
    return words.count(
        len(made.actions),
        "One action, cost {cost}, proved by replay.",
        "{n} actions, cost {cost}, proved by replay.",
        cost=cost,
    )
