"""What the checks see of a template is what CloudFormation would make of it."""

import pytest

from translated import deploy, text_of, translate

CONDITIONS = {
    "Named": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Name"}, ""]}]},
    "Large": {"Fn::Equals": [{"Ref": "Size"}, "2"]},
    "Both": {"Fn::And": [{"Condition": "Named"}, {"Condition": "Large"}]},
    "Either": {"Fn::Or": [{"Condition": "Named"}, {"Condition": "Large"}]},
}


def template(properties, **attributes):
    return {
        "Transform": "AWS::Serverless-2016-10-31",
        "Globals": {"Function": {"Timeout": 1}},
        "Parameters": {
            "Name": {"Type": "String", "Default": ""},
            "Size": {"Type": "Number", "Default": 1, "AllowedValues": [1, 2]},
        },
        "Conditions": CONDITIONS,
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": properties, **attributes}},
    }


def topic(properties, values=None):
    return deploy(template(properties), values).resources["Topic"].properties


def test_parameters_have_their_values_or_their_defaults():
    properties = {"A": {"Ref": "Size"}, "B": {"Fn::Sub": "${Name}-${Size}-${AWS::Region}"}}

    assert topic(properties) == {"A": 1, "B": "-1-${AWS::Region}"}
    assert topic(properties, {"Name": "x", "Size": 2}) == {"A": "2", "B": "x-2-${AWS::Region}"}


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        ({}, {"Named": "no", "Large": "no", "Both": "no", "Either": "no"}),
        ({"Name": "x"}, {"Named": "yes", "Large": "no", "Both": "no", "Either": "yes"}),
        ({"Name": "x", "Size": 2}, {"Named": "yes", "Large": "yes", "Both": "yes", "Either": "yes"}),
    ],
)
def test_conditions_choose(values, chosen):
    assert topic({name: {"Fn::If": [name, "yes", "no"]} for name in CONDITIONS}, values) == chosen


def test_no_value_leaves_no_trace():
    absent = {"Fn::If": ["Named", "x", {"Ref": "AWS::NoValue"}]}

    assert topic({"A": absent, "B": [absent, "y"]}) == {"B": ["y"]}


def test_a_resource_whose_condition_is_false_is_not_there():
    conditional = template({}, Condition="Named")

    assert not deploy(conditional).resources
    assert deploy(conditional, {"Name": "x"}).resources


def test_references_become_text():
    assert text_of({"Fn::GetAtt": ["Table", "Arn"]}) == "${Table.Arn}"
    assert text_of({"Fn::Sub": ["${a}/${b}", {"a": {"Ref": "Table"}}]}) == "${Table}/${b}"
    assert text_of({"Fn::Join": ["/", ["x", {"Ref": "Table"}]]}) == "x/${Table}"
    assert text_of({"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}) == "b"


def test_what_cannot_be_evaluated_is_not_passed_over():
    with pytest.raises(ValueError, match="Fn::ImportValue"):
        topic({"A": {"Fn::ImportValue": "x"}})


@pytest.mark.parametrize("values", [{"Nmae": "x"}, {"Size": 3}])
def test_parameters_that_the_template_would_refuse_are_refused(values):
    with pytest.raises(ValueError, match="parameter"):
        translate(template({}), values)
