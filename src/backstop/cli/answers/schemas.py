"""The answer of `schema`."""

import json

from backstop.cli.reply import Reply
from backstop.cli.results.schema import results_schema
from backstop.services.session import json_schema


def shown_schema(*, of_results: bool) -> Reply:
    """The JSON Schema of `book.json`, or of the results."""
    found = results_schema() if of_results else json_schema()
    return Reply([json.dumps(found, indent=2, ensure_ascii=False)], is_document=True)
