"""Timed jobs of the house itself, and the figures that follow a return.

Every command of the house loads this module; the engine of the figures takes a second to load and waits for its job.
"""

from django.conf import settings
from django.core.management import call_command

from namro import jobs
from namro.access.actions.throttling import forget_past
from namro.ground import clock


@jobs.every("17 20 * * *")  # 03:17 in Việt Nam
def forget_ended_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended and what was counted at the door, each night."""
    call_command("clearsessions")
    forget_past()


@jobs.every("30 17 * * *")  # 00:30 in Việt Nam: the day is new
def run_the_river(timestamp: int) -> None:
    """Let the river flow for the new day, each night."""
    call_command("run_day", verbosity=0)


@jobs.every("5,20,35,50 23,0-12 * * *")  # each quarter of an hour from 06:05 to 19:50 in Việt Nam
def judge_alerts(timestamp: int) -> None:
    """Judge the day again while people work: what was mended closes, what went wrong is told, neither waits a night."""
    from namro.flows import judging  # noqa: PLC0415 - see above

    judging.judge_today(clock.today())


@jobs.every("*/5 * * * *")
def fetch_due_sources(timestamp: int) -> None:
    """Fetch the sources that are due, each in a job of its own: one that hangs holds up no other."""
    from namro.flows import intake  # noqa: PLC0415 - see above

    for code in intake.claim_due():
        jobs.enqueue(fetch_source, source=code)


@jobs.job
def fetch_source(source: str) -> None:
    """Fetch a source and take in what it has; what lands is computed by a job of its own."""
    from namro.flows import intake  # noqa: PLC0415 - see above

    intake.fetch(source)


@jobs.every("40 19 * * *")  # 02:40 in Việt Nam
def keep_the_lake(timestamp: int) -> None:
    """Gather the lake's small files and clear away what nobody refers to, each night."""
    from namro.flows import intake  # noqa: PLC0415 - see above

    intake.keep_lake()


@jobs.every("10 18 * * *")  # 01:10 in Việt Nam, after the river
def try_new_rules(timestamp: int) -> None:
    """Try on history the rules that are new or changed, each night; their pages show what they came to."""
    from namro.flows import backtesting  # noqa: PLC0415 - see above

    backtesting.try_untried(settings.DEMO_PACKAGE)


@jobs.every("25 18 * * *")  # 01:25 in Việt Nam, after the river
def forecast_again(timestamp: int) -> None:
    """Forecast the figures that are new, each night."""
    _forecast()


@jobs.job
def forecast_figures() -> None:
    """Forecast the figures that are new, after a city was loaded."""
    _forecast()


def _forecast() -> None:
    from namro.flows import forecasting  # noqa: PLC0415 - see above

    forecasting.forecast_figures()


@jobs.job
def try_rules() -> None:
    """Try on history the rules of which this version was never tried, as after a package was loaded."""
    from namro.flows import backtesting  # noqa: PLC0415 - see above

    backtesting.try_untried(settings.DEMO_PACKAGE)


@jobs.job
def recompute_form(form: str, period: str) -> None:
    """Compute anew the figures of a form for a period, after a return came in."""
    from namro.flows import daily  # noqa: PLC0415 - see above

    daily.recompute_form(form, period, clock.today())


@jobs.job
def figure_source(code: str) -> None:
    """Compute what a batch of a source touched, after it landed, and judge what reads it: nobody waits a quarter of an
    hour to hear of a flood."""
    from namro.flows import centre, judging  # noqa: PLC0415 - see above

    if centre.figure_source(code):
        judging.judge_today(clock.today())
