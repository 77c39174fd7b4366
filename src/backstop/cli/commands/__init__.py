"""One module for each command: its options, and the function that carries it out.

A module's name is the command's, with a `_` after it where Python needs the word itself. All of
them are imported to show the help, so each imports the engine and the store only when it is
carried out.
"""

ORDER = (
    "open",
    "demo",
    "new",
    "export",
    "restore",
    "schema",
    "calendar",
    "check",
    "import",
    "settle",
    "project",
    "stress",
    "plan",
    "plans",
    "reserve",
)
"""How the help lists them; others come after these, by name."""
