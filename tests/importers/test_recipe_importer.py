"""The recipe for a new importer, followed to the letter."""

from typing import Any

import pytest

from backstop.importers import read_statement, registry
from recipes import blocks


def test_the_new_bank_is_recognised_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    module: dict[str, Any] = {}
    exec(blocks("importer.md", "python")[0], module)
    monkeypatch.setattr(registry, "LAYOUTS", (*registry.LAYOUTS, *module["LAYOUTS"]))
    text = "Naam;Dag;Uit;In\nVerhuurder;02-11-2026;850,00;\nKlant;03-11-2026;;1.210,00\n"
    reading = read_statement(text.encode()).reading
    assert (reading.layout, reading.currency) == ("dutch", "EUR")
    assert [each.change for each in reading.rows] == [-850_00, 1210_00]
    assert [each.counterparty for each in reading.rows] == ["Verhuurder", "Klant"]
