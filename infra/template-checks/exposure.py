"""What anyone with a look at the stack can read: parameters, outputs and environments hold no secret."""

import json
import re

from translated import as_list

# What it tells where it serves the browser client.
OF_WEB = {"WebUrl", "WebBucket", "WebDistribution"}
# What the stack tells; each is an address or a name.
OUTPUTS = {"RestUrl", "SocketUrl", "AuthFunctionName", "DashboardUrl", "AlarmTopic"} | OF_WEB
# What mints tokens is known to this function alone, and so is what passwords are checked by; the others hold what
# verifies.
MINTING = "AuthFunction"
CREDENTIALS_TABLE = "CredentialsTable"
MINTING_TABLE = "SigningKeysTable"

SECRET_NAME = re.compile(r"secret|password|private|credential(?!s_?table)|signing_?key(?!s_?table)", re.IGNORECASE)
# {{resolve:secretsmanager:...}} puts a secret where everyone who may describe the function reads it.
RESOLVED_SECRET = re.compile(r"\{\{resolve:[^}]*(?:\}[^}]+)*\}\}")
# But for the one by which the distribution proves that it says where requests come from: whoever learns it can have
# limits count other addresses, and nothing more. Those who send it and those who look for it know it.
EDGE_PROOF = "${EdgeProof}:SecretString:proof"
TOLD_OF_EDGE_PROOF = {"AuthFunction", "Firewall", "Distribution"}


def secrets(stack):
    """No secret passes through the stack: not by a parameter, not by an output, not by an environment."""
    for name, parameter in stack.parameters.items():
        if "NoEcho" in parameter:
            yield f"parameter {name} is hidden, so it must be a secret: keys live in {MINTING_TABLE}"
        if SECRET_NAME.search(name):
            yield f"parameter {name} is named like a secret"
    served = stack.of_type("AWS::CloudFront::Distribution")
    for name in sorted(stack.outputs.keys() ^ (OUTPUTS if served else OUTPUTS - OF_WEB)):
        yield f"output {name} is {'not listed in exposure.py' if name in stack.outputs else 'gone'}"
    for name, value in stack.outputs.items():
        if MINTING_TABLE in str(value):
            yield f"output {name} leads to {MINTING_TABLE}"
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        tables = {f"${{{table}}}" for table in stack.of_type("AWS::DynamoDB::Table")}
        for variable, value in function.get("Environment", "Variables", default={}).items():
            if SECRET_NAME.search(variable) and value not in tables:
                yield f"{name} has a variable {variable}, named like a secret"
    for name, resource in stack.resources.items():
        resolved = RESOLVED_SECRET.findall(json.dumps(resource.properties))
        if not all(EDGE_PROOF in secret and name in TOLD_OF_EDGE_PROOF for secret in resolved):
            yield f"{name} has a secret resolved into its properties"


def signing_keys(stack):
    """Only the function that mints tokens knows of the table of private keys."""
    reference = "${" + MINTING_TABLE
    roles = {}
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        roles.setdefault(function.get("Role"), []).append(name)
        knows = reference in json.dumps(function.properties)
        if knows and name != MINTING:
            yield f"{name} is told of {MINTING_TABLE}: only {MINTING} may be"
    for name, role in stack.of_type("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy").items():
        if reference in json.dumps(role.properties) and roles.get(f"${{{name}.Arn}}") != [MINTING]:
            yield f"{name} reaches {MINTING_TABLE}: only the role of {MINTING} may"


def credentials(stack):
    """Only the function that checks passwords reads, or replaces, what they are checked by; others may delete it."""
    holders = {}
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        holders.setdefault(function.get("Role"), []).append(name)
    for name, role in stack.of_type("AWS::IAM::Role").items():
        for policy in role.get("Policies", default=[]):
            for statement in as_list(policy["PolicyDocument"]["Statement"]):
                reached = "${" + CREDENTIALS_TABLE in json.dumps(statement["Resource"])
                if reached and holders.get(f"${{{name}.Arn}}") != [MINTING]:
                    for action in sorted(set(as_list(statement["Action"])) - {"dynamodb:DeleteItem"}):
                        yield f"{name} may {action} {CREDENTIALS_TABLE}: only the role of {MINTING} may"
