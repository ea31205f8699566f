"""That deployments from one checkout, which share the package's place, come one after the other. A stand-in for sam notes
that it is asked, and answers when it is told to.
"""
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Whoever is told to wait says so, and reads the pipe that tells when it is over.
SAM = """#!/bin/sh
[ "$1" = list ] || exit 0
echo asked >>"$FOLDER/asked"
if [ -n "$WAITS" ]; then
  echo here >"$FOLDER/here"
  read -r _ <"$FOLDER/go"
fi
echo "Unable to locate credentials" >&2
exit 1
"""


class Checkout:
    def __init__(self, folder):
        self.folder = folder
        self.turn = folder / "target" / "deploying"
        for name in ("quantchat", "infra/deploy/deploy.sh", "web/build.sh"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        (folder / "bin").mkdir()
        sam = folder / "bin" / "sam"
        sam.write_text(SAM, encoding="utf-8")
        sam.chmod(0o755)
        for pipe in ("here", "go"):
            os.mkfifo(folder / pipe)

    def deploy(self, *options, **settings):
        """Begins a deployment, which ends where there are no credentials."""
        environment = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "FOLDER": str(self.folder), "HOME": str(self.folder)}
        return subprocess.Popen(
            ["bash", self.folder / "quantchat", "deploy", *options],
            env=environment | settings, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )

    def holder(self):
        return os.readlink(self.turn) if os.path.lexists(self.turn) else None

    def asked(self):
        return (self.folder / "asked").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_a_second_deployment_waits_for_the_first(checkout):
    with checkout.deploy(WAITS="yes") as first:
        (checkout.folder / "here").read_text(encoding="utf-8")
        with checkout.deploy("--stack", "another") as second:
            said = second.stderr.readline()
            asked_meanwhile = len(checkout.asked())
            (checkout.folder / "go").write_text("\n", encoding="utf-8")
            said_then = second.stderr.read()

    assert said == f"Waiting for process {first.pid}, which deploys from here ...\n"
    assert asked_meanwhile == 1
    assert "no AWS credentials" in said_then
    assert len(checkout.asked()) == 2
    assert checkout.holder() is None


def test_one_that_was_killed_holds_up_nobody(checkout):
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    checkout.turn.parent.mkdir()
    checkout.turn.symlink_to(str(gone.pid))

    with checkout.deploy() as next_one:
        said = next_one.stderr.read()

    assert "no AWS credentials" in said
    assert "Waiting" not in said
    assert checkout.holder() is None


def test_one_that_waits_and_is_broken_off_leaves_the_turn_to_whose_it_is(checkout):
    with checkout.deploy(WAITS="yes") as first:
        (checkout.folder / "here").read_text(encoding="utf-8")
        with checkout.deploy() as second:
            second.stderr.readline()
            second.terminate()
        holder = checkout.holder()
        (checkout.folder / "go").write_text("\n", encoding="utf-8")

    assert holder == str(first.pid)
