"""What schemathesis can't know: ids that somebody has, who may be deleted, and how many calls were answered how.

Half of the ids that it makes up are replaced, so that not all of them are nobody's, and not all messages' are refused.
"""

import atexit
import collections
import json
import os
import re
import time
import uuid

import schemathesis

from relay import Leavers, Relay, leaves

IDS = json.loads(os.environ.get("FUZZ_IDS", "[]"))
COUNTS = os.environ.get("FUZZ_COUNTS")
ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

answers = collections.Counter()
leavers = Leavers(Relay(os.environ.get("FUZZ_RELAY", "")))


def somebodys(value):
    """Keeps what is no id; of ids, replaces every second one, always the same by the same."""
    if not IDS or not isinstance(value, str) or not ID.fullmatch(value):
        return value
    number = uuid.UUID(value).int
    return IDS[number // 2 % len(IDS)] if number % 2 else value


def messages(value):
    """An id of version 7, of now (RFC 9562): nobody takes another for a new message."""
    if not isinstance(value, str) or not ID.fullmatch(value) or uuid.UUID(value).int % 2 == 0:
        return value
    rest = uuid.UUID(value).int & ((1 << 76) - 1)
    return str(uuid.UUID(int=(int(time.time() * 1000) << 80) | (7 << 76) | (2 << 62) | (rest & ~(3 << 62))))


def replaced(name, value):
    if name == "message_id":
        return messages(value)
    return somebodys(value) if name.endswith("_id") else value


def with_somebodys(fields):
    if isinstance(fields, dict):
        return {name: replaced(name, value) for name, value in fields.items()}
    return fields


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return with_somebodys(path_parameters)


@schemathesis.hook
def map_query(context, query):
    return with_somebodys(query)


@schemathesis.hook
def map_body(context, body):
    return with_somebodys(body)


@schemathesis.hook
def before_call(context, case, kwargs):
    if leaves(case.operation.method, case.operation.path):
        token = leavers.next_token()

        def as_leaver(request):
            request.headers["Authorization"] = "Bearer " + token
            return request

        kwargs["auth"] = as_leaver


@schemathesis.hook
def after_call(context, case, response):
    answers[f"{case.operation.method.upper()} {case.operation.path} {response.status_code}"] += 1


@atexit.register
def tell():
    if COUNTS and answers:
        with open(COUNTS, "w", encoding="utf-8") as file:
            json.dump(answers, file)
