"""Translates a packaged SAM template into plain CloudFormation, as AWS does when a stack is deployed.

LocalStack looks up what resources refer to before it translates a template, and refuses references to what only
the translation makes, such as a function's alias. Where the template arrives translated, there is nothing to refuse.

A nested template stays as it is, and goes back to where it lies: sam takes only S3 addresses of AWS for uploaded.

Links to attachments lead to AWS's S3 by the bucket's own name; here they lead to LocalStack, by its path.

A LocalStack that runs no EventBridge can make no schedules, so there they are left out, with a line that says so.

LocalStack takes RetainExceptOnCreate, which it doesn't know, for no reason to keep anything; Retain it knows.

Usage: translate.py TEMPLATE PACKAGED_TEMPLATE TRANSLATED_TEMPLATE 'PARAMETER=VALUE PARAMETER="VALUE" ...'
"""
import json
import os
import pathlib
import shlex
import sys
import urllib.request

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """Managed policies are named by their ARN, so none has to be looked up in an account."""

    def load(self):
        return {}


def parsed(path):
    return yaml_parse(path.read_text(encoding="utf-8"))


def runs_events():
    with urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/_localstack/health", timeout=30) as answer:
        return json.load(answer)["services"].get("events", "disabled") != "disabled"


def leave_out_schedules(template):
    resources = template["Resources"]
    rules = {name for name, resource in resources.items() if resource["Type"] == "AWS::Events::Rule"}
    for name, resource in list(resources.items()):
        source = resource.get("Properties", {}).get("SourceArn", {})
        if name in rules or isinstance(source, dict) and source.get("Fn::GetAtt", [None])[0] in rules:
            del resources[name]
    for rule in sorted(rules):
        print(f"Left out: {rule}, since this LocalStack runs no EventBridge. Nothing is run by that schedule.")


def bucket_here(template):
    for resource in template["Resources"].values():
        variables = resource.get("Properties", {}).get("Environment", {}).get("Variables", {})
        if "MEDIA_URL" in variables:
            variables["MEDIA_URL"] = {"Fn::Sub": os.environ["AWS_ENDPOINT_URL"].rstrip("/") + "/${MediaBucket}"}


def retain(template):
    for resource in template["Resources"].values():
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"


def main(source, packaged, translated, parameters):
    template = parsed(pathlib.Path(packaged))
    for name, resource in parsed(pathlib.Path(source))["Resources"].items():
        if resource["Type"] == "AWS::CloudFormation::Stack":
            nested = pathlib.Path(source).parent / resource["Properties"]["TemplateURL"]
            template["Resources"][name]["Properties"]["TemplateURL"] = str(nested.resolve())
    values = dict(parameter.split("=", 1) for parameter in shlex.split(parameters))
    plain = transform(template, values, NoManagedPolicies())
    bucket_here(plain)
    retain(plain)
    if not runs_events():
        leave_out_schedules(plain)
    pathlib.Path(translated).write_text(json.dumps(plain, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
