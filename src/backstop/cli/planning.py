"""The command that drafts and prints plans."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from backstop.cli import results as out
from backstop.cli.convert import plan_out
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.keeping import applied, dated
from backstop.cli.opening import check_kept_in, check_outputs, key_for, remarks_on
from backstop.cli.progress import Progress
from backstop.cli.reply import Exit, Reply
from backstop.cli.tables import padded, plain
from backstop.cli.usage import check_beside
from backstop.cli.wishing import pins_of, wishes_of
from backstop.contingency import all_closures, saved_closures
from backstop.domain import BadInput, Book, EnvironmentFault, message
from backstop.paper.response import left_unpaid
from backstop.paper.section import title
from backstop.plan import Action, Answers, Phase, Plan, Wishes
from backstop.services import clock
from backstop.services.accepting import accept
from backstop.services.answers import answers_of, check_known, explained, plan_for, with_saved
from backstop.services.commands import Change
from backstop.services.documents import plan_pdf, plan_table
from backstop.services.passphrase import Key
from backstop.services.placing import write_whole
from backstop.services.plans import plans_for_all
from backstop.services.session import read_book
from backstop.telling import Narrator, Words
from backstop.telling.explaining import next_best, worth_lines
from backstop.telling.sentences import (
    action_text,
    begins,
    bounces_sentence,
    cautions,
    loss_verdict,
    phase_heading,
    takes_effect,
)
from backstop.telling.shortage import cure_lines
from backstop.telling.uncounted import uncounted_sentences
from backstop.telling.widths import width
from backstop.work import Work, working

KINDS: dict[str, Callable[[Answers, list[Plan], Words, date], bytes]] = {
    "pdf": plan_pdf,
    "xlsx": partial(plan_table, "xlsx"),
    "ics": partial(plan_table, "ics"),
}
"""What a plan can be written as, by the option that asks for it."""


def plan(given: Namespace, words: Words) -> Reply:
    """A plan for one contingency or for all, in text, JSON or print."""
    _check_asked(given)
    places = {kind: Path(name) for kind in KINDS if (name := getattr(given, kind))}
    check_outputs(given, places)
    key = key_for(Path(given.file), given, words)
    book = read_book(Path(given.file), key=key)
    if given.close:
        known = [each.id for each in (*all_closures(book), *saved_closures(book))]
        check_known(book, given.close, known)  # a wrong id is said before the long work
    wishes = wishes_of(given, book)
    answers = answers_of(book, given.on, clock.age_of(book))
    if given.close:
        answers = with_saved(answers)
    plans = list(_plans(given, answers, wishes, words))
    for kind, place in places.items():
        write_whole(place, KINDS[kind](answers, plans, words, clock.today()), kind)
    accepted = _accept(given, answers, plans[0], key) if _is_kept(given) else None
    result = out.Planned(
        book=book_ref(book),
        plans=[plan_out(answers, each, words) for each in plans],
        pdf=_written(places, "pdf"),
        xlsx=_written(places, "xlsx"),
        ics=_written(places, "ics"),
        accepted=accepted,
    )
    lines = _text(answers, plans, places, words)
    if accepted:
        lines += ["", words.say("Kept in the book as {plan}.", plan=accepted)]
    remarks = remarks_on(given.file, words, *places.values())
    return Reply(lines, result, _code(plans), remarks=remarks)


def _check_asked(given: Namespace) -> None:
    """Refuse options that do not go together; raises `BadInput`."""
    check_beside(given, "dated", "accept", "drill")
    if bool(given.close) == given.all:
        raise BadInput(message("Say which plan: --close ID for one line or group, or --all."))
    if given.all and given.pin:
        raise BadInput(message("A pin needs one plan: use --close ID with it."))
    if _is_kept(given) and given.all:
        raise BadInput(message("Plans are accepted one by one: use --close ID with it."))
    if _is_kept(given):
        check_kept_in(Path(given.file))


def _is_kept(given: Namespace) -> bool:
    return bool(given.accept or given.drill)


def _written(places: dict[str, Path], kind: str) -> str | None:
    return str(places[kind]) if kind in places else None


def _accept(given: Namespace, answers: Answers, made: Plan, key: Key | None) -> str:
    """Keep the plan in the book file; the id under which it is kept."""
    change = accept(answers, made, dated(given, answers.book), drill=given.drill)

    def unchanged(book: Book) -> Change:
        if book != answers.book:
            raise EnvironmentFault(
                message("The book was changed while the plan was drafted. Draft it again.")
            )
        return replace(change, before=book)

    return applied(Path(given.file), unchanged, key).accepted_plans[-1].id


def _plans(given: Namespace, answers: Answers, wishes: Wishes, words: Words) -> Iterator[Plan]:
    plans: Iterator[Plan]
    if given.all:
        with working(Work(progress=Progress(words))):
            plans = iter(plans_for_all(answers, wishes=wishes))
    else:
        plan = plan_for(answers, given.close, wishes=wishes)
        if given.pin:
            wishes = replace(wishes, pins=pins_of(given, plan, answers.book))
            plan = plan_for(answers, given.close, wishes=wishes)
        plans = iter([plan])
    for each in plans:
        yield explained(answers, each, wishes) if given.explain else each


def _code(plans: list[Plan]) -> Exit:
    met = all(each.proved and not each.missed for each in plans)
    return Exit.DONE if met else Exit.GAP_REMAINS


def _text(answers: Answers, plans: list[Plan], places: dict[str, Path], words: Words) -> list[str]:
    lines = title_lines(answers.book, answers.projection.today, words)
    for each in plans:
        lines += ["", *plan_lines(answers, each, words)]
    if not plans:
        lines += ["", words.say("There is no line in this book yet.")]
    if said := uncounted_sentences(Narrator(answers.book, words)):
        lines += ["", *said]
    return [*lines, *_put(places, words)]


def _put(places: dict[str, Path], words: Words) -> list[str]:
    """Where the plans were written."""
    said = [
        words.say("Printed to “{file}”.", file=place.name)
        if kind == "pdf"
        else words.say("Wrote “{file}”.", file=place.name)
        for kind, place in places.items()
    ]
    return ["", *said] if said else []


def plan_lines(answers: Answers, made: Plan, words: Words) -> list[str]:
    """One plan: the verdict, the actions by phase, and what remains."""
    loss = answers.loss(made.contingency.id)
    narrator = Narrator(answers.book, words)
    said = loss_verdict(answers, loss, narrator)
    heading = title(loss, words)
    lines = [heading, "─" * width(heading), said.headline, said.detail]
    if made.before.hurts:
        lines.append(bounces_sentence(made.before, narrator))
    for phase in Phase:
        if actions := made.in_phase(phase):
            lines += ["", phase_heading(phase, words)]
            lines += _actions(answers, made, actions, words)
    lines += ["", *(words.tell(each) for each in made.unmet)]
    if made.missed:
        lines += [words.say("To be missed, in this order:"), *_missed(answers, made, words), ""]
    lines += [narrator.brief(made.remains), *cure_lines(made, narrator)]
    lines += [*worth_lines(made.explanation, narrator), _summary(answers, made, words)]
    return [plain(line) for line in lines]


def _missed(answers: Answers, made: Plan, words: Words) -> list[str]:
    """The first payments to miss, each with what that costs."""
    return [f"  {each}" for each in left_unpaid(made, Narrator(answers.book, words))]


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
    cost = Narrator(answers.book, words).amount(made.cost)
    if not made.proved:
        return words.say("NOT PROVED: do not rely on this plan; draft it again.")
    return words.count(
        len(made.actions),
        "One action, cost {cost}, proved by replay.",
        "{n} actions, cost {cost}, proved by replay.",
        cost=cost,
    )
