"""`schema`: the JSON Schema of `book.json` or of the results."""

from dataclasses import dataclass

from backstop.cli.book_options import as_json
from backstop.cli.command_line import command, flag
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class SchemaOptions:
    """What `schema` is asked; it is JSON in any case."""

    results: bool
    json: bool


@command(message("show the JSON Schema of book.json"), SchemaOptions)
@flag("--results", message("that of the results instead"))
@as_json
def schema(asked: SchemaOptions, _: Words) -> Reply:
    """Show the schema."""
    from backstop.cli.answers.schemas import shown_schema

    return shown_schema(of_results=asked.results)
