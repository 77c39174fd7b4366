"""A solver that writes nothing: standard output belongs to the answer, which may be JSON."""

from typing import Any


def silent_solver() -> Any:
    """A new solver whose output is off before anything can be said.

    HiGHS writes its banner, from C++, at the first call that is no option. Its Python wrapper
    makes such a call while it is made (`enableCallbacks`): turning the output off afterwards is
    too late.
    """
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802  the name that the wrapper calls
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    made: Any = Silent()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    return made
