"""Runs that nobody else would ever end: those under way whose process died, and those that were missed and are done by another."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled, Crashed

from flows.alive import forget, lives
from flows.settings import load

TAG = "rapor"
"""What all runs of rapor carry."""
SETTLE = timedelta(minutes=10)
"""A run that is about to start has no process yet: it is given this long."""
_UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def sweep(settle: timedelta = SETTLE) -> list[str]:
    """Mark as crashed the runs under way that no process works on; their names.

    A runner or machine that was killed cannot say so itself, and its slot would refuse every later run of the same source.

    Args:
        settle: How long a run may be under way without a process that this machine can see.
    """
    home, swept, before = load().home, [], datetime.now(UTC) - settle
    under_way = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[TAG]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)),
    )
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=under_way):
            since = run.state.timestamp if run.state else None
            if (since is None or since <= before) and not lives(home, str(run.id)):
                client.set_flow_run_state(run.id, Crashed(message="its process died"), force=True)
                forget(home, str(run.id))
                swept.append(run.name)
    return swept


def take_over(run: str) -> None:
    """End the runs that were to do the same before now and did not begin: what was missed is caught up once, by the run named.

    A server that does not answer must not stop the work; those runs then come after it and find nothing left to do.
    """
    with suppress(Exception), get_client(sync_client=True) as client:
        ours = client.read_flow_run(UUID(run))
        if ours.deployment_id is None:
            return
        missed = FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[ours.deployment_id]),
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=datetime.now(UTC)),
        )
        for other in client.read_flow_runs(flow_run_filter=missed):
            if other.parameters == ours.parameters:
                client.set_flow_run_state(other.id, Cancelled(message=f"missed; {ours.name} does it"), force=True)
