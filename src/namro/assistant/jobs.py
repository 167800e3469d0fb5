"""The assistant's jobs: what people typed is forgotten each night; the index is made when a package was loaded."""

from namro import jobs


@jobs.every("20 18 * * *")
def forget_each_night(timestamp: int) -> None:
    """Forget what is older than the place has set, at 01:20 in Việt Nam."""
    from namro.assistant.actions.forgetting import forget_old  # noqa: PLC0415 - fetched when it runs

    forget_old()


@jobs.job
def make_index() -> None:
    """Make the index before the first question, who would else wait for it."""
    from namro.assistant.queries.index import segments  # noqa: PLC0415 - fetched when it runs
    from namro.assistant.terms import PUBLIC_CORPORA  # noqa: PLC0415 - see above

    for corpus in PUBLIC_CORPORA:
        segments(corpus, builds=True)
