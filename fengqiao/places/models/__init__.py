from fengqiao.places.models.boundary import Boundary
from fengqiao.places.models.calendar import CalendarYear, WorkDay, WorkHours
from fengqiao.places.models.centre import Centre
from fengqiao.places.models.change import RegionChange
from fengqiao.places.models.county import County, PrintedFigure
from fengqiao.places.models.region import Kind, Level, Region

__all__ = [
    "Boundary",
    "CalendarYear",
    "Centre",
    "County",
    "Kind",
    "Level",
    "PrintedFigure",
    "Region",
    "RegionChange",
    "WorkDay",
    "WorkHours",
]
