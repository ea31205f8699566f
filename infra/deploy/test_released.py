"""Which release a stack is said to have, by what CloudFormation answers."""
import datetime

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

import released


def asked_of(answer):
    """The release that is found where CloudFormation answers so."""
    client = boto3.client("cloudformation", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(client) as stubber:
        answer(stubber)
        return released.release_of(client, "quantchat-prod")


def stack(parameters):
    described = {
        "StackName": "quantchat-prod",
        "StackStatus": "UPDATE_COMPLETE",
        "CreationTime": datetime.datetime(2026, 2, 2),
        "Parameters": parameters,
    }
    return lambda stubber: stubber.add_response("describe_stacks", {"Stacks": [described]}, {"StackName": "quantchat-prod"})


def refusal(code):
    return lambda stubber: stubber.add_client_error("describe_stacks", code, "refused")


def test_a_stack_has_the_release_that_its_parameter_says():
    parameters = [
        {"ParameterKey": "Alarms", "ParameterValue": "true"},
        {"ParameterKey": "Release", "ParameterValue": "0a1b"},
    ]

    assert asked_of(stack(parameters)) == "0a1b"
    assert asked_of(stack(parameters[:1])) is None


def test_no_stack_has_no_release():
    assert asked_of(refusal("ValidationError")) is None


def test_what_may_not_be_asked_is_not_taken_for_no():
    with pytest.raises(ClientError, match="AccessDenied"):
        asked_of(refusal("AccessDenied"))
