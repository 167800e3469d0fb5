"""What the tasks report upwards: counts into the river, and what goes wrong to the rules of the alerts."""

from namro.tasks.feeds.counts import SOURCE, observations
from namro.tasks.feeds.looking import ENDED, LOOK, PICKS, TASKS_NOW, TASKS_THEN

__all__ = ["ENDED", "LOOK", "PICKS", "SOURCE", "TASKS_NOW", "TASKS_THEN", "observations"]
