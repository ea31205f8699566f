"""That sam by itself deploys nothing, rather than say that it has."""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOBODY = {
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "SAM_CLI_TELEMETRY": "0",
}


def test_sam_alone_is_told_what_to_run(tmp_path):
    (tmp_path / "infra").mkdir()
    for name in ("template.yaml", "infra/observability.yaml", "infra/web.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    # What Maven makes is no package that sam finds.
    (tmp_path / "functions/target").mkdir(parents=True)
    (tmp_path / "functions/target/quantchat-functions.zip").write_bytes(b"a zip")

    asked = ["deploy", "--template-file", "template.yaml", "--stack-name", "quantchat-dev", "--s3-bucket", "packages"]
    sam = pathlib.Path(sys.executable).with_name("sam")
    answer = subprocess.run(
        [sam, *asked], cwd=tmp_path, env=os.environ | NOBODY, capture_output=True, text=True, check=False
    )

    assert answer.returncode != 0
    assert "sam-alone-releases-nothing-run-quantchat-deploy" in answer.stderr
