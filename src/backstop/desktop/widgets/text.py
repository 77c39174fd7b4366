"""Labels and buttons that show text exactly as typed: no markup, no mnemonics."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStylePainter,
    QToolButton,
    QToolTip,
    QWidget,
)

from backstop.desktop.look.theme import Space

LEAST_TEXT = 48


def plain_label(role: str = "", text: str = "", *, wrap: bool = False) -> QLabel:
    """A label that shows its text as typed.

    `role` chooses the look in the style sheet: question, answer, section, muted, figure, fine,
    careful, danger; empty is body text.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


class ElidedLabel(QLabel):
    """One line of plain text that gives way: what does not fit ends in an ellipsis, and is told
    whole where the mouse rests, before the tip."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A label may be cut: it asks for little width."""
        return QSize(min(LEAST_TEXT, self.sizeHint().width()), super().minimumSizeHint().height())

    def _shown(self) -> str:
        metrics, width = self.fontMetrics(), self.contentsRect().width()
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def event(self, event: QEvent) -> bool:
        """Tell the whole text where some of it is cut."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            told = "" if self._shown() == self.text() else as_tip(self.text())
            parts = dict.fromkeys(each for each in (told, self.toolTip()) if each)
            QToolTip.showText(event.globalPos(), "<br><br>".join(parts), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, its end cut by dots where there is no room."""
        painter = QStylePainter(self)
        room = self.contentsRect()
        text = self._shown()
        painter.drawItemText(
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


def set_role(widget: QWidget, role: str) -> None:
    """Change the look of a widget that is already there."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def as_typed(text: str) -> str:
    """Text for buttons, menus and tabs, where a single `&` would make a mnemonic."""
    return text.replace("&", "&&")


class Button(QPushButton):
    """Pressed by Return as well as by Space, as everywhere but in bare Qt."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(role: str = "") -> QPushButton:
    """A button; `role` primary (accent), quiet (no frame) or empty. Text comes by retranslate."""
    made = Button()
    made.setProperty("role", role)
    made.setAutoDefault(False)
    return made


def tool_button() -> QToolButton:
    """A flat button that shows an icon; its words stand in the tooltip and accessible name."""
    made = QToolButton()
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def more_button(name: str, accessible: str, tip: str) -> QToolButton:
    """Three dots, for what else can be done about what stands beside them."""
    made = tool_button()
    made.setObjectName(name)
    made.setText("⋯")
    made.setFixedHeight(Space.WIDE)
    made.setAccessibleName(accessible)
    made.setToolTip(tip)
    return made


def as_tip(text: str) -> str:
    """A tooltip that shows its text as typed: Qt takes what looks like markup for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if escaped == text:
        return text
    return "<span>{}</span>".format(escaped.replace("\n", "<br>"))
