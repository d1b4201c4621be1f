from fengqiao.oversight.models.daynote import DayNote
from fengqiao.oversight.models.notice import Notice
from fengqiao.oversight.models.outward import Channel, Listening, Sending
from fengqiao.oversight.models.pulse import Fault, Heartbeat

__all__ = ["Channel", "DayNote", "Fault", "Heartbeat", "Listening", "Notice", "Sending"]
