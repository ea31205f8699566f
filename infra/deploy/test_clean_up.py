"""What is deleted of what a stack left behind, and what isn't; against moto's tables, buckets and roles. moto's stacks
don't fail, so CloudFormation's answers are those that AWS documents; so is API Gateway's, which moto needs more for.
"""
import datetime
import json

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

import clean_up

STACK = "quantchat-prod"
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}]}
)
NOW = datetime.datetime(2026, 2, 2)


class Stacks:
    """CloudFormation, as far as it is asked."""

    def __init__(self):
        self.status = None
        self.deleted_stacks = []
        self.resources = {}
        self.deleted = []

    def describe_stacks(self, StackName):
        if self.status is None:
            problem = {"Code": "ValidationError", "Message": f"Stack with id {StackName} does not exist"}
            raise ClientError({"Error": problem}, "DescribeStacks")
        return {"Stacks": [{"StackId": "id-1", "StackName": STACK, "StackStatus": self.status, "CreationTime": NOW}]}

    def get_paginator(self, operation):
        stacks = self

        class Pages:
            def paginate(self, StackName=None, StackStatusFilter=None):
                if operation == "list_stacks":
                    assert StackStatusFilter == ["DELETE_COMPLETE"]
                    return [
                        {"StackSummaries": [{"StackName": "another", "StackId": "other"}]},
                        {"StackSummaries": [{"StackName": STACK, "StackId": each} for each in stacks.deleted_stacks]},
                    ]
                return [{"StackResourceSummaries": stacks.resources[StackName]}]

        return Pages()

    def delete_stack(self, StackName):
        self.deleted.append(StackName)

    def get_waiter(self, name):
        assert name == "stack_delete_complete"

        class Waiter:
            def wait(self, StackName):
                pass

        return Waiter()


class Gateway:
    """API Gateway, which writes logs with a role or with none."""

    def __init__(self, role=None):
        self.role = role

    def get_account(self):
        return {"cloudwatchRoleArn": self.role} if self.role else {}


class World:
    def __init__(self):
        self.session = boto3.Session(region_name="eu-west-1")
        self.stacks = Stacks()
        self.dynamodb = self.session.client("dynamodb")
        self.s3 = self.session.client("s3")
        self.iam = self.session.client("iam")
        for table in ("accounts", "others"):
            self.dynamodb.create_table(
                TableName=table,
                BillingMode="PAY_PER_REQUEST",
                DeletionProtectionEnabled=True,
                KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            )
        self.dynamodb.put_item(TableName="accounts", Item={"k": {"S": "ana"}})
        for bucket in ("media", "web"):
            where = {"LocationConstraint": "eu-west-1"}
            self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
            self.s3.put_object(Bucket=bucket, Key="a", Body=b"a")
        self.role = self.iam.create_role(RoleName="logs", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        self.iam.put_role_policy(RoleName="logs", PolicyName="write", PolicyDocument=POLICY)
        self.stacks.resources = {
            "id-1": [
                resource("AWS::DynamoDB::Table", "accounts", "DELETE_SKIPPED"),
                resource("AWS::S3::Bucket", "media", "DELETE_SKIPPED"),
                resource("AWS::IAM::Role", "logs", "DELETE_SKIPPED"),
                resource("AWS::IAM::Role", "gone", "DELETE_COMPLETE"),
                resource("AWS::CloudFormation::Stack", "id-2", "DELETE_COMPLETE"),
                {"ResourceType": "AWS::DynamoDB::Table", "ResourceStatus": "CREATE_FAILED"},
            ],
            "id-2": [resource("AWS::S3::Bucket", "web", "DELETE_SKIPPED")],
        }

    def clean_up(self, typed=STACK):
        self.asked = []

        def answer(question):
            self.asked.append(question)
            return typed + "\n"

        clean_up.clean_up(STACK, self.stacks, self.leftovers(), answer)

    def leftovers(self, role=None):
        leftovers = clean_up.Leftovers(self.session)
        leftovers.apigateway = Gateway(role)
        return leftovers

    def left(self):
        buckets = [each["Name"] for each in self.s3.list_buckets()["Buckets"]]
        roles = [each["RoleName"] for each in self.iam.list_roles()["Roles"]]
        return sorted(self.dynamodb.list_tables()["TableNames"] + buckets + roles)


def resource(kind, name, status):
    return {"ResourceType": kind, "PhysicalResourceId": name, "ResourceStatus": status}


ALL = ["accounts", "logs", "media", "others", "web"]


@pytest.fixture
def world(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    with mock_aws():
        yield World()


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "REVIEW_IN_PROGRESS"])
def test_what_a_failed_first_deployment_left_is_deleted_and_nothing_else(world, status):
    world.stacks.status = status

    world.clean_up()

    assert world.left() == ["others"]
    assert world.stacks.deleted == ["id-1"]


def test_what_a_deleted_stack_left_is_deleted(world, capsys):
    world.stacks.deleted_stacks = ["id-1"]

    world.clean_up()
    assert world.left() == ["others"]
    assert world.stacks.deleted == []
    assert "table   accounts, 1 items" in capsys.readouterr().out

    world.clean_up()
    assert world.asked == []
    assert "Nothing is left" in capsys.readouterr().out


@pytest.mark.parametrize(
    "status", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_IN_PROGRESS", "DELETE_FAILED",
               "UPDATE_ROLLBACK_FAILED", "CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS"]
)
def test_a_stack_that_works_is_not_touched(world, status):
    world.stacks.status = status
    world.stacks.deleted_stacks = ["id-1"]

    with pytest.raises(clean_up.Refused, match="Nothing was touched"):
        world.clean_up()

    assert world.asked == []
    assert world.left() == ALL


@pytest.mark.parametrize("typed", ["", "y", "yes", "quantchat-dev"])
def test_nothing_is_deleted_before_the_name_was_typed(world, typed):
    world.stacks.status = "ROLLBACK_COMPLETE"

    with pytest.raises(clean_up.Refused, match="nothing was touched"):
        world.clean_up(typed)

    assert world.left() == ALL
    assert world.stacks.deleted == []


def test_a_role_that_the_gateway_uses_stays(world, capsys):
    world.stacks.status = "ROLLBACK_COMPLETE"

    clean_up.clean_up(STACK, world.stacks, world.leftovers(world.role), lambda question: STACK)

    assert world.left() == ["logs", "others"]
    assert "stays" in capsys.readouterr().err
