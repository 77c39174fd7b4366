"""Keys that act where the focus is, in a list or field; those of the whole window are commands."""

OPEN_ROW = "Return"
REMOVE_ROW = "Del"
DUPLICATE = "Ctrl+D"
PICK_DAY = "F4"
FORGET_TYPED = "Esc"
SETTLE_ON = "Ctrl+Return"
MATCH_ROW = "Ctrl+M"

LOCAL_KEYS = (
    ("Open the chosen row", OPEN_ROW),
    ("Remove the chosen row", REMOVE_ROW),
    ("Copy the chosen receipt or payment", DUPLICATE),
    ("Choose a day in the calendar", PICK_DAY),
    ("Forget what is being typed", FORGET_TYPED),
    ("Go on with what happened since", SETTLE_ON),
    ("Match what was due with a row of a statement", MATCH_ROW),
)
"""For the list of keys: what each does, an English key of `words.say`, and its sequence."""
