from fengqiao.oversight.models.notice import Notice
from fengqiao.oversight.models.pulse import Fault, Heartbeat

__all__ = ["Fault", "Heartbeat", "Notice"]
