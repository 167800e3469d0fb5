"""What the tasks report upwards: counts into the river, and what goes wrong to the rules of the alerts."""

from namro.tasks.feeds.counts import SOURCE, observations
from namro.tasks.feeds.looking import LOOKS, TASKS_NOW, TASKS_THEN, ended_of

__all__ = ["LOOKS", "SOURCE", "TASKS_NOW", "TASKS_THEN", "ended_of", "observations"]
