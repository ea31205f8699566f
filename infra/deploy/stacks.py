"""What the programs beside this share: their words on the command line, and how a stack is found."""
import argparse

import boto3
from botocore.exceptions import ClientError


def asked(usage, arguments, *names):
    """The words, by these names, and a session in the account that --profile and --region name.

    :raises BotoCoreError: where there is no such profile
    """
    parser = argparse.ArgumentParser(usage=usage)
    for name in names:
        parser.add_argument(name)
    parser.add_argument("--profile")
    parser.add_argument("--region")
    words = parser.parse_args(arguments)
    return words, boto3.Session(profile_name=words.profile, region_name=words.region)


def described(cloudformation, stack):
    """What CloudFormation says of a stack; nothing if there is no such stack."""
    try:
        return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as problem:
        if problem.response["Error"]["Code"] == "ValidationError":
            return None
        raise


def parameters_of(cloudformation, stack):
    """The values of a stack's parameters by their names; nothing if there is no such stack."""
    found = described(cloudformation, stack)
    return found and {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", [])}
