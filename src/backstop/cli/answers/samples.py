"""The answers of `demo`: which samples there are."""

from backstop.cli.reply import Reply
from backstop.cli.results.books import Sample, Samples
from backstop.cli.tables import Column, table
from backstop.services.samples import load_sample, sample_titles, samples_in
from backstop.telling import Words


def list_samples(words: Words) -> Reply:
    """The sample books by name and title."""
    samples = [Sample(name, title) for name, title in sample_titles(words.language.code).items()]
    columns = [Column(words.say("Name")), Column(words.say("Title"))]
    lines = table(columns, [(each.name, each.title) for each in samples])
    return Reply(
        [*lines, "", words.say("Open one with: backstop demo NAME")], Samples(samples=samples)
    )


def known_sample(name: str | None, words: Words) -> str:
    """The name of the sample asked for, or of the first in this language; raises for an unknown
    name."""
    chosen = name or samples_in(words.language.code)[0]
    load_sample(chosen)
    return chosen
