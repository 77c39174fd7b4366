"""What to do when something goes, by what it is and by its cause."""

from backstop.telling.playbooks.guidance import Guidance, guidance, in_china
from backstop.telling.playbooks.lines import BY_KIND
from backstop.telling.playbooks.others import GROUP
from backstop.telling.playbooks.steps import (
    DUE_DAY,
    NO_APPLICATIONS,
    OFFICES_CHINA,
    SCAMS,
    START_ACTIONS,
    Playbook,
)

__all__ = [
    "BY_KIND",
    "DUE_DAY",
    "GROUP",
    "NO_APPLICATIONS",
    "OFFICES_CHINA",
    "SCAMS",
    "START_ACTIONS",
    "Guidance",
    "Playbook",
    "guidance",
    "in_china",
]
