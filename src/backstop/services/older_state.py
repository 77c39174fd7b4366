"""The refusal to act on a state of the book that is over."""

from backstop.domain.errors import EnvironmentFault, message


class OlderState(EnvironmentFault):
    """Something was wanted of a state of the book that is over: nothing has changed."""

    def __init__(self) -> None:
        super().__init__(
            message(
                "The book has changed meanwhile, so nothing was done. Look at the new figures, "
                "then repeat what you wanted."
            )
        )
