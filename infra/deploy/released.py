"""Tells whether a stack has a release: whoever answers no to sam's question gets the same end from sam as who says yes.

Usage: released.py STACK RELEASE [--profile NAME] [--region NAME]
Ends with 4 if the stack has another release or isn't there, with 1 and why if that can't be told.
"""
import argparse
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

ANOTHER = 4


def release_of(cloudformation, stack):
    """The release that a stack has; none if there is no such stack."""
    try:
        found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as problem:
        if problem.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    parameters = {each["ParameterKey"]: each.get("ParameterValue") for each in found.get("Parameters", [])}
    return parameters.get("Release")


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("stack")
    parser.add_argument("release")
    parser.add_argument("--profile")
    parser.add_argument("--region")
    asked = parser.parse_args(arguments)
    try:
        session = boto3.Session(profile_name=asked.profile, region_name=asked.region)
        found = release_of(session.client("cloudformation"), asked.stack)
    except (BotoCoreError, ClientError) as problem:
        sys.exit(str(problem))
    sys.exit(0 if found == asked.release else ANOTHER)


if __name__ == "__main__":
    main(sys.argv[1:])
