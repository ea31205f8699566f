"""What .ci/run does around its steps, in a checkout of programs that only tell how they were called."""
import os
import pathlib
import shutil
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
REQUIREMENTS = "infra/template-checks/requirements"
DYNALITE = "infra/database/differential"


@pytest.fixture(name="folder")
def a_checkout(tmp_path):
    """A checkout with all tools installed, and beside it a launcher of LocalStacks. Maven writes down how it is called."""
    checkout = tmp_path / "checkout"
    (checkout / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", checkout / ".ci" / "run")
    shutil.copytree(ROOT / REQUIREMENTS, checkout / REQUIREMENTS)
    shutil.copytree(ROOT / DYNALITE, checkout / DYNALITE)
    # A machine without Node.
    program(checkout / "web" / "build.sh", "web=\"$root/web\"; has_node() { return 1; }")
    for tool in ("tools", "moto"):
        home = checkout / "target" / "ci" / tool
        (home / "bin").mkdir(parents=True)
        shutil.copy(ROOT / REQUIREMENTS / f"{tool}.txt", home / "installed.txt")
        program(home / "bin" / "pip", "exit 0")
        (home / "bin" / "python").symlink_to(sys.executable)
    program(
        tmp_path / "shared" / "tools" / "localstack-host",
        f"echo \"$1\" >>{tmp_path}/launcher; if [ \"$1\" = start ]; then echo http://127.0.0.1:1; fi",
    )
    program(tmp_path / "bin" / "npm", "exit 0")
    program(
        tmp_path / "bin" / "mvn",
        f"case \"$*\" in *-Plocalstack*) step=localstack ;; *Differential*) step=differential ;; *) step=build ;; esac\n"
        f"echo \"$step ${{LOCALSTACK_ENDPOINT:-none}}\" >>{tmp_path}/maven\n"
        f"[ \"$step\" != \"${{FAILS:-}}\" ]",
    )
    return tmp_path


def program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def run(folder, *steps, **environment):
    inherited = {name: value for name, value in os.environ.items() if name not in ("LOCALSTACK_ENDPOINT", "FAILS")}
    return subprocess.run(
        [folder / "checkout" / ".ci" / "run", *steps],
        env=inherited | {"PATH": f"{folder / 'bin'}:/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def lines(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_a_step_knows_nothing_of_the_localstack_of_the_one_before(folder):
    done = run(folder, "localstack", "differential", "build")

    assert done.returncode == 0, done.stderr
    assert lines(folder / "maven") == ["localstack http://127.0.0.1:1", "differential none", "build none"]


def test_a_localstack_has_ended_before_the_next_step(folder):
    program(folder / "bin" / "mvn", f"cp {folder}/launcher {folder}/launcher-at-$(wc -l <{folder}/launcher | tr -d ' ')")

    done = run(folder, "localstack", "build")

    assert done.returncode == 0, done.stderr
    assert lines(folder / "launcher-at-1") == ["start"]
    assert lines(folder / "launcher-at-2") == ["start", "stop"]


def test_databases_are_compared_with_those_installed_whatever_localstack_the_caller_names(folder):
    done = run(folder, "differential", "build", LOCALSTACK_ENDPOINT="http://127.0.0.1:2")

    assert done.returncode == 0, done.stderr
    assert lines(folder / "maven") == ["differential none", "build http://127.0.0.1:2"]


def test_each_step_says_its_seconds_and_the_run_its_own(folder):
    done = run(folder, "build", "localstack")

    said = [line.split(" took ")[0] for line in done.stdout.splitlines() if line.startswith("==")]
    assert said[:-1] == ["== build", "== build", "== localstack", "== localstack"]
    assert said[-1].startswith("== passed in ")


# Ends well once a file is there that what runs beside it makes.
AWAITS = "for i in $(seq 600); do [ ! -e {} ] || exit ${{{}:-0}}; sleep 0.1; done; exit 1"


def test_what_lints_runs_beside_the_build_and_is_said_after_it(folder):
    tools = folder / "checkout" / "target" / "ci" / "tools" / "bin"
    program(tools / "shellcheck", f"echo linted; touch {folder}/linted")
    (tools / "python").unlink()
    program(tools / "python", "exit ${LINTED:-0}")
    program(folder / "bin" / "mvn", AWAITS.format(folder / 'linted', 'BUILT'))
    program(folder / "checkout" / "web" / "test.sh", f"echo played >>{folder}/played")

    done = run(folder, "scripts", "web", "build", CHROMIUM="none")

    assert done.returncode == 0, done.stdout + done.stderr
    said = [line.split(" took ")[0] for line in done.stdout.splitlines() if line.startswith(("==", "linted"))]
    assert said[:-1] == [f"== {step}" for step in ("build", "build", "tools", "tools", "scripts")] + [
        "linted", "== scripts", "== web", "== web"
    ]

    assert run(folder, "scripts", "web", "build", CHROMIUM="none", LINTED="1").returncode == 1
    assert run(folder, "scripts", "web", "build", CHROMIUM="none", BUILT="1").returncode == 1
    assert lines(folder / "played") == ["played"]


def test_what_asks_a_relay_runs_beside_localstack_once_all_is_built(folder):
    checkout = folder / "checkout"
    home = checkout / "target" / "ci" / "fuzz"
    program(home / "bin" / "pip", "exit 0")
    shutil.copy(ROOT / REQUIREMENTS / "fuzz.txt", home / "installed.txt")
    program(home / "bin" / "python", f"touch {folder}/asked; {AWAITS.format(folder / 'deployed', 'ASKED')}")
    program(
        checkout / "quantchat",
        "[ \"$1\" = up ] || exit 0; echo QuantChat is ready: REST http://127.0.0.1:1, socket ws://127.0.0.1:1; exec sleep 600",
    )
    program(checkout / "web" / "test.sh", f"[ ! -e {folder}/asked ]")
    program(
        folder / "bin" / "mvn",
        "case \"$*\" in *-Plocalstack*) step=localstack ;; *Differential*) step=differential ;; *) step=build ;; esac\n"
        f"echo $step >>{folder}/maven; [ $step = localstack ] || exit 0\n"
        f"touch {folder}/deployed; {AWAITS.format(folder / 'asked', 'ANSWERED')}",
    )
    steps = ("web", "differential", "fuzz", "build", "demo", "localstack")

    done = run(folder, *steps, CHROMIUM="none")

    assert done.returncode == 0, done.stdout + done.stderr
    assert lines(folder / "maven") == ["build", "localstack", "differential"]
    said = [line.split(" took ")[0] for line in done.stdout.splitlines() if line.startswith("==")]
    order = ("build", "web", "localstack", "fuzz", "demo", "differential")
    assert said[:-1] == [f"== {step}" for step in order for _ in range(2)]

    for fails in ("ASKED", "ANSWERED"):
        for made in ("asked", "deployed"):
            (folder / made).unlink()
        assert run(folder, *steps, CHROMIUM="none", **{fails: "1"}).returncode == 1


def test_what_runs_beside_the_build_ends_with_it(folder):
    program(
        folder / "checkout" / "target" / "ci" / "tools" / "bin" / "shellcheck",
        f"echo $$ >{folder}/linting; exec sleep 600",
    )
    program(folder / "bin" / "mvn", f"for i in $(seq 600); do [ ! -s {folder}/linting ] || exit 1; sleep 0.1; done")

    done = run(folder, "scripts", "build")

    assert done.returncode == 1
    ended(int(lines(folder / "linting")[0]))


def ended(process):
    """Waits until a process is gone."""
    while pathlib.Path(f"/proc/{process}").exists():
        if pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.05)


def test_nothing_runs_after_a_step_that_failed(folder):
    done = run(folder, "localstack", "build", FAILS="localstack")

    assert done.returncode != 0
    assert "passed" not in done.stdout
    assert lines(folder / "maven") == ["localstack http://127.0.0.1:1"]
    assert lines(folder / "launcher") == ["start", "stop"]


def test_nothing_runs_where_a_step_is_unknown(folder):
    done = run(folder, "build", "biuld")

    assert done.returncode == 1
    assert done.stderr == "There is no step biuld: see the head of .ci/run.\n"
    assert lines(folder / "maven") == []


def test_the_tools_of_all_steps_are_installed_at_once(folder):
    for tool in ("tools", "moto"):
        shutil.rmtree(folder / "checkout" / "target" / "ci" / tool)
    # A pip ends when the other has begun.
    program(
        folder / "pip",
        f"echo \"$0\" >>{folder}/installing\n"
        f"for i in $(seq 600); do [ \"$(wc -l <{folder}/installing)\" -ne 2 ] || exit 0; sleep 0.1; done; exit 1",
    )
    program(folder / "bin" / "python3", python_that_makes_folders(folder))

    done = run(folder, "build", "differential", "localstack")

    assert done.returncode == 0, done.stderr
    assert len(lines(folder / "installing")) == 2


def test_no_step_runs_where_a_tool_is_not_to_be_had(folder):
    shutil.rmtree(folder / "checkout" / "target" / "ci" / "moto")
    program(folder / "pip", "exit 1")
    program(folder / "bin" / "python3", python_that_makes_folders(folder))

    done = run(folder, "build", "differential")

    assert done.returncode == 1
    assert lines(folder / "maven") == []
    assert not (folder / "checkout" / "target" / "ci" / "moto" / "installed.txt").exists()


def python_that_makes_folders(folder):
    """A python3 whose virtual environments have this folder's pip in them, and this test's Python."""
    return (
        f'[ "$2" = venv ] || exec {sys.executable} "$@"\n'
        f'mkdir -p "$3/bin" && cp {folder}/pip "$3/bin/pip" && ln -s {sys.executable} "$3/bin/python"'
    )
