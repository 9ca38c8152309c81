from agencies.models.agency import Agency, Function, Unit
from agencies.models.calendar import CalendarDay, CalendarYear
from agencies.models.channel import Channel
from agencies.models.competence import Competence
from agencies.models.officer import Officer
from agencies.models.region import Population, Region, RegionName
from agencies.models.topic import Topic
from agencies.models.user import User

__all__ = [
    "Agency",
    "CalendarDay",
    "CalendarYear",
    "Channel",
    "Competence",
    "Function",
    "Officer",
    "Population",
    "Region",
    "RegionName",
    "Topic",
    "Unit",
    "User",
]
