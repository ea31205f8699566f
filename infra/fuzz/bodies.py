"""Calls routes with what no JSON library writes: numbers beyond all bounds, names twice, half a body, odd paths.

Schemathesis asks what a schema allows or forbids; this asks what JSON itself hardly does. Each answer must be one that
infra/openapi.yaml has.
"""

import collections
import concurrent.futures
import http.client
import json
import urllib.parse

import jsonschema_rs
import yaml

from relay import Leavers, leaves
from schemas import ODD_STRINGS, Values, to_json

METHODS = ("get", "put", "post", "patch", "delete")
# A path that isn't the route's any more, or none at all, is the gateway's to answer.
GATEWAY = {400, 403, 404}


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.values = Values(self.document, 0, [])
        self.checks = {}
        self.operations = [
            (method, path, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
            if method in METHODS
        ]

    def parameters(self, path, operation):
        shared = self.document["paths"][path].get("parameters", [])
        return [self.values.resolve(parameter) for parameter in [*shared, *operation.get("parameters", [])]]

    def faults(self, method, path, operation, status, kind, text):
        if status >= 500:
            return ["is the server's failure"]
        if str(status) not in operation["responses"]:
            return ["has a status that the contract doesn't have"]
        content = self.values.resolve(operation["responses"][str(status)]).get("content")
        if content is None:
            return [] if not text else ["has a body, and the contract none"]
        kind = kind.split(";")[0].strip().lower()
        if kind not in content:
            return [f"is {kind}, which the contract doesn't have"]
        key = (method, path, status, kind)
        if key not in self.checks:
            self.checks[key] = jsonschema_rs.Draft202012Validator(
                {**content[kind].get("schema", {}), "components": self.document["components"]}, validate_formats=True)
        try:
            # A page for people is one string.
            body = text if kind == "text/html" else json.loads(text)
        except ValueError:
            return ["is no JSON"]
        faults = [error.message for error in self.checks[key].iter_errors(body)]
        if status >= 400 and body.get("status") != status:
            faults.append("has another status in its body")
        return faults


class Run:
    def __init__(self, contract, relay, token, leavers, seed, ids):
        self.contract = contract
        self.url = urllib.parse.urlsplit(relay.rest_url)
        self.leavers = leavers
        self.token = token
        self.values = Values(contract.document, seed, ids)
        self.random = self.values.random
        self.counts = collections.Counter()
        self.faults = []
        self.connection = None

    def call(self):
        method, path, operation = self.random.choice(self.contract.operations)
        query = []
        filled = path
        odd_path = False
        for parameter in self.contract.parameters(path, operation):
            value = self.values.valid(parameter["schema"], parameter["name"])
            if self.random.random() < 0.3:
                value = self.random.choice(ODD_STRINGS)
                odd_path |= parameter["in"] == "path"
            text = urllib.parse.quote(str(value).encode("utf-8", "replace"), safe="")
            if parameter["in"] == "path":
                filled = filled.replace("{" + parameter["name"] + "}", text)
            elif parameter["in"] == "query" and (parameter.get("required") or self.random.random() < 0.5):
                query.append(parameter["name"] + "=" + text)
        body = None
        if "requestBody" in operation:
            schema = self.values.resolve(operation["requestBody"])["content"]["application/json"]["schema"]
            valid = self.values.valid(schema)
            what = self.random.random()
            body = to_json(valid if what < 0.2 else self.values.nearly(valid))
            if what > 0.85:
                body = self.values.garbage(body)
            body = body.encode("utf-8", "surrogatepass" if self.random.random() < 0.5 else "replace")
        return method, path, operation, filled + ("?" + "&".join(query) if query else ""), body, odd_path

    def ask(self, method, path, body, token):
        headers = {"Content-Type": "application/json"}
        if self.random.random() < 0.97:
            headers["Authorization"] = "Bearer " + token
        for last in (False, True):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
                self.connection.request(method.upper(), self.url.path + path, body, headers)
                response = self.connection.getresponse()
                return response.status, response.getheader("Content-Type", ""), response.read().decode("utf-8")
            except (http.client.HTTPException, ConnectionError):
                # The server may close a connection that is idle; twice in a row it is no chance.
                self.connection = None
                if last:
                    raise

    def play(self, cases):
        for _ in range(cases):
            method, path, operation, asked, body, odd_path = self.call()
            token = self.leavers.next_token() if leaves(method, path) else self.token
            status, kind, text = self.ask(method, asked, body, token)
            self.counts[f"{method.upper()} {path} {status}"] += 1
            if odd_path and status in GATEWAY:
                continue
            for fault in self.contract.faults(method, path, operation, status, kind, text):
                self.faults.append(f"{method.upper()} {asked[:200]} {(body or b'')[:500]!r}: {status} {fault}: {text[:300]}")
            if len(self.faults) > 20:
                return


def fuzz(path, relay, token, seed, ids, cases, callers=4):
    """Plays so many calls. Answers how many were answered how, and a sentence for each fault."""
    contract = Contract(path)
    leavers = Leavers(relay)
    runs = [Run(contract, relay, token, leavers, seed * 1000 + number, ids) for number in range(callers)]
    with concurrent.futures.ThreadPoolExecutor(callers) as pool:
        for done in [pool.submit(run.play, -(-cases // callers)) for run in runs]:
            done.result()
    counts = collections.Counter()
    for run in runs:
        counts.update(run.counts)
    return counts, [fault for run in runs for fault in run.faults]
