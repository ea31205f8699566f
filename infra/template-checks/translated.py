"""template.yaml as CloudFormation gets it: translated by SAM, with one deployment's parameters put in, and the nested
template that it attaches merged in, as if all of it were one stack.

Expressions become text, so that they can be compared and read. What is known only in the cloud stays a placeholder:
`!GetAtt AccountsTable.Arn` is `${AccountsTable.Arn}`, `!Sub x-${AWS::Region}` is `x-${AWS::Region}`. Resources and
outputs whose condition is false are left out.
"""

import copy
import dataclasses
import json
import logging
import os
import pathlib
import re
import tomllib

# The translator asks boto3 for a region, which then asks the machine; any will do.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"
OBSERVABILITY = ROOT / "infra" / "observability.yaml"

# It says of each function which of its experiments are off.
logging.getLogger("samtranslator").setLevel(logging.ERROR)

PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
NESTED = "AWS::CloudFormation::Stack"
NOTHING = object()


class NoManagedPolicies:
    """Every role is written out in the template, so SAM need not know what AWS's own policies are called."""

    def load(self):
        return {}


def configured(environment):
    """The parameters that an environment of samconfig.toml has."""
    settings = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))[environment]
    return dict(pair.split("=", 1) for pair in settings["deploy"]["parameters"]["parameter_overrides"].split())


# What a stack is asked for. The checks hold for each.
DEPLOYMENTS = {
    "as it comes": {},
    "prod": configured("prod"),
    "with everything": {
        "RestDomainName": "api.chat.example.org",
        "SocketDomainName": "sockets.chat.example.org",
        "CertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
        "HostedZoneId": "Z00000000EXAMPLE",
        "FirewallRequestsPer5Minutes": 1000,
        "Tracing": "Active",
        "SetGatewayLogRole": "true",
        "AlarmEmail": "someone@example.org",
        "WebDomainName": "chat.example.org",
        "WebCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
    },
    "without the browser client": {"WebClient": "false", "FirewallRequestsPer5Minutes": 1000},
}


@dataclasses.dataclass(frozen=True)
class Resource:
    name: str
    type: str
    properties: dict
    attributes: dict
    """What stands beside the properties: DeletionPolicy, UpdatePolicy and the like."""
    metadata: dict

    def get(self, *path, default=None):
        value = self.properties
        for key in path:
            if not isinstance(value, dict) or key not in value:
                return default
            value = value[key]
        return value


@dataclasses.dataclass(frozen=True)
class Stack:
    resources: dict
    outputs: dict
    parameters: dict
    """As declared, not their values."""

    def of_type(self, *types):
        return {name: found for name, found in self.resources.items() if found.type in types}


def source():
    """template.yaml, parsed; the template that it attaches stands where its address was."""
    template = parsed(TEMPLATE)
    for nested in _nested_in(template):
        nested["TemplateURL"] = parsed(ROOT / nested["TemplateURL"])
    return template


def parsed(path):
    return yaml_parse(path.read_text(encoding="utf-8"))


def translate(template, values=None):
    """What SAM makes of a parsed template, and then of parameters and conditions: CloudFormation without either.

    Parameters that are not named have their defaults; those without one stay as they are. So does what AWS knows of
    itself, unless it is among the values: {"AWS::Partition": "aws-cn"}.
    """
    template = copy.deepcopy(template)
    values = {name: str(value) for name, value in (values or {}).items()}
    _hold_to_declarations(values, template.get("Parameters", {}))
    # `sam deploy` uploads the package and puts its address here; the translator takes no local path.
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/quantchat-functions.zip"
    for nested in _nested_in(template):
        nested["TemplateURL"] = "https://s3.amazonaws.com/packages/nested.yaml"
    return _Choices(transform(template, values, NoManagedPolicies()), values).made()


def deploy(template, values=None):
    """The Stack that a parsed template gives with these parameters."""
    translated = translate(template, values)
    resources = _resources(translated)
    # SAM keeps no order.
    resources = {name: resources.pop(name) for name in template["Resources"] if name in resources} | resources
    outputs = {name: text_of(body["Value"]) for name, body in translated.get("Outputs", {}).items()}
    for name, attached in list(resources.items()):
        nested = template["Resources"].get(name, {}).get("Properties", {}).get("TemplateURL")
        if attached.type == NESTED and isinstance(nested, dict):
            made = _Choices(nested, attached.get("Parameters", default={})).made()
            resources |= _resources(made)
            told = {f"{name}.Outputs.{output}": text_of(body["Value"]) for output, body in made["Outputs"].items()}
            outputs = {output: _filled(value, told) for output, value in outputs.items()}
    return Stack(resources, outputs, template.get("Parameters", {}))


def refusals(template, values=None):
    """Why CloudFormation would refuse these parameters before it makes anything: what the template's Rules say."""
    choices = _Choices(template, {name: str(value) for name, value in (values or {}).items()})
    for rule in template.get("Rules", {}).values():
        if "RuleCondition" not in rule or choices.holds(rule["RuleCondition"]):
            for assertion in rule["Assertions"]:
                if not choices.holds(assertion["Assert"]):
                    yield assertion["AssertDescription"]


def _resources(translated):
    resources = {}
    for name, body in translated["Resources"].items():
        attributes = {key: text_of(body[key]) for key in body if key not in ("Type", "Properties", "Metadata")}
        resources[name] = Resource(
            name, body["Type"], text_of(body.get("Properties", {})), attributes, body.get("Metadata", {})
        )
    return resources


def _nested_in(template):
    return [body["Properties"] for body in template["Resources"].values() if body["Type"] == NESTED]


def _hold_to_declarations(values, declared):
    for name, value in values.items():
        if name.startswith("AWS::"):
            continue
        if name not in declared:
            raise ValueError(f"The template has no parameter {name}")
        allowed = declared[name].get("AllowedValues")
        if allowed and value not in map(str, allowed):
            raise ValueError(f"The parameter {name} can't be {value}")


class _Choices:
    """Puts parameters in and decides conditions."""

    def __init__(self, translated, values):
        self.translated = translated
        self.conditions = translated.get("Conditions", {})
        self.values = {
            name: values.get(name, declared.get("Default"))
            for name, declared in translated.get("Parameters", {}).items()
            if name in values or "Default" in declared
        }
        self.values |= {name: value for name, value in values.items() if name.startswith("AWS::")}

    def made(self):
        made = {key: part for key, part in self.translated.items() if key not in ("Conditions", "Parameters", "Rules")}
        for section in ("Resources", "Outputs"):
            made[section] = {
                name: self.value({key: part for key, part in body.items() if key != "Condition"})
                for name, body in self.translated.get(section, {}).items()
                if "Condition" not in body or self.holds({"Condition": body["Condition"]})
            }
        return made

    def holds(self, condition):
        ((function, argument),) = condition.items()
        if function == "Condition":
            return self.holds(self.conditions[argument])
        if function == "Fn::Equals":
            left, right = (str(self.value(side)) for side in argument)
            return left == right
        if function == "Fn::Contains":
            texts, text = self.value(argument)
            return str(text) in texts
        if function == "Fn::Not":
            return not self.holds(argument[0])
        if function == "Fn::And":
            return all([self.holds(part) for part in argument])
        if function == "Fn::Or":
            return any([self.holds(part) for part in argument])
        raise ValueError(f"These checks can't evaluate the condition {function}: teach translated.py")

    def value(self, node):
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not NOTHING]
        if not isinstance(node, dict):
            return node
        if node == {"Ref": "AWS::NoValue"}:
            return NOTHING
        if node.keys() == {"Ref"}:
            return self.values.get(node["Ref"], node)
        if node.keys() == {"Fn::If"}:
            condition, then, otherwise = node["Fn::If"]
            return self.value(then if self.holds({"Condition": condition}) else otherwise)
        if node.keys() == {"Fn::FindInMap"}:
            outer, first, second = map(self.value, node["Fn::FindInMap"])
            return self.translated["Mappings"][outer][first][second]
        if node.keys() == {"Fn::Sub"}:
            return self._substituted(node["Fn::Sub"])
        resolved = {key: self.value(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not NOTHING}

    def _substituted(self, argument):
        text, known = (argument, {}) if isinstance(argument, str) else argument
        text = _filled(text, {name: value for name, value in self.values.items() if name not in known})
        if not known:
            return {"Fn::Sub": text} if PLACEHOLDER.search(text) else text
        return {"Fn::Sub": [text, self.value(known)]}


def text_of(node):
    """A value with its references as text."""
    if isinstance(node, list):
        return [text_of(part) for part in node]
    if not isinstance(node, dict):
        return node
    if len(node) != 1:
        return {key: text_of(value) for key, value in node.items()}
    ((function, argument),) = node.items()
    if function == "Ref":
        return f"${{{argument}}}"
    if function == "Fn::GetAtt":
        return "${" + (argument if isinstance(argument, str) else ".".join(argument)) + "}"
    if function == "Fn::Sub":
        text, known = (argument, {}) if isinstance(argument, str) else argument
        return _filled(text, {name: text_of(value) for name, value in known.items()})
    if function == "Fn::Join":
        return argument[0].join(str(text_of(part)) for part in argument[1])
    if function == "Fn::Select":
        return text_of(argument[1])[int(argument[0])]
    if function == "Fn::Split":
        return text_of(argument[1]).split(argument[0])
    if function.startswith("Fn::"):
        raise ValueError(f"These checks can't evaluate {function}: teach translated.py")
    return {function: text_of(argument)}


def _filled(text, values):
    def filled(match):
        literal, name = match.groups()
        return match[0] if literal or name not in values else str(values[name])

    return PLACEHOLDER.sub(filled, text)


def as_list(value):
    return value if isinstance(value, list) else [value]


def is_true(value):
    """Parameters are text, so what they switch is too."""
    return str(value).lower() == "true"


if __name__ == "__main__":
    # For tools that read CloudFormation.
    print(json.dumps(translate(source(), DEPLOYMENTS["with everything"]), indent=2))
