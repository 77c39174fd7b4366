"""What holds texts that were typed and are not in the book yet."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget


class HoldsTyped(QWidget):
    """Base of views that must not go away before their texts are taken, or let go of."""

    def unkept(self) -> Iterator[str]:
        """What was typed here and is not in the book, each with the reason."""
        raise NotImplementedError
