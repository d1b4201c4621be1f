from fengqiao.reception.models.booking import Booking
from fengqiao.reception.models.day import ReceptionDay

__all__ = ["Booking", "ReceptionDay"]
