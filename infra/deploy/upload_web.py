"""Uploads a built browser client to its bucket, and tells CloudFront what has changed.

Whatever a release refers to is there before the release is: what is hashed comes first, then the rest, index.html, the
service worker, and build.json, which says that all of it is there. Broken off anywhere, the release before goes on; the
same command again completes it. What is there already isn't sent again, so twice in a row changes nothing.

Files of the releases before stay for 30 days from when they were replaced, for pages that are still open and fetch a
part of themselves late.

Usage: upload_web.py FOLDER HEADERS BUCKET DISTRIBUTION [--profile NAME] [--region NAME]
FOLDER is what was built; HEADERS is infra/web-headers.json. Prints the hash of the build.
"""
import argparse
import base64
import concurrent.futures
import datetime
import fnmatch
import hashlib
import json
import pathlib
import sys
import time
import typing

import boto3
from botocore.exceptions import BotoCoreError, ClientError

# As the runner has them: infra/local/src/main/java/io/quantchat/infra/local/web/MediaType.java.
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
HASHED = "assets/"
# In this order, behind all others: each refers to what is before it.
LAST = ("index.html", "sw.js", "build.json")
# The service worker fetches index.html, which CloudFront keeps for a second.
KEPT_BY_EDGE = 2
KEPT_AFTER_RELEASE = datetime.timedelta(days=30)
# Invalidating costs nothing for 1,000 paths a month; what is hashed never changes.
INVALIDATED = ("/", "/index.html", "/sw.js", "/build.json", "/manifest.webmanifest")
AT_ONCE = 8


class Unusable(Exception):
    """Why a folder isn't what was built."""


class File(typing.NamedTuple):
    key: str
    body: bytes
    content_type: str
    cache_control: str

    def is_that(self, head):
        """Whether an object is this file: S3's ETag is the MD5 of what was put at once into a bucket like this."""
        return (
            head["ETag"] == f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()}"'
            and head.get("ContentType") == self.content_type
            and head.get("CacheControl") == self.cache_control
        )


def built(folder, headers):
    """The hash of a build and its files, in the order to upload them, each checked against build.json."""
    try:
        summary = json.loads((folder / "build.json").read_text(encoding="utf-8"))
        build, hashes = summary["build"], summary["files"]
        rules = json.loads(headers.read_text(encoding="utf-8"))
        names = sorted(hashes, key=lambda name: (_turn(name), name))
        files = []
        for name in [*names, "build.json"]:
            body = (folder / name).read_bytes()
            if name in hashes and hashlib.sha256(body).hexdigest() != hashes[name]:
                raise Unusable(f"{folder / name} isn't what build.json says: build the client again.")
            files.append(File(name, body, _content_type(name), _cache_control(name, rules)))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Unusable(f"There is no whole build in {folder} ({problem}): build the client again.") from problem
    for name in LAST:
        if name not in [file.key for file in files]:
            raise Unusable(f"{folder} has no {name}: build the client again.")
    return build, files


def upload(folder, headers, s3, cloudfront, bucket, distribution, clock, wait):
    """Uploads a build. Returns its hash, and how many files were sent.

    :param clock: tells the time, with its zone
    :param wait: waits for so many seconds
    """
    build, files = built(folder, headers)
    present = dict(_objects(s3, bucket))
    missing = [file for file in files if not _is_there(s3, bucket, file, present)]
    by_turn = {}
    for file in missing:
        by_turn.setdefault(_turn(file.key), []).append(file)
    for turn, together in sorted(by_turn.items()):
        if together[0].key == "sw.js":
            wait(KEPT_BY_EDGE)
        if together[0].key == "build.json":
            # While build.json is still that of the release before.
            _retire(s3, bucket, _replaced(s3, bucket, files, present))
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda file: _put(s3, bucket, file), together))
    _prune(s3, bucket, {file.key for file in files}, clock() - KEPT_AFTER_RELEASE)
    if missing:
        _invalidate(cloudfront, distribution, f"{build[:16]}-{clock().timestamp()}")
    return build, len(missing)


def _turn(key):
    if key in LAST:
        return 2 + LAST.index(key)
    return 0 if key.startswith(HASHED) else 1


def _content_type(name):
    suffix = pathlib.PurePosixPath(name).suffix
    if suffix not in CONTENT_TYPES:
        raise Unusable(f"upload_web.py doesn't know what {name} is: add {suffix or 'it'} to its CONTENT_TYPES.")
    return CONTENT_TYPES[suffix]


def _cache_control(name, rules):
    """Of the rules that a file's path is of, the last that says it."""
    said = [
        rule["headers"]["Cache-Control"]
        for rule in rules
        if fnmatch.fnmatchcase(f"/{name}", rule["path"]) and "Cache-Control" in rule["headers"]
    ]
    return said[-1]


def _objects(s3, bucket):
    """Every key with when it was last written."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", []):
            yield found["Key"], found["LastModified"]


def _is_there(s3, bucket, file, present):
    return file.key in present and file.is_that(s3.head_object(Bucket=bucket, Key=file.key))


def _put(s3, bucket, file):
    s3.put_object(
        Bucket=bucket,
        Key=file.key,
        Body=file.body,
        ContentType=file.content_type,
        CacheControl=file.cache_control,
        ChecksumSHA256=base64.b64encode(hashlib.sha256(file.body).digest()).decode("ascii"),
    )


def _replaced(s3, bucket, files, present):
    """What the release before has and this one hasn't."""
    if "build.json" not in present:
        return set()
    try:
        before = json.loads(s3.get_object(Bucket=bucket, Key="build.json")["Body"].read())["files"].keys()
    except (ValueError, KeyError, AttributeError):
        return set()  # Not a release of this program's; what is in it goes by its age.
    return (before & present.keys()) - {file.key for file in files}


def _retire(s3, bucket, keys):
    """Writes objects anew as they are: their time becomes that of their replacement, which they are kept from."""
    for key in sorted(keys):
        head = s3.head_object(Bucket=bucket, Key=key)
        s3.copy_object(
            Bucket=bucket,
            Key=key,
            CopySource={"Bucket": bucket, "Key": key},
            MetadataDirective="REPLACE",
            ContentType=head["ContentType"],
            **({"CacheControl": head["CacheControl"]} if "CacheControl" in head else {}),
        )


def _prune(s3, bucket, kept, before):
    """Deletes what is of no release that anybody may still have open."""
    old = [key for key, written in _objects(s3, bucket) if key not in kept and written < before]
    for key in old:
        s3.delete_object(Bucket=bucket, Key=key)


def _invalidate(cloudfront, distribution, reference):
    cloudfront.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(INVALIDATED), "Items": list(INVALIDATED)},
            "CallerReference": reference,
        },
    )


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("headers", type=pathlib.Path)
    parser.add_argument("bucket")
    parser.add_argument("distribution")
    parser.add_argument("--profile")
    parser.add_argument("--region")
    asked = parser.parse_args(arguments)
    try:
        session = boto3.Session(profile_name=asked.profile, region_name=asked.region)
        build, sent = upload(
            asked.folder,
            asked.headers,
            session.client("s3"),
            session.client("cloudfront"),
            asked.bucket,
            asked.distribution,
            lambda: datetime.datetime.now(datetime.timezone.utc),
            time.sleep,
        )
    except (Unusable, BotoCoreError, ClientError) as problem:
        sys.exit(str(problem))
    print(f"{sent} files uploaded" if sent else "nothing to upload", file=sys.stderr)
    print(build)


if __name__ == "__main__":
    main(sys.argv[1:])
