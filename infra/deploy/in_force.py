"""Prints the parameters that a stack has, NAME=VALUE in a line each, where they aren't the template's defaults.

Those that nobody has named for this deployment stay from one before, and are marked. What CloudFormation keeps to itself
stays hidden.

Usage: in_force.py STACK 'PARAMETER=VALUE ...' [--profile NAME] [--region NAME]
"""
import sys

from botocore.exceptions import BotoCoreError, ClientError

import overrides
import stacks

# A digest, which says nothing to a person.
RELEASE = "Release"


def in_force(cloudformation, stack, named):
    """A line for each parameter of a stack that isn't at its default."""
    declared = {
        each["ParameterKey"]: each for each in cloudformation.get_template_summary(StackName=stack).get("Parameters", [])
    }
    for each in cloudformation.describe_stacks(StackName=stack)["Stacks"][0].get("Parameters", []):
        name, value = each["ParameterKey"], each.get("ParameterValue", "")
        declaration = declared.get(name, {})
        if name == RELEASE or value == declaration.get("DefaultValue"):
            continue
        shown = "(hidden)" if declaration.get("NoEcho") else value
        yield f"{name}={shown}" + ("" if name in named else "   (from an earlier deployment)")


def main(arguments):
    asked, session = stacks.asked(__doc__, arguments, "stack", "given")
    named = overrides.parsed(asked.given)
    for line in in_force(session.client("cloudformation"), asked.stack, named):
        print(line)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (BotoCoreError, ClientError, ValueError) as problem:
        sys.exit(f"Which parameters are in force can't be asked: {problem}")
