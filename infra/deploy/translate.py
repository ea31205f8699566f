"""Translates a packaged SAM template into plain CloudFormation, as AWS does when a stack is deployed.

LocalStack looks up what resources refer to before it translates a template, and refuses references to what only
the translation makes, such as a function's alias. Where the template arrives translated, there is nothing to refuse.

A nested template stays as it is, and goes back to where it lies: sam takes only S3 addresses of AWS for uploaded.

Usage: translate.py TEMPLATE PACKAGED_TEMPLATE TRANSLATED_TEMPLATE 'PARAMETER=VALUE PARAMETER="VALUE" ...'
"""
import json
import pathlib
import shlex
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """Managed policies are named by their ARN, so none has to be looked up in an account."""

    def load(self):
        return {}


def parsed(path):
    return yaml_parse(path.read_text(encoding="utf-8"))


def main(source, packaged, translated, parameters):
    template = parsed(pathlib.Path(packaged))
    for name, resource in parsed(pathlib.Path(source))["Resources"].items():
        if resource["Type"] == "AWS::CloudFormation::Stack":
            nested = pathlib.Path(source).parent / resource["Properties"]["TemplateURL"]
            template["Resources"][name]["Properties"]["TemplateURL"] = str(nested.resolve())
    values = dict(parameter.split("=", 1) for parameter in shlex.split(parameters))
    plain = transform(template, values, NoManagedPolicies())
    pathlib.Path(translated).write_text(json.dumps(plain, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
