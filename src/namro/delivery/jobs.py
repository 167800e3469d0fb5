"""The delivery's jobs: what is due goes out each minute, what cannot wait at once."""

from namro import jobs


@jobs.every("* * * * *")
def carry_due(timestamp: int) -> None:
    """Carry what is due, each minute."""
    carry_now()


@jobs.job
def carry_now() -> None:
    """Carry what is due now."""
    # The verbs enqueue these jobs: they are fetched when a job runs.
    from namro.delivery.actions.carrying import carry  # noqa: PLC0415

    carry()
