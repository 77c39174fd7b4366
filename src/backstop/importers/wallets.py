"""What all wallets of China say in the same words."""

from backstop.importers.rows import Direction, Standing

WAYS = {"收入": Direction.IN, "支出": Direction.OUT}
"""The column 收/支; everything else there counts as neither."""


def direction_of(way: str, standing: Standing) -> Direction:
    """Which way the money of a row goes; a refund comes in, whatever its column says."""
    return Direction.IN if standing is Standing.REFUND else WAYS.get(way, Direction.NEUTRAL)
