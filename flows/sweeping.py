"""Runs that the server believes under way although their process died: nobody else would ever end them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType, FlowRunFilterTags
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.alive import lives
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
        settle: How long a run may be under way without a process; nothing where no runner is at work yet.
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
                swept.append(run.name)
    return swept
