from fengqiao.intake.models.errand import Errand, Paper
from fengqiao.intake.models.report import Decision, Report, ReportClock

__all__ = ["Decision", "Errand", "Paper", "Report", "ReportClock"]
