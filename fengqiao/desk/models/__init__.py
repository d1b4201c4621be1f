from fengqiao.desk.models.bulk import BulkRow, BulkRun
from fengqiao.desk.models.filter import SavedFilter

__all__ = ["BulkRow", "BulkRun", "SavedFilter"]
