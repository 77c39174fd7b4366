"""Lists that paper has no room for: where all of each one is."""

from collections.abc import Callable

from backstop.telling import Narrator


def where_whole(narrator: Narrator) -> str:
    """The sentence under what was cut short."""
    return narrator.say(
        "Where only the first are named, all are: on the pages “Stress” and “Plan” of the window, "
        "and with “backstop plan … --full”."
    )


def where_whole_if(said: Callable[[Narrator], object], narrator: Narrator) -> str:
    """The same where the sentences that are `said` name fewer than there are; else nothing."""
    return "" if said(narrator) == said(narrator.naming_all()) else where_whole(narrator)
