"""`demo`: a copy of a sample book in the window, or the list of samples."""

from dataclasses import dataclass

from backstop.cli.book_options import as_json
from backstop.cli.command_line import argument, command, flag
from backstop.cli.reply import OpenWindow, Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class DemoOptions:
    """What `demo` is asked; without a name it opens the first sample."""

    name: str | None
    list: bool
    json: bool


@command(message("open a copy of a sample book"), DemoOptions)
@argument("name", message("which sample"), required=False)
@flag("--list", message("list the samples"))
@as_json
def demo(asked: DemoOptions, words: Words) -> Reply | OpenWindow:
    """The list, or the window; an unknown sample is refused before a window is made."""
    from backstop.cli.answers.samples import known_sample, list_samples

    if asked.list or asked.json:
        return list_samples(words)
    return OpenWindow(sample=known_sample(asked.name, words))
