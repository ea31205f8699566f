"""The relay that is asked, and the accounts that ask it."""

import json
import sys
import threading
import urllib.error
import urllib.request
import uuid


class Relay:
    def __init__(self, rest_url, socket_url=""):
        self.rest_url, self.socket_url = rest_url, socket_url

    def call(self, method, path, token=None, body=None):
        """Answers the status and the JSON."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.rest_url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def post(self, path, body, token=None):
        status, answer = self.call("POST", path, token, body)
        if status >= 300:
            sys.exit(f"POST {path} was answered {status}: {answer}")
        return answer

    def register(self):
        return self.post("/auth/register", {
            "email": f"fuzz-{uuid.uuid4()}@example.com", "password": f"fuzz {uuid.uuid4()}"})

    def socket_of(self, account):
        ticket = self.post("/auth/socket-ticket", {}, account["access_token"])["ticket"]
        return f"{self.socket_url}?ticket={ticket}"

    def knows(self, account):
        return self.call("GET", "/users/me", account["access_token"])[0] == 200


class Leavers:
    """Accounts for those calls that delete the caller's: each for a few, so that it is deleted again as well."""

    CALLS = 3

    def __init__(self, relay):
        self.relay = relay
        self.lock = threading.Lock()
        self.token, self.left = None, 0

    def next_token(self):
        with self.lock:
            if self.left == 0:
                self.token, self.left = self.relay.register()["access_token"], self.CALLS
            self.left -= 1
            return self.token


def leaves(method, path):
    return (method.lower(), path) == ("delete", "/users/me")
