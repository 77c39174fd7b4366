"""A solver that writes nothing: standard output belongs to the answer, which may be JSON."""

from typing import Any


def solver_library() -> Any:
    """HiGHS for Python, imported when it is first asked for."""
    import highspy

    return highspy


def silent_solver() -> Any:
    """A new solver whose output is off before anything can be said.

    HiGHS writes its banner, from C++, at the first call that is no option. Its Python wrapper
    makes such a call while it is made (`enableCallbacks`): turning the output off afterwards is
    too late.
    """
    base: Any = solver_library().Highs

    class Silent(base):  # type: ignore[misc]  # what it extends is known once it is imported
        def enableCallbacks(self) -> None:  # noqa: N802  the name that the wrapper calls
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    made: Any = Silent()
    made.setOptionValue("output_flag", False)
    return made
