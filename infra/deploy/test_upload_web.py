"""What is uploaded, in which order, and what a broken upload leaves; against moto's S3. moto knows no invalidation of a
distribution that it didn't make, so it makes one.
"""
import datetime
import hashlib
import json
import pathlib
import re

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

import upload_web

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ROOT / "infra" / "web-headers.json"
BUCKET = "web-client"
IMMUTABLE = "public, max-age=31536000, immutable"


class World:
    """A bucket, a distribution and a time of day."""

    def __init__(self, folder):
        self.folder = folder
        self.s3 = boto3.client("s3", region_name="us-east-1")
        self.cloudfront = boto3.client("cloudfront", region_name="us-east-1")
        self.s3.create_bucket(Bucket=BUCKET)
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.done = []
        self.fails_at = None
        self.s3.meta.events.register("before-call.s3", self._count)
        config = {
            "CallerReference": "1",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{"Id": "web", "DomainName": "a.s3.us-east-1.amazonaws.com"}]},
            "DefaultCacheBehavior": {"TargetOriginId": "web", "ViewerProtocolPolicy": "https-only"},
        }
        self.distribution = self.cloudfront.create_distribution(DistributionConfig=config)["Distribution"]["Id"]

    def _count(self, model, params, **_):
        if model.name in ("PutObject", "CopyObject", "DeleteObject"):
            if len(self.done) == self.fails_at:
                raise ClientError({"Error": {"Code": "SlowDown", "Message": "Slow down."}}, model.name)
            self.done.append((model.name, params["url_path"].removeprefix("/").removeprefix(f"{BUCKET}/")))

    def build(self, **files):
        """Writes a build with these files beside the ones that each has."""
        for old in sorted(self.folder.rglob("*"), reverse=True):
            old.rmdir() if old.is_dir() else old.unlink()
        contents = {"index.html": "<!doctype html>", "sw.js": "1", "manifest.webmanifest": "{}"} | files
        for name, text in contents.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in contents.items()}
        build = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()
        (self.folder / "build.json").write_text(json.dumps({"build": build, "files": hashes}), encoding="utf-8")
        return build

    def upload(self):
        self.done.clear()
        self.waits = []
        return upload_web.upload(
            self.folder, HEADERS, self.s3, self.cloudfront, BUCKET, self.distribution, lambda: self.now, self.waits.append
        )

    def keys(self):
        return {found["Key"] for found in self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])}

    def text(self, key):
        return self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()

    def invalidations(self):
        listed = self.cloudfront.list_invalidations(DistributionId=self.distribution)["InvalidationList"]
        return [found["Id"] for found in listed.get("Items", [])]


@pytest.fixture
def world(tmp_path, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield World(tmp_path)


def test_what_is_referred_to_is_there_before_what_refers_to_it(world):
    build = world.build(**{"assets/b-2.js": "b", "assets/a-1.css": "a", "icon.svg": "<svg/>"})

    assert world.upload() == (build, 7)

    keys = [key for _, key in world.done]
    assert set(keys[:2]) == {"assets/a-1.css", "assets/b-2.js"}
    assert set(keys[2:4]) == {"icon.svg", "manifest.webmanifest"}
    assert keys[4:] == ["index.html", "sw.js", "build.json"]
    assert world.waits == [upload_web.KEPT_BY_EDGE]
    assert len(world.invalidations()) == 1


def test_every_file_has_its_kind_and_how_long_it_is_kept(world):
    world.build(**{"assets/a-1.js": "a", "assets/x-2.wasm": "w"})
    world.upload()
    heads = {key: world.s3.head_object(Bucket=BUCKET, Key=key) for key in world.keys()}

    assert {key: (head["ContentType"], head["CacheControl"]) for key, head in heads.items()} == {
        "index.html": ("text/html; charset=utf-8", "no-cache"),
        "sw.js": ("text/javascript; charset=utf-8", "no-cache"),
        "manifest.webmanifest": ("application/manifest+json", "no-cache"),
        "build.json": ("application/json", "no-cache"),
        "assets/a-1.js": ("text/javascript; charset=utf-8", IMMUTABLE),
        "assets/x-2.wasm": ("application/wasm", IMMUTABLE),
    }


def test_twice_in_a_row_changes_nothing(world):
    build = world.build(**{"assets/a-1.js": "a"})
    world.upload()

    assert world.upload() == (build, 0)
    assert world.done == []
    assert len(world.invalidations()) == 1


def test_what_was_changed_by_hand_is_mended(world):
    world.build(**{"assets/a-1.js": "a"})
    world.upload()
    world.s3.put_object(Bucket=BUCKET, Key="sw.js", Body=b"1", ContentType="text/plain", CacheControl="no-cache")
    world.s3.put_object(Bucket=BUCKET, Key="assets/a-1.js", Body=b"other")

    world.upload()

    assert [key for _, key in world.done] == ["assets/a-1.js", "sw.js"]
    assert world.s3.head_object(Bucket=BUCKET, Key="sw.js")["ContentType"] == "text/javascript; charset=utf-8"


def test_broken_off_anywhere_the_release_before_works_and_the_next_try_completes(world):
    calls = None
    before = {"assets/a-1.js": "a", "index.html": "old", "sw.js": "old"}
    after = {"assets/b-2.js": "b", "assets/c-3.js": "c", "index.html": "new", "sw.js": "new"}
    broken_at = 0
    while calls is None or broken_at < calls:
        world.fails_at = None
        world.build(**before)
        world.upload()
        for key in set(after) - set(before):
            world.s3.delete_object(Bucket=BUCKET, Key=key)
        build = world.build(**after)
        world.fails_at = broken_at
        with pytest.raises(ClientError, match="Slow down"):
            world.upload()

        assert set(before) <= world.keys()
        if world.text("index.html") == "new" or world.text("sw.js") == "new":
            assert set(after) <= world.keys()
        if world.text("sw.js") == "new":
            assert world.text("index.html") == "new"
        assert json.loads(world.text("build.json"))["build"] != build

        world.fails_at = None
        assert world.upload()[0] == build
        assert json.loads(world.text("build.json"))["build"] == build
        calls = len(after) + 2 if calls is None else calls  # and build.json, and what is retired
        broken_at += 1


def test_files_of_the_release_before_stay_from_their_replacement_on(world):
    world.build(**{"assets/a-1.js": "a", "assets/same-0.js": "s"})
    world.upload()
    world.build(**{"assets/b-2.js": "b", "assets/same-0.js": "s"})
    world.upload()
    assert ("CopyObject", "assets/a-1.js") in world.done
    assert world.s3.head_object(Bucket=BUCKET, Key="assets/a-1.js")["CacheControl"] == IMMUTABLE

    world.now += datetime.timedelta(days=29)
    world.upload()
    assert {"assets/a-1.js", "assets/b-2.js", "assets/same-0.js"} <= world.keys()

    world.now += datetime.timedelta(days=2)
    world.upload()
    assert world.keys() == {
        *("assets/b-2.js", "assets/same-0.js", "index.html", "sw.js", "manifest.webmanifest", "build.json")
    }


def test_a_summary_of_somebody_else_is_no_obstacle(world):
    world.s3.put_object(Bucket=BUCKET, Key="build.json", Body=b"not JSON")
    build = world.build()

    assert world.upload() == (build, 4)


def test_a_build_that_is_not_whole_changes_nothing(world):
    world.build(**{"assets/a-1.js": "a"})
    (world.folder / "assets/a-1.js").write_text("half", encoding="utf-8")
    with pytest.raises(upload_web.Unusable, match="isn't what build.json says"):
        world.upload()

    (world.folder / "assets/a-1.js").unlink()
    with pytest.raises(upload_web.Unusable, match="no whole build"):
        world.upload()

    (world.folder / "build.json").write_text("[]", encoding="utf-8")
    with pytest.raises(upload_web.Unusable, match="no whole build"):
        world.upload()

    world.build(**{"video.mp4": "v"})
    with pytest.raises(upload_web.Unusable, match="add .mp4"):
        world.upload()
    assert world.keys() == set()


def test_kinds_are_those_of_the_runner():
    source = (ROOT / "infra/local/src/main/java/io/quantchat/infra/local/web/MediaType.java").read_text(encoding="utf-8")

    assert dict(re.findall(r'\("(\.\w+)", "([^"]+)"', source)) == upload_web.CONTENT_TYPES


def test_a_distribution_that_is_gone_is_said(world):
    world.build()
    world.distribution = "E0000000000000"

    with pytest.raises(ClientError, match="NoSuchDistribution"):
        world.upload()
