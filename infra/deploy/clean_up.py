"""Deletes what a stack left behind that is not there any more, or whose first deployment failed: tables, buckets, the role
with which API Gateway was to write logs, and the remains of the stack itself.

It touches nothing of a stack that works, or that something is being done to, and nothing before the stack's name was typed.

Usage: clean_up.py STACK [--profile NAME] [--region NAME]
Ends with 1 and why if there is something that it doesn't touch, or that can't be deleted.
"""
import sys

from botocore.exceptions import BotoCoreError, ClientError

import stacks

TABLE = "AWS::DynamoDB::Table"
BUCKET = "AWS::S3::Bucket"
ROLE = "AWS::IAM::Role"
NESTED = "AWS::CloudFormation::Stack"

# Of stacks that nobody has ever used.
NEVER_WORKED = {"REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"}

ADVICE = {
    "DELETE_FAILED": "Its deletion failed: delete it again by sam delete, then clean up.",
    "UPDATE_ROLLBACK_FAILED": "It works, but its last update could be neither made nor undone: aws cloudformation"
    " continue-update-rollback --stack-name {stack}",
}


class Refused(Exception):
    """Why nothing is done."""


def remains_of(cloudformation, stack):
    """The stack to be deleted, nothing if it is gone, and the ids of all stacks of that name that left something."""
    found = stacks.described(cloudformation, stack)
    if not found:
        return None, _deleted(cloudformation, stack)
    status = found["StackStatus"]
    if status in NEVER_WORKED:
        return found["StackId"], [found["StackId"], *_deleted(cloudformation, stack)]
    if status.endswith("_IN_PROGRESS"):
        raise Refused(f"Something is being done to the stack {stack} ({status}): wait for its end. Nothing was touched.")
    advice = ADVICE.get(status, "It works: take it down first, by sam delete --stack-name {stack}.")
    raise Refused(f"The stack {stack} is there ({status}). {advice.format(stack=stack)} Nothing was touched.")


def _deleted(cloudformation, stack):
    pages = cloudformation.get_paginator("list_stacks").paginate(StackStatusFilter=["DELETE_COMPLETE"])
    return [each["StackId"] for page in pages for each in page["StackSummaries"] if each["StackName"] == stack]


def left_by(cloudformation, stack_id):
    """Kind and name of all that a stack made and has not deleted, nested stacks' with it."""
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack_id):
        for each in page["StackResourceSummaries"]:
            name = each.get("PhysicalResourceId")
            if not name:
                continue
            if each["ResourceType"] == NESTED:
                yield from left_by(cloudformation, name)
            elif each["ResourceType"] in (TABLE, BUCKET, ROLE) and each["ResourceStatus"] != "DELETE_COMPLETE":
                yield each["ResourceType"], name


class Leftovers:
    """Things that may still be there."""

    def __init__(self, session):
        self.dynamodb = session.client("dynamodb")
        self.s3 = session.resource("s3")
        self.iam = session.client("iam")
        self.apigateway = session.client("apigateway")

    def described(self, kind, name):
        """What is there of that name, in a few words; nothing if it is gone."""
        try:
            if kind == TABLE:
                items = self.dynamodb.describe_table(TableName=name)["Table"].get("ItemCount", 0)
                return f"table   {name}, {items} items when they were last counted"
            if kind == BUCKET:
                self.s3.meta.client.head_bucket(Bucket=name)
                holds = any(True for _ in self.s3.Bucket(name).objects.limit(1))
                return f"bucket  {name}, {'with what is in it' if holds else 'empty'}"
            role = self.iam.get_role(RoleName=name)["Role"]["Arn"]
            if self.apigateway.get_account().get("cloudwatchRoleArn") == role:
                print(f"The role {name} stays: API Gateway writes the logs of this region with it.", file=sys.stderr)
                return None
            return f"role    {name}"
        except ClientError as problem:
            if problem.response["Error"]["Code"] in ("ResourceNotFoundException", "404", "NoSuchBucket", "NoSuchEntity"):
                return None
            raise

    def delete(self, kind, name):
        if kind == TABLE:
            table = self.dynamodb.describe_table(TableName=name)["Table"]
            if table.get("DeletionProtectionEnabled"):
                self.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
                self.dynamodb.get_waiter("table_exists").wait(TableName=name)
            self.dynamodb.delete_table(TableName=name)
        elif kind == BUCKET:
            bucket = self.s3.Bucket(name)
            for upload in bucket.multipart_uploads.all():
                upload.abort()
            bucket.object_versions.delete()
            bucket.delete()
        else:
            for policy in self.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
                self.iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
            for policy in self.iam.list_role_policies(RoleName=name)["PolicyNames"]:
                self.iam.delete_role_policy(RoleName=name, PolicyName=policy)
            self.iam.delete_role(RoleName=name)


def clean_up(stack, cloudformation, leftovers, ask):
    """
    Deletes what is left of a stack, if whoever is asked types its name.

    :param ask: given a question, answers what was typed
    :raises Refused: where nothing is touched
    """
    stack_id, ids = remains_of(cloudformation, stack)
    found = dict.fromkeys(each for one in ids for each in left_by(cloudformation, one))
    there = {each: words for each in found if (words := leftovers.described(*each))}
    if not there and not stack_id:
        print(f"Nothing is left of the stack {stack}.")
        return
    print(f"Left of the stack {stack}:")
    for words in there.values():
        print(f"  {words}")
    if stack_id:
        print("  the stack itself, which never worked")
    if ask("This can't be undone. To delete all of it, type the stack's name: ").strip() != stack:
        raise Refused("That isn't its name: nothing was touched.")
    for (kind, name), words in there.items():
        leftovers.delete(kind, name)
        print(f"Deleted {words.split(',')[0]}")
    if stack_id:
        cloudformation.delete_stack(StackName=stack_id)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack_id)
        print(f"Deleted the stack {stack}")


def typed(question):
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def main(arguments):
    asked, session = stacks.asked(__doc__, arguments, "stack")
    clean_up(asked.stack, session.client("cloudformation"), Leftovers(session), typed)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, BotoCoreError, ClientError) as problem:
        sys.exit(str(problem))
