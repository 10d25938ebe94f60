"""What every command is given: the settings, how loud to be, and where to talk."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from flows.settings import Settings, load

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class State:
    """The settings and the global flags of one call of `rapor`."""

    settings: Settings
    quiet: bool = False
    debug: bool = False

    def say(self, text: str) -> None:
        """Talk to the person at the terminal: on stderr, unless `--quiet`."""
        if not self.quiet:
            sys.stderr.write(text + "\n")

    @cached_property
    def terminal(self) -> Console:
        """A console on stderr for progress; shows nothing where nobody looks."""
        from rich.console import Console

        return Console(stderr=True, quiet=self.quiet or not sys.stderr.isatty())


def state(ctx: typer.Context) -> State:
    """The state of this call; made from the environment where a command is started without the root callback."""
    found = ctx.find_object(State)
    return found if found is not None else State(load())
