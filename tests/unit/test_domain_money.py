"""Currencies are those that we know."""

import pytest

from backstop.domain import BadInput, currency_of


def test_an_unknown_currency_is_refused_with_those_we_know() -> None:
    with pytest.raises(BadInput, match="Use one of: AED, AUD") as refused:
        currency_of("X" * 10_000)
    assert len(str(refused.value)) < 300
