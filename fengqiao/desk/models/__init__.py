from fengqiao.desk.models.bulk import BulkRow, BulkRun
from fengqiao.desk.models.feed import CalendarFeed
from fengqiao.desk.models.filter import SavedFilter
from fengqiao.desk.models.watch import Watch

__all__ = ["BulkRow", "BulkRun", "CalendarFeed", "SavedFilter", "Watch"]
