"""Work left half done by a worker that was killed is put back in the queue."""

import logging

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

SILENT_FOR = 30.0  # seconds; a worker says every ten that it lives
logger = logging.getLogger(__name__)


async def rescue(manager: JobManager) -> int:
    """Free every job whose worker is gone; say how many."""
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR))
    for job in stalled:
        logger.warning("Job %s (%s) was left by a worker that is gone", job.id, job.task_name)
        await _free(manager, job)
    return len(stalled)


async def _free(manager: JobManager, job: Job) -> None:
    """Queue the job again; if the same work has been queued since, only end it, so that its lock is free."""
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        await manager.finish_job(job, status=Status.ABORTED, delete_job=False)
