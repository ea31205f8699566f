"""Translates a packaged SAM template into plain CloudFormation, as AWS does when a stack is deployed.

LocalStack looks up what resources refer to before it translates a template, and refuses references to what only
the translation makes, such as a function's alias. Where the template arrives translated, there is nothing to refuse.

Usage: translate.py PACKAGED_TEMPLATE TRANSLATED_TEMPLATE 'PARAMETER=VALUE PARAMETER="VALUE" ...'
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


def main(packaged, translated, parameters):
    template = yaml_parse(pathlib.Path(packaged).read_text(encoding="utf-8"))
    values = dict(parameter.split("=", 1) for parameter in shlex.split(parameters))
    plain = transform(template, values, NoManagedPolicies())
    pathlib.Path(translated).write_text(json.dumps(plain, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
