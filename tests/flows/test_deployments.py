"""Schedules under a real Prefect server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from flows.crawl import last_crawls
from tests.site.server import ROLES, Site

ROOT = Path(__file__).resolve().parents[2]


def test_prefect_yaml_names_flows_that_exist() -> None:
    told = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    code = (ROOT / "flows" / "deployments.py").read_text("utf-8")
    for deployment in told["deployments"]:
        file, _, name = deployment["entrypoint"].partition(":")
        assert (ROOT / file).is_file()
        assert f"def {name}(" in code


def test_compose_yaml_keeps_its_schema_and_runs_commands_that_exist() -> None:
    command = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
        str(ROOT / "compose.yaml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    told = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    for service in told["services"].values():
        words = service.get("command", [])
        if words[:1] in (["rapor"], ["prefect"], ["dask"]):
            helped = [str(Path(sys.executable).with_name(words[0])), *(word for word in words[1:3] if "-" not in word and ":" not in word)]
            assert subprocess.run([*helped, "--help"], capture_output=True, check=False).returncode == 0, words


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def crawled_since(home: Path, moment: float) -> bool:
    return last_crawls(home)["kemenportal"].timestamp() > moment + 1


@pytest.mark.slow
def test_a_missed_crawl_is_caught_up_once_and_everything_stops(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "crawled").mkdir(parents=True)
    missed = home / "crawled" / "kemenportal"
    missed.touch()
    long_ago = time.time() - 30 * 86400
    os.utime(missed, (long_ago, long_ago))
    with Site() as site:
        site.write_sources(tmp_path / "sources")
        place = {name: value for name, value in os.environ.items() if not name.startswith(("RAPOR_", "PREFECT_"))}
        place |= {
            "RAPOR_HOME": str(home),
            "RAPOR_SOURCES": str(tmp_path / "sources"),
            "RAPOR_ALLOW_HOSTS": ",".join(site.netloc(role) for role in ROLES),
        }
        log = tmp_path / "serve.log"
        command = [str(Path(sys.executable).with_name("rapor")), "serve", "kabarnusa", "kemenportal", "--port", str(free_port())]
        with log.open("wb") as out:
            served = subprocess.Popen(command, env=place, cwd=tmp_path, stdout=out, stderr=out, start_new_session=True)
        try:
            until = time.monotonic() + 240
            while not (crawled_since(home, long_ago) and "Finished in state" in log.read_text("utf-8").replace("Task run", "")):
                assert time.monotonic() < until, log.read_text("utf-8")
                assert served.poll() is None, log.read_text("utf-8")
                time.sleep(0.5)
        finally:
            os.killpg(served.pid, signal.SIGINT)
            served.wait(60)
        told = log.read_text("utf-8")
        assert told.count("for flow 'crawl'") == 1, told
        assert set(last_crawls(home)) == {"kemenportal"}
        assert not [hit for hit in site.log if hit.role == "outlet"]
