#!/usr/bin/env python3
"""Translates template.yaml as `sam deploy` would and checks every IAM statement of the result.

Fails if the SAM translator refuses the template, if a statement allows an action by wildcard, or if
a resource holds a wildcard that AWS doesn't require.
"""
import os
import pathlib
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "template.yaml"

# A connection's id is known only once its socket is open, so the ARN that allows posting to it can't name it.
REQUIRED_WILDCARDS = ("/POST/@connections/*",)


class ManagedPolicies:
    """The one managed policy that SAM gives every function: writing its own log."""

    def load(self):
        name = "AWSLambdaBasicExecutionRole"
        return {name: f"arn:aws:iam::aws:policy/service-role/{name}"}


def as_list(value):
    return value if isinstance(value, list) else [value]


def text_of(resource):
    """An ARN as far as it is literal: the text of Fn::Sub or Fn::Join, or the name of what Fn::GetAtt refers to."""
    if isinstance(resource, str):
        return resource
    if "Fn::Sub" in resource:
        return as_list(resource["Fn::Sub"])[0]
    if "Fn::Join" in resource:
        return "".join(text_of(part) for part in resource["Fn::Join"][1])
    return ""


def statements(resources):
    for name, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"].get("Policies", []):
                for statement in as_list(policy["PolicyDocument"]["Statement"]):
                    yield name, statement


def faults(resources):
    for role, statement in statements(resources):
        label = f"{role}, statement {statement.get('Sid', '(no Sid)')}"
        for action in as_list(statement.get("Action", "*")):
            if "*" in action or "?" in action:
                yield f"{label}: allows {action}"
        for resource in as_list(statement.get("Resource", "*")):
            text = text_of(resource)
            if "*" in text and not text.endswith(REQUIRED_WILDCARDS):
                yield f"{label}: resource {text} is wider than it must be"


def main():
    template = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    # `sam deploy` uploads the package and puts its address here; the translator takes no local path.
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/quantchat-functions.zip"
    resources = transform(template, {}, ManagedPolicies())["Resources"]
    found = list(faults(resources))
    for fault in found:
        print(f"template.yaml: {fault}", file=sys.stderr)
    if not any(True for _ in statements(resources)):
        found.append("no statement at all")
        print("template.yaml: no IAM statement was found to check", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
