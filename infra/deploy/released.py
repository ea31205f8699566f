"""Tells whether a stack has a release: whoever answers no to sam's question gets the same end from sam as who says yes.

Usage: released.py STACK RELEASE [--profile NAME] [--region NAME]
Ends with 4 if the stack has another release or isn't there, with 1 and why if that can't be told.
"""
import sys

from botocore.exceptions import BotoCoreError, ClientError

import stacks

ANOTHER = 4


def release_of(cloudformation, stack):
    """The release that a stack has; none if there is no such stack."""
    return (stacks.parameters_of(cloudformation, stack) or {}).get("Release")


def main(arguments):
    try:
        asked, session = stacks.asked(__doc__, arguments, "stack", "release")
        found = release_of(session.client("cloudformation"), asked.stack)
    except (BotoCoreError, ClientError) as problem:
        sys.exit(str(problem))
    sys.exit(0 if found == asked.release else ANOTHER)


if __name__ == "__main__":
    main(sys.argv[1:])
