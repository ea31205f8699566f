"""What the distribution's own functions make of a request."""

import json
import shutil
import subprocess

import pytest

from translated import DEPLOYMENTS, deploy, source

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="no Node here, so what the distribution's functions do isn't tried")


@pytest.fixture(scope="module")
def stack():
    return deploy(source(), DEPLOYMENTS["as it comes"])


def passed_on(stack, function, uri, headers=None):
    """The request that a function makes of one to this path, as CloudFront gives it."""
    event = {
        "version": "1.0",
        "viewer": {"ip": "2001:db8::7"},
        "request": {
            "method": "POST",
            "uri": uri,
            "querystring": {"ticket": {"value": "a"}},
            "headers": headers or {},
            "cookies": {},
        },
    }
    code = stack.resources[function].get("FunctionCode")
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})));"
    return json.loads(subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize(
    ("path", "behind"),
    [
        ("/api/v1/auth/login", "/live/auth/login"),
        ("/api/v1/", "/live/"),
        ("/api/v1/media/a%2Fb", "/live/media/a%2Fb"),
        ("/api/v1/api/v1/x", "/live/api/v1/x"),
        ("/api/v1//x", "/live//x"),
    ],
)
def test_the_api_is_the_stage(stack, path, behind):
    assert passed_on(stack, "RestPath", path)["uri"] == behind


def test_who_asks_is_what_the_distribution_saw_and_not_what_it_was_told(stack):
    lies = {"x-quantchat-viewer": {"value": "1.1.1.1", "multiValue": [{"value": "1.1.1.1"}, {"value": "2.2.2.2"}]}}

    assert passed_on(stack, "RestPath", "/api/v1/x", lies)["headers"] == {"x-quantchat-viewer": {"value": "2001:db8::7"}}


def test_the_socket_is_the_stage_with_the_query(stack):
    request = passed_on(stack, "SocketPath", "/ws")

    assert request["uri"] == "/live"
    assert request["querystring"] == {"ticket": {"value": "a"}}
