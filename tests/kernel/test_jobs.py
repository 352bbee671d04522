from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from kernel import clock, jobs, timer
from kernel.models import TimerTick

RUNS: list[str] = []


def flaky(name):
    RUNS.append(name)
    if len(RUNS) < 3:
        raise RuntimeError("provider is down")


flaky = jobs.retrying_task(flaky)


@pytest.fixture(autouse=True)
def _fresh():
    RUNS.clear()


def work():
    call_command("worker", once=True)


@pytest.mark.django_db(transaction=True)
def test_a_failing_task_is_tried_again_later_until_it_succeeds():
    flaky.enqueue(name="x")

    for _ in range(3):
        work()
        DBTaskResult.objects.filter(status="READY").update(run_after=clock.now() - timedelta(seconds=1))

    assert RUNS == ["x", "x", "x"]
    assert not DBTaskResult.objects.filter(status="READY").exists()


@pytest.mark.django_db
def test_a_periodic_job_runs_once_per_period(monkeypatch):
    ran = []
    monkeypatch.setattr(timer, "periodic_jobs", {"t": (60, lambda: ran.append(1))})

    timer.run_due_jobs()
    timer.run_due_jobs()
    TimerTick.objects.update(next_at=clock.now() - timedelta(seconds=1))
    timer.run_due_jobs()

    assert ran == [1, 1]


@pytest.mark.django_db
def test_a_failing_periodic_job_does_not_stop_the_others(monkeypatch):
    ran = []
    monkeypatch.setattr(timer, "periodic_jobs", {"bad": (60, lambda: 1 / 0), "good": (60, lambda: ran.append(1))})

    assert timer.run_due_jobs() == 1
    assert ran == [1]
