"""Brings matplotlib in on a worker thread, once, after the window has been painted."""

from PySide6.QtCore import QObject, Signal

from backstop.desktop.state.tasks import About, Cancelled, Tasks


class ChartLibrary(QObject):
    """`ready` is emitted once, on the main thread; before that `loaded` is False."""

    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked = False
        self.loaded = False

    def want(self) -> None:
        """Start loading, if nobody did yet."""
        if not self._asked:
            self._asked = True
            self._tasks.start(_load, self._done, about=About.NOTHING)

    def _done(self, _: object) -> None:
        self.loaded = True
        self.ready.emit()


def _load(cancelled: Cancelled) -> None:
    import matplotlib

    from backstop.desktop.shell.fonts import bundled_font

    # Names may hold `$`: nothing a chart shows is a formula. Widgets draw the legends.
    matplotlib.rcParams.update({"text.parse_math": False, "axes.unicode_minus": True})
    from matplotlib.font_manager import fontManager

    fontManager.addfont(str(bundled_font()))
    matplotlib.rcParams["font.family"] = ["Noto Sans SC"]
    import matplotlib.backends.backend_qtagg
    import matplotlib.figure

    import backstop.desktop.charts.canvas  # noqa: F401
