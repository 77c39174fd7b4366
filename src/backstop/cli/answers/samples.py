"""The answers of `demo`: which samples there are."""

from backstop.cli.reply import Reply
from backstop.cli.results.books import Sample, Samples
from backstop.cli.tables import Column, table
from backstop.services.samples import load_sample, sample_names, sample_titles
from backstop.telling import Words


def list_samples(words: Words) -> Reply:
    """The sample books by name and title."""
    samples = [Sample(name, title) for name, title in sample_titles().items()]
    columns = [Column(words.say("Name")), Column(words.say("Title"))]
    lines = table(columns, [(each.name, each.title) for each in samples])
    return Reply(
        [*lines, "", words.say("Open one with: backstop demo NAME")], Samples(samples=samples)
    )


def known_sample(name: str | None) -> str:
    """The name of the sample asked for, or of the first one; raises for an unknown name."""
    chosen = name or sample_names()[0]
    load_sample(chosen)
    return chosen
