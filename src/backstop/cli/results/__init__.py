"""What commands answer with `--json`: plain values with a version, stable from the first release.

Money is integer minor units of the book's currency, days are ISO 8601, sentences are in the chosen
language. New fields may come within a version; fields that are there keep name and meaning.
`backstop schema --results` prints the JSON Schema.
"""
