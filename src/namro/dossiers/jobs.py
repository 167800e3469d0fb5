"""Jobs of the dossiers."""

from namro.dossiers.actions.lateness import note_late
from namro.dossiers.actions.letters import send_letters
from namro.jobs import every


@every("*/15 * * * *")
def note_late_dossiers(timestamp: int) -> None:
    """Note what became late, four times an hour."""
    note_late()


@every("* * * * *")
def send_letters_to_applicants(timestamp: int) -> None:
    """Write to applicants, each minute."""
    send_letters()
