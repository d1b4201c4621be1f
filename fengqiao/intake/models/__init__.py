from fengqiao.intake.models.report import Decision, Report, ReportClock

__all__ = ["Decision", "Report", "ReportClock"]
