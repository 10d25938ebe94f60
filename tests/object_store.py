"""A stand-in for an object store: the server of moto answers as S3 does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.test_month import free_port


@contextmanager
def started(command: list[str], **place: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child process for a while."""
    child = subprocess.Popen(command, env={**os.environ, **place}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()


@contextmanager
def object_store(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of the stand-in; yields the address of an archive in it. The environment is set as an operator would set it."""
    import boto3
    import fsspec

    fsspec.get_filesystem_class("s3").clear_instance_cache()  # an earlier test's store had another address
    url = f"http://127.0.0.1:{free_port()}"
    for name, value in {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "rapor",
        "AWS_SECRET_ACCESS_KEY": "rapor",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        patch.setenv(name, value)
    with started([str(Path(sys.executable).with_name("moto_server")), "-p", url.rpartition(":")[2]]):
        answers(url)
        boto3.client("s3", endpoint_url=url, region_name="us-east-1").create_bucket(Bucket="rapor")
        yield "s3://rapor/archive"


def answers(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")
