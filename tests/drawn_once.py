"""Charts, drawn once in a process: a drawing takes longer than most tests of windows.

The same days of the same curves, in one size and look, are the same picture.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from backstop.desktop.charts.drawing import Drawing
    from backstop.desktop.charts.view import View

_known: "dict[object, QImage]" = {}


def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let charts take what another has drawn."""
    from backstop.desktop.charts.drawing import Drawing

    usual = Drawing.drawn

    def drawn(self: "Drawing", view: "View") -> "QImage":
        looks = _looks(view)
        if looks not in _known:
            _known[looks] = usual(self, view)
        return _known[looks].copy()

    monkeypatch.setattr(Drawing, "drawn", drawn)


def _looks(view: "View") -> object:
    picture = view.picture
    curves = tuple((each.role, each.label, each.values.tobytes()) for each in picture.curves)
    shown = picture.start, picture.currency, picture.named, picture.filled, picture.loss_day
    span = view.first, view.last, view.width, view.height, view.ratio
    return shown, curves, tuple(picture.marks), span, view.theme, view.words.language.code
