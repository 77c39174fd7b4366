"""What words mean that an owner does not use, said where they stand."""

from backstop.telling.words import Words


def secure_meaning(words: Words) -> str:
    """What N−1 is."""
    return words.say(
        "N−1: whether any one line, or any group that fails together, may be lost and everything "
        "is still paid."
    )
