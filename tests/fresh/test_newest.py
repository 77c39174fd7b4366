"""The command that tries the newest releases: what it asks for, and what it says of the lock."""

import newest


def test_it_asks_for_what_the_project_and_its_tests_need() -> None:
    asked = {each.split(">")[0].lower() for each in newest.wanted()}
    assert {"numpy", "sqlmodel", "pytest", "hypothesis"} <= asked
    assert all("==" not in each and "://" not in each for each in newest.wanted())


def test_it_names_each_release_that_is_not_the_locks() -> None:
    lock = {"numpy": ("2.1.0", "2.2.0"), "click": ("8.4.0", "8.5.0"), "only-on-windows": ("1",)}
    found = {"numpy": "2.4.0", "click": "8.5.0", "pip": "26.0"}
    differs = newest.differing(lock, found)
    assert newest.told(differs) == ["numpy: 2.1.0 or 2.2.0 in the lock, 2.4.0 here"]
    assert newest.told({}) == ["Every release is that of the lock."]


def test_the_lock_is_read_as_it_is_written() -> None:
    assert {"numpy", "sqlmodel", "pytest"} <= newest.locked().keys()
    assert len(newest.locked()["numpy"]) == 2, "one release for each range of Python's versions"
