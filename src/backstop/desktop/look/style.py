"""Fusion, a palette and one small style sheet, all made from the tokens of the theme.

The sheet is the window's, whose pages, dialogs and menus inherit it, and not the application's:
what is built outside the window then takes it up once, when it gets in. Qt would otherwise dress a
part anew, with all that it holds, whenever it is put into another one while a page is built.
"""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from backstop.desktop.look.theme import CORNER, Space, Theme, Type


def apply_theme(window: QWidget, theme: Theme) -> None:
    """Dress a window, and all that has its place in it or belongs to it, in a theme."""
    QApplication.setPalette(palette(theme))
    sheet = style_sheet(theme)
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)


def dress_anew(window: QWidget) -> None:
    """Let what the style sheet dressed take up another font of the application. What has no sheet
    of its own is dressed with the window it belongs to."""
    if window.styleSheet():
        window.setStyleSheet(window.styleSheet())


def palette(theme: Theme) -> QPalette:
    """The colours of native widgets."""
    role, made = QPalette.ColorRole, QPalette()
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.muted,
        role.Shadow: theme.line,
    }
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.disabled))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet of a window in this theme."""
    return "\n".join((_text(theme), _frame(theme), _controls(theme), _tables(theme)))


def _text(t: Theme) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="question"] {{ color: {t.muted}; font-size: {Type.EMPHASIS}px; }}
QLabel[role="answer"] {{ font-size: {Type.ANSWER}px; }}
QLabel[role="detail"] {{ color: {t.muted}; font-size: {Type.EMPHASIS}px; }}
QLabel[role="section"] {{ font-size: {Type.EMPHASIS}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="phase"] {{ color: {t.accent}; font-weight: 700; padding-top: 8px; }}
QLabel[role="step"] {{ color: {t.accent}; background: {t.highlight}; border-radius: 12px;
    font-weight: 700; }}
QLabel[role="emphasis"] {{ font-size: {Type.EMPHASIS}px; }}
QLabel[role="figure"] {{ font-size: {Type.FIGURE}px; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {Type.SMALL}px; }}
QLabel[role="fine"] {{ color: {t.fine}; }}
QLabel[role="careful"] {{ color: {t.careful}; }}
QLabel[role="danger"] {{ color: {t.danger}; }}
QToolTip {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.line}; padding: 4px; }}
"""


def _frame(t: Theme) -> str:
    return f"""
QWidget#rail {{ background: {t.surface}; border-right: 1px solid {t.line}; }}
QWidget#top {{ background: {t.window}; }}
QWidget#status {{ background: {t.window}; border-top: 1px solid {t.line}; }}
QFrame[role="card"] {{
    background: {t.surface}; border: 1px solid {t.line}; border-radius: {CORNER + 2}px; }}
QFrame[role="finding"] {{ border: 1px solid transparent; border-radius: {CORNER}px; }}
QFrame[role="finding"]:hover {{ background: {t.hover}; }}
QFrame[role="finding"]:focus {{ border: 1px solid {t.accent}; }}
QFrame[role="line"] {{ background: {t.line}; max-height: 1px; min-height: 1px; border: none; }}
QFrame[role="notice"] {{
    background: {t.highlight}; border: 1px solid {t.line}; border-radius: {CORNER}px; }}
QFrame[role="serious"] {{
    background: {t.surface}; border: 1px solid {t.danger}; border-radius: {CORNER}px; }}
QScrollArea, QScrollArea > QWidget > QWidget#page {{ background: transparent; border: none; }}
QMenuBar {{ background: transparent; border: none; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: {CORNER}px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.highlight}; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.highlight}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QSplitter::handle {{ background: transparent; }}
"""


def _controls(t: Theme) -> str:
    arrow, check = t.drawing("arrow"), t.drawing("check")
    pad = f"{Space.TINY + 2}px {Space.LARGE}px"
    return f"""
QPushButton {{ background: {t.surface}; border: 1px solid {t.line};
    border-radius: {CORNER}px; padding: {pad}; min-height: 18px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.highlight}; }}
QPushButton:focus {{ border: 1px solid {t.accent}; }}
QPushButton:disabled {{ color: {t.disabled}; }}
QPushButton[role="primary"] {{
    background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {{
    background: {t.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; padding: 5px 15px; }}
QPushButton[role="primary"]:disabled {{
    background: {t.line}; color: {t.muted}; border: 1px solid {t.line}; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent;
    color: {t.accent}; padding: 4px 8px; }}
QPushButton[role="quiet"]:hover {{ background: {t.highlight}; }}
QPushButton[role="quiet"]:focus {{ border: 1px solid {t.accent}; }}
QPushButton[role="rail"] {{ background: transparent; border: 1px solid transparent;
    text-align: left; padding: 8px 12px; min-height: 20px; }}
QPushButton[role="rail"]:hover {{ background: {t.hover}; }}
QPushButton[role="rail"]:focus {{ border: 1px solid {t.accent}; }}
QPushButton[role="rail"]:checked {{
    background: {t.highlight}; color: {t.accent}; font-weight: 700; }}
QToolButton {{ border: 1px solid transparent; border-radius: {CORNER}px; padding: 5px; }}
QToolButton:hover {{ background: {t.hover}; }}
QToolButton:pressed {{ background: {t.highlight}; }}
QToolButton:focus {{ border: 1px solid {t.accent}; }}
QToolButton[role="fold"] {{ font-weight: 700; padding: 4px 6px 4px 0; }}
QToolButton[role="day"], QToolButton[role="fixed"] {{ padding: 3px 6px 3px 0; }}
QToolButton[role="day"] {{ color: {t.accent}; }}
QToolButton[role="fixed"]:hover, QToolButton[role="fixed"]:pressed {{ background: transparent; }}
QToolButton[role="language"] {{ font-size: {Type.EMPHASIS}px; min-width: 20px; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {t.surface};
    border: 1px solid {t.line}; border-radius: {CORNER}px; padding: 5px 8px; min-height: 20px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 1px solid {t.accent}; }}
QLineEdit[wrong="true"], QAbstractSpinBox[wrong="true"], QComboBox[wrong="true"] {{
    border: 1px solid {t.danger}; }}
QComboBox {{ padding-right: 4px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{
    image: url("{arrow}"); width: 12px; height: 12px; }}
QDateEdit::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line};
    selection-background-color: {t.highlight}; selection-color: {t.text}; outline: none; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
QCheckBox {{ spacing: 8px; padding: 2px; }}
QCheckBox:focus {{ color: {t.accent}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 16px; height: 16px;
    background: {t.surface}; border: 1px solid {t.muted}; border-radius: 4px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
    background: {t.accent}; border: 1px solid {t.accent}; image: url("{check}"); }}
QCheckBox::indicator:disabled {{ background: {t.hover}; border: 1px solid {t.line}; }}
"""


def _tables(t: Theme) -> str:
    return f"""
QTableView, QTreeView, QListView {{ background: transparent; border: none; outline: none;
    selection-background-color: {t.highlight}; }}
QTableView::item {{ padding: 0 8px; border: none; }}
QTableView::item:selected {{ background: {t.highlight}; }}
QTreeView::item {{ padding: 5px 8px; border: none; }}
QTreeView::item:selected {{ background: {t.highlight}; color: {t.text}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {t.muted}; border: none;
    border-bottom: 1px solid {t.line}; padding: 4px 11px; font-size: {Type.SMALL}px; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 3px; min-height: 32px;
    min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
