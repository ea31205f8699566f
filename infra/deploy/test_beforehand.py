"""What is said of an account before a deployment, and which parameters are said to be in force."""
import datetime

import boto3
import pytest
from botocore.stub import Stubber

import beforehand
import in_force
import overrides


def client(name):
    return boto3.client(name, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")


def asked_of_gateway(account, there, given):
    apigateway = client("apigateway")
    with Stubber(apigateway) as stubber:
        if account is not None:
            stubber.add_response("get_account", account, {})
        return beforehand.role_parameter(there, given, apigateway)


def test_a_role_that_is_there_is_left_alone():
    parameter, sentence = asked_of_gateway({"cloudwatchRoleArn": "arn:aws:iam::1:role/theirs"}, None, {})

    assert parameter == "SetGatewayLogRole=false"
    assert "arn:aws:iam::1:role/theirs" in sentence


def test_a_role_that_is_missing_is_made():
    parameter, sentence = asked_of_gateway({}, None, {})

    assert parameter == "SetGatewayLogRole=true"
    assert "makes one" in sentence


@pytest.mark.parametrize("value", ["true", "false"])
def test_a_stack_that_is_there_keeps_what_it_was_told(value):
    assert asked_of_gateway(None, {"SetGatewayLogRole": value}, {}) == (f"SetGatewayLogRole={value}", "")


def test_what_was_said_is_not_looked_at():
    assert asked_of_gateway(None, None, {"SetGatewayLogRole": "true"}) == ("", "")


def test_an_account_that_runs_too_few_functions_is_told_how_to_ask_for_more():
    assert beforehand.too_little(1000, 0) == ""
    assert beforehand.too_little(beforehand.NEEDED, 0) == ""
    sentence = beforehand.too_little(10, 0)
    assert "at most 10 functions" in sentence and "wait for each other" in sentence
    assert "--quota-code L-B99A9384" in sentence
    assert "will fail" in beforehand.too_little(7, 0)
    assert "set 950 aside" in beforehand.too_little(1000, 950)
    assert beforehand.too_little(1000, 900) == ""


def test_what_functions_set_aside_is_what_the_stack_has_or_is_given():
    there = {"AuthConcurrency": "50", "RelayConcurrency": "100", "Release": "5"}

    assert beforehand.reserved(there, {"RelayConcurrency": "10"}) == 60
    assert beforehand.reserved(None, {}) == 0


def test_overrides_are_read_in_each_form_that_sam_takes():
    text = 'A=1 B="2 3" ParameterKey=C,ParameterValue=x=y A=4 --profile=work'

    assert overrides.parsed(text) == {"A": "4", "B": "2 3", "C": "x=y"}


def test_parameters_in_force_are_those_that_are_no_defaults():
    cloudformation = client("cloudformation")
    declared = [
        {"ParameterKey": "Alarms", "DefaultValue": "true"},
        {"ParameterKey": "LogRetentionDays", "DefaultValue": "14"},
        {"ParameterKey": "SendsPerDay", "DefaultValue": "20000"},
        {"ParameterKey": "Secret", "DefaultValue": "", "NoEcho": True},
        {"ParameterKey": "Release", "DefaultValue": ""},
    ]
    values = {"Alarms": "true", "LogRetentionDays": "3", "SendsPerDay": "1000", "Secret": "swordfish", "Release": "0a"}
    described = {
        "StackName": "quantchat-dev",
        "StackStatus": "CREATE_COMPLETE",
        "CreationTime": datetime.datetime(2026, 2, 2),
        "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()],
    }
    with Stubber(cloudformation) as stubber:
        stubber.add_response("get_template_summary", {"Parameters": declared}, {"StackName": "quantchat-dev"})
        stubber.add_response("describe_stacks", {"Stacks": [described]}, {"StackName": "quantchat-dev"})
        lines = list(in_force.in_force(cloudformation, "quantchat-dev", {"LogRetentionDays"}))

    assert lines == [
        "LogRetentionDays=3",
        "SendsPerDay=1000   (from an earlier deployment)",
        "Secret=(hidden)   (from an earlier deployment)",
    ]
