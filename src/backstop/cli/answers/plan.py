"""The answer of `plan`: drafted, printed, kept in the book."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from backstop.cli.answers.losing import as_cause, caused, closed, day_of
from backstop.cli.answers.plan_result import plan_out
from backstop.cli.answers.plan_text import plan_lines
from backstop.cli.answers.plans import changed_book, day_or_today
from backstop.cli.answers.wishes import pins_of, wishes_of
from backstop.cli.commands.plan import PlanOptions
from backstop.cli.identity import book_ref, title_lines
from backstop.cli.opening import check_kept_in, check_outputs, key_for, looked_at, remarks_on
from backstop.cli.progress import Progress
from backstop.cli.reply import Exit, Reply
from backstop.cli.results.plan import Planned
from backstop.contingency import Contingency, applied_to, nothing_lost
from backstop.domain import BadInput, Book, EnvironmentFault, message
from backstop.plan import Answers, Plan, Wishes
from backstop.plan.life.progress import as_it_goes_on
from backstop.services import clock
from backstop.services.accepting import accept
from backstop.services.answers import answers_for, answers_of, drafted, explained
from backstop.services.commands import Change
from backstop.services.documents import plan_pdf, plan_table, unprintable
from backstop.services.losing import is_known
from backstop.services.passphrase import Key
from backstop.services.placing import write_whole
from backstop.services.plans import plans_for_all
from backstop.services.stress import ALL
from backstop.telling import Narrator, Words
from backstop.telling.phrases import in_words
from backstop.telling.uncounted import uncounted_sentences
from backstop.work import Work, working

KINDS: dict[str, Callable[[Answers, list[Plan], Words, date], bytes]] = {
    "pdf": plan_pdf,
    "xlsx": partial(plan_table, "xlsx"),
    "ics": partial(plan_table, "ics"),
}
"""What a plan can be written as, by the option that asks for it."""


def planned(asked: PlanOptions, words: Words) -> Reply:
    """A plan for one contingency or for all, in text, JSON or print."""
    asked = as_cause(asked, "all", "every_line_open")
    _check_asked(asked)
    places = {kind: Path(name) for kind in KINDS if (name := getattr(asked, kind))}
    check_outputs(asked, places)
    key = key_for(asked, words)
    book = looked_at(asked.file, key, words)
    age = clock.age_of(book)
    lost = _lost(asked, book, age)
    wishes = wishes_of(asked, book)
    answers = in_words(_answers(asked, book, lost, age), words)
    plans = list(_plans(asked, answers, lost, wishes, words))
    for kind, place in places.items():
        write_whole(place, KINDS[kind](answers, plans, words, clock.today()), kind)
    accepted = _accept(asked, answers, plans[0], key, words) if asked.is_kept else None
    result = Planned(
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
    remarks = remarks_on(asked.file, words, *places.values())
    if "pdf" in places and (said := unprintable(answers.book)) is not None:
        remarks = (*remarks, words.tell(said))
    return Reply(lines, result, _code(plans), remarks=remarks)


def _check_asked(asked: PlanOptions) -> None:
    """Refuse options that do not go together; raises `BadInput`."""
    if not (asked.close or asked.preset or asked.every_line_open or asked.all):
        raise BadInput(
            message(
                "Say which plan: --close ID for one line or group, --preset NAME for a cause, "
                "--every-line-open for what falls short anyway, or --all."
            )
        )
    if asked.in_a_manner and not (asked.close or asked.preset):
        raise BadInput(message("How it goes is said of one loss: add --close ID."))
    if asked.all and asked.pin:
        raise BadInput(message("A pin needs one plan: use --close ID with it."))
    if asked.is_kept and asked.all:
        raise BadInput(message("Plans are accepted one by one: use --close ID with it."))
    if asked.is_kept:
        check_kept_in(asked.file)


def _lost(asked: PlanOptions, book: Book, age: int) -> Contingency | None:
    """The loss that the plan is for; None for a plan for each. Raises `BadInput`, before the long
    work."""
    if asked.all:
        return None
    if asked.every_line_open:
        return nothing_lost(min(max(0, age), book.horizon_days))
    day = day_of(asked, book, age)
    if not asked.preset:
        return _by_now(asked, book, closed(book, asked, day))
    one, *others = caused(book, asked, day)
    if others:
        raise BadInput(
            message(
                "“{preset}” can be applied to several. Say to which: --of {one}, or another of "
                "those in stress --presets.",
                preset=asked.preset,
                one=ALL if str(one.identity).endswith(":") else applied_to(one.identity),
            )
        )
    return _by_now(asked, book, one)


def _by_now(asked: PlanOptions, book: Book, lost: Contingency) -> Contingency:
    """The loss as it is by now where a plan for it is being carried out, unless another day or
    manner is asked for."""
    usual = asked.on is None and is_known(book, lost)
    return as_it_goes_on(book, lost) if usual else lost


def _answers(asked: PlanOptions, book: Book, lost: Contingency | None, age: int) -> Answers:
    """What the plans are part of; of other losses than the one asked for only paper tells."""
    if lost is None:
        return answers_of(book, asked.on, age)
    return answers_for(book, lost, asked.on, age, others=asked.pdf is not None)


def _written(places: dict[str, Path], kind: str) -> str | None:
    return str(places[kind]) if kind in places else None


def _accept(asked: PlanOptions, answers: Answers, made: Plan, key: Key | None, words: Words) -> str:
    """Keep the plan in the book file; the id under which it is kept."""
    day = day_or_today(asked.dated, answers.book)
    change = accept(answers, made, day, drill=asked.drill)

    def unchanged(book: Book) -> Change:
        if book != answers.book:
            raise EnvironmentFault(
                message("The book was changed while the plan was drafted. Draft it again.")
            )
        return replace(change, before=book)

    return changed_book(asked.file, unchanged, key, words).accepted_plans[-1].id


def _plans(
    asked: PlanOptions, answers: Answers, lost: Contingency | None, wishes: Wishes, words: Words
) -> Iterator[Plan]:
    plans: Iterable[Plan]
    if lost is not None:
        loss = answers.loss(lost.id)
        plan = drafted(answers, loss, wishes)
        if asked.pin:
            wishes = replace(wishes, pins=pins_of(asked, plan, answers.book))
            plan = drafted(answers, loss, wishes)
        plans = [plan]
    else:
        with working(Work(progress=Progress(words))):
            plans = plans_for_all(answers, wishes=wishes)
    for each in plans:
        yield explained(answers, each, wishes) if asked.explain else each


def _code(plans: list[Plan]) -> Exit:
    met = all(_is_met(each) for each in plans)
    return Exit.DONE if met else Exit.GAP_REMAINS


def _is_met(plan: Plan) -> bool:
    """Whether everything is paid, whatever others may still refuse."""
    sure = plan.otherwise or plan
    return sure.certain and not sure.missed


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
