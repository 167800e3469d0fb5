"""The assistant's jobs: what people typed is forgotten each night."""

from namro import jobs


@jobs.every("20 18 * * *")
def forget_each_night(timestamp: int) -> None:
    """Forget what is older than the place has set, at 01:20 in Việt Nam."""
    from namro.assistant.actions.forgetting import forget_old  # noqa: PLC0415 - fetched when it runs

    forget_old()
