"""The JSON Schema of everything that commands answer with `--json`."""

from typing import Any

import msgspec

from backstop.cli.results.books import (
    CalendarAdded,
    Created,
    Exported,
    Restored,
    Samples,
)
from backstop.cli.results.check import (
    Checked,
    Repaired,
)
from backstop.cli.results.plan import (
    Planned,
)
from backstop.cli.results.plans import (
    KeptPlans,
)
from backstop.cli.results.project import (
    Projected,
)
from backstop.cli.results.reserve import (
    Reserved,
)
from backstop.cli.results.settle import (
    BroughtOn,
    Explained,
)
from backstop.cli.results.statements import (
    StatementRead,
)
from backstop.cli.results.stress import (
    Presets,
    Stressed,
)

AnyResult = (
    Samples
    | Created
    | Exported
    | Restored
    | StatementRead
    | CalendarAdded
    | Checked
    | Repaired
    | Projected
    | Stressed
    | Presets
    | Planned
    | KeptPlans
    | Reserved
    | BroughtOn
    | Explained
)


def results_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of every result."""
    schema = msgspec.json.schema(AnyResult)
    for definition in schema["$defs"].values():
        if "result_version" in definition["properties"]:
            definition["required"].append("result_version")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
