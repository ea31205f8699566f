"""Makes room on LocalStack for another release of a stack, which LocalStack can't update.

It makes what replaces an alias or an API's stage before it deletes the old one, and deletes the new one with it, for
they have one name. So the stack is deleted, and its tables and bucket too: they are retained, and nobody would read them again.

Usage: make_room.py STACK RELEASE, with the environment pointing to LocalStack
Ends with 3 if that very release is there: nothing has to be deployed.
"""
import os
import sys

import boto3
from botocore.exceptions import ClientError

ALREADY_THERE = 3


def is_there(stack, release):
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in stack.get("Parameters", [])}
    return stack["StackStatus"] == "CREATE_COMPLETE" and parameters.get("Release") == release


def delete(cloudformation, name):
    resources = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    dynamodb = boto3.client("dynamodb")
    for resource in resources:
        if resource["ResourceType"] == "AWS::DynamoDB::Table" and "PhysicalResourceId" in resource:
            table = resource["PhysicalResourceId"]
            dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
            dynamodb.delete_table(TableName=table)
        if resource["ResourceType"] == "AWS::S3::Bucket" and "PhysicalResourceId" in resource:
            bucket = boto3.resource("s3").Bucket(resource["PhysicalResourceId"])
            for upload in bucket.multipart_uploads.all():
                upload.abort()
            bucket.objects.delete()
            bucket.delete()


def main(name, release):
    if not os.environ.get("AWS_ENDPOINT_URL"):
        sys.exit("AWS_ENDPOINT_URL does not say where LocalStack is; on AWS nothing is deleted.")
    cloudformation = boto3.client("cloudformation")
    try:
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError:
        return  # There is no such stack yet.
    if is_there(stack, release):
        sys.exit(ALREADY_THERE)
    delete(cloudformation, name)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
