"""Reading the offers: rules and registers, whom a rule would reach, runs with their offers, and a citizen's own."""

from namro.offers.queries.declared import registers, rule, rules, text_of
from namro.offers.queries.facts import facts_of
from namro.offers.queries.own import (
    consents_of,
    may_open,
    may_see,
    offer_of_token,
    offers_of,
    taken_back_with,
    token_of,
)
from namro.offers.queries.runs import (
    answers,
    answers_of_runs,
    latest_runs,
    offers_of_run,
    one_run,
    runs_of,
    waiting_of_run,
)

__all__ = [
    "answers", "answers_of_runs", "consents_of", "facts_of", "latest_runs", "may_open", "may_see", "offer_of_token",
    "offers_of", "offers_of_run", "one_run", "registers", "rule", "rules", "runs_of", "taken_back_with", "text_of",
    "token_of", "waiting_of_run",
]  # fmt: skip
