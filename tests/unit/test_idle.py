"""An unattended book locks itself after the set minutes."""

from backstop.services.idle import IdleClock


def test_a_lock_is_due_after_the_set_minutes_without_a_touch() -> None:
    now = [0.0]
    clock = IdleClock(10, lambda: now[0])
    now[0] = 599
    assert not clock.is_due
    clock.touch()
    now[0] = 1198
    assert not clock.is_due
    now[0] = 1199
    assert clock.is_due


def test_no_minutes_mean_never() -> None:
    now = [0.0]
    clock = IdleClock(0, lambda: now[0])
    now[0] = 1e9
    assert not clock.is_due
