"""Looks at the account before a deployment: what others have set there stays, and what is too little is said.

Prints parameters for the deployment, NAME=VALUE in a line each, and says what whoever deploys should know.

The role with which API Gateway writes logs is one for an account's region. A stack that is there keeps what it was told.
A new one sets the role where there is none, and leaves alone one that is there.

Usage: beforehand.py STACK 'PARAMETER=VALUE ...' [--profile NAME] [--region NAME]
"""
import sys

from botocore.exceptions import BotoCoreError, ClientError

import overrides
import stacks

ROLE = "SetGatewayLogRole"

# What a release runs at once: a check for each of seven functions, and the version that it calls. Of fewer than the
# second, checks alone take all.
NEEDED = 14
LEAST = 8
# Lambda refuses to set aside more than leaves this many to all others.
UNRESERVED = 100
# Lambda's quota "Concurrent executions".
QUOTA = "L-B99A9384"


def role_parameter(there, given, apigateway):
    """What to say of the role, for a program and for a person; nothing where it was said already."""
    if ROLE in given:
        return "", ""
    if there is not None:
        value = there.get(ROLE)
        return (f"{ROLE}={value}", "") if value else ("", "")
    role = apigateway.get_account().get("cloudwatchRoleArn")
    if not role:
        return f"{ROLE}=true", "API Gateway has no role to write logs with in this region: the stack makes one."
    return f"{ROLE}=false", f"API Gateway has a role to write logs with in this region, which stays: {role}"


def reserved(there, given):
    """How many executions functions set aside for themselves."""
    values = {**(there or {}), **given}
    return sum(int(value) for name, value in values.items() if name.endswith("Concurrency") and value.isdecimal())


def too_little(limit, set_aside):
    """What to say where fewer functions may run at once than are needed; nothing where it is enough."""
    if set_aside and limit < set_aside + UNRESERVED:
        why = f"The stack's functions set {set_aside} aside, and {UNRESERVED} must stay for all others: it will fail."
    elif limit < LEAST:
        why = f"A release needs {LEAST} and runs {NEEDED} where it can: it will fail."
    elif limit < NEEDED:
        why = f"A release runs {NEEDED} where it can: its checks will wait for each other, for some minutes."
    else:
        return ""
    return (
        f"This account runs at most {limit} functions at once in this region. {why} Ask for more: aws service-quotas"
        f" request-service-quota-increase --service-code lambda --quota-code {QUOTA} --desired-value 1000"
    )


def main(arguments):
    asked, session = stacks.asked(__doc__, arguments, "stack", "given")
    given = overrides.parsed(asked.given)
    there = stacks.parameters_of(session.client("cloudformation"), asked.stack)
    try:
        parameter, sentence = role_parameter(there, given, session.client("apigateway"))
    except ClientError as problem:
        parameter, sentence = f"{ROLE}=false", f"Whether API Gateway has a role to write logs with can't be asked: {problem}"
    if parameter:
        print(parameter)
    if sentence:
        print(sentence, file=sys.stderr)
    try:
        limit = session.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
        sentence = too_little(limit, reserved(there, given))
    except ClientError as problem:
        sentence = f"How many functions this account runs at once can't be asked: {problem}"
    if sentence:
        print(sentence, file=sys.stderr)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (BotoCoreError, ClientError, ValueError) as problem:
        sys.exit(f"The account couldn't be looked at before: {problem}")
