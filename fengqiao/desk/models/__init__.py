from fengqiao.desk.models.bulk import BulkRow, BulkRun

__all__ = ["BulkRow", "BulkRun"]
