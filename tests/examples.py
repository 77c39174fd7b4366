"""How many examples a test of generated values takes, as a multiple of what the others take.

`HYPOTHESIS_PROFILE=thorough` takes many times as many, as before a release, and draws others each
time. The daily ones are few and always the same: what is found depends on the program alone.
"""

import os

from hypothesis import HealthCheck, Phase, settings

DAILY, THOROUGH = 40, 1000
FEWEST = 10


def load_profile() -> None:
    """Load the profile that the environment names."""
    settings.register_profile(
        "thorough",
        deadline=None,
        max_examples=THOROUGH,
        phases=[phase for phase in Phase if phase is not Phase.explain],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,  # the simplest book is as many bytes as any, all zero
        ],
    )
    thorough = settings.get_profile("thorough")
    settings.register_profile("default", thorough, max_examples=DAILY, derandomize=True)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def times(factor: float) -> settings:
    """So many times the examples of a test that says nothing about it, but `FEWEST` at least."""
    return settings(max_examples=max(FEWEST, round(factor * settings().max_examples)))
