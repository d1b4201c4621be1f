from fengqiao.oversight.models.daynote import DayNote
from fengqiao.oversight.models.notice import Notice
from fengqiao.oversight.models.pulse import Fault, Heartbeat

__all__ = ["DayNote", "Fault", "Heartbeat", "Notice"]
