"""What the worker does by itself, and how often. These functions alone read the clock.

In a timetable of six fields the last is the second. A lock keeps a task from running beside itself, a queueing lock
from piling up while the worker is slow or gone.
"""

from datetime import timedelta

from django.utils.timezone import now
from procrastinate import JobContext
from procrastinate.contrib.django import app

from fengqiao.desk.transitions import bulk
from fengqiao.files.transitions import sweeping
from fengqiao.jobs import follow, pulse, reminding, rescue, resettling, succession, watch
from fengqiao.jobs.outward import carrying

BULK_RUNS_KEPT = timedelta(days=30)
FINISHED_KEPT_HOURS = 24
FAILED_KEPT_HOURS = 30 * 24


@app.periodic(cron="* * * * * */10")
@app.task(name="heartbeat", queueing_lock="heartbeat", priority=10)
def heartbeat(timestamp: int) -> None:
    """Say that the worker lives."""
    pulse.beat(now())


@app.periodic(cron="* * * * * */5")
@app.task(name="follow", queueing_lock="follow", lock="follow")
def follow_steps(timestamp: int) -> None:
    """Do what follows the steps taken since."""
    follow.follow(now())


@app.periodic(cron="* * * * * */30")
@app.task(name="watch", queueing_lock="watch", lock="watch")
def watch_deadlines(timestamp: int) -> None:
    """Give the alerts that are due and do what is due by rule."""
    watch.sweep(now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="remind", queueing_lock="remind", lock="remind")
def remind_mediators(timestamp: int) -> None:
    """Remind of what falls due under agreements."""
    reminding.sweep(now())


@app.periodic(cron="* * * * * */20")
@app.task(name="succession", queueing_lock="succession", lock="succession")
def carry_on(timestamp: int) -> None:
    """Move what a closed unit left to the unit that takes over."""
    succession.carry_on(now())


@app.periodic(cron="* * * * * */20")
@app.task(name="resettle", queueing_lock="resettle", lock="resettle")
def resettle(timestamp: int) -> None:
    """Move what was left at a place that is no more, or has moved."""
    resettling.carry_on(now())


@app.periodic(cron="* * * * * */10")
@app.task(name="outward", queueing_lock="outward", lock="outward")
def send_outward(timestamp: int) -> None:
    """Send the notices that people asked to have outside the house."""
    carrying.carry(now())


@app.periodic(cron="* * * * * */15")
@app.task(name="rescue", queueing_lock="rescue", pass_context=True, priority=10)
async def rescue_jobs(context: JobContext, timestamp: int) -> None:
    """Take up what a killed worker left."""
    await rescue.rescue(context.app.job_manager)


@app.periodic(cron="10 3 * * *")
@app.task(name="tidy", queueing_lock="tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Drop finished jobs of yesterday and failed ones of last month."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(FINISHED_KEPT_HOURS, include_cancelled=True, include_aborted=True)
    await manager.delete_old_jobs(FAILED_KEPT_HOURS, include_failed=True)


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_bulk_runs", queueing_lock="forget_bulk_runs")
def forget_bulk_runs(timestamp: int) -> None:
    """Drop the pages of bulk runs of last month; what was done stands in the records."""
    bulk.forget(now() - BULK_RUNS_KEPT)


@app.periodic(cron="30 3 * * *")
@app.task(name="sweep_files", queueing_lock="sweep_files")
def sweep_files(timestamp: int) -> None:
    """Take away the files that waited with forms nobody sent, and those that no row names."""
    sweeping.sweep(now())


@app.periodic(cron="20 3 * * *")
@app.task(name="forget_dead_workers", queueing_lock="forget_dead_workers")
def forget_dead_workers(timestamp: int) -> None:
    """Drop the signs of workers that have long ended."""
    pulse.forget_the_dead(now())
