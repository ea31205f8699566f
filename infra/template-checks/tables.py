"""How each table keeps what it holds, and for how long."""

import json
import re

from translated import as_list, is_true

# The attribute that DynamoDB reaps by, wherever anything expires.
EXPIRES = "expires_at"

REFERENCE = re.compile(r"\$\{(\w+Table)\b")


# What keeps data when its stack goes or replaces it. What a failed creation made goes with it: it holds nothing.
KEPT = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}

# Tables whose rows a function deletes, all of them in the end.
EMPTIED = {"LeavingTable"}


def faults(stack):
    tables = tables_of(stack)
    for name, resource in stack.resources.items():
        text = json.dumps([resource.properties, resource.attributes])
        for table in sorted(set(REFERENCE.findall(text)) - tables.keys()):
            yield f"{table} is gone, but {name} refers to it"
    for name, table in tables.items():
        for problem in _problems(table):
            yield f"{name} {problem}"


def tables_of(stack):
    return stack.of_type("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")


def operations(stack, table):
    """What functions ask of a table, by the operations that DynamoDB counts: what its Metadata says is done only in
    transactions counts as TransactWriteItems; InTransactions says that what is done otherwise is done so, too.
    """
    also = stack.resources[table].metadata.get("InTransactions")
    transacted = set(stack.resources[table].metadata.get("OnlyInTransactions", []))
    allowed = {
        action.removeprefix("dynamodb:")
        for role in stack.of_type("AWS::IAM::Role").values()
        for policy in role.get("Policies", default=[])
        for statement in policy["PolicyDocument"]["Statement"]
        if f"${{{table}.Arn}}" in as_list(statement["Resource"])
        for action in as_list(statement["Action"])
    }
    return [*sorted(allowed - transacted), *(["TransactWriteItems"] if transacted or also else [])]


def _problems(table):
    if table.get("BillingMode") != "PAY_PER_REQUEST":
        yield "isn't billed by request: it would cost while nobody talks"
    keys = [key["AttributeName"] for key in table.get("KeySchema", default=[])]
    kinds = [key["KeyType"] for key in table.get("KeySchema", default=[])]
    if kinds not in (["HASH"], ["HASH", "RANGE"]):
        yield f"has keys of the kinds {', '.join(kinds)}"
    types = {entry["AttributeName"]: entry["AttributeType"] for entry in table.get("AttributeDefinitions", default=[])}
    for attribute in sorted({*keys, *types}):
        if attribute not in keys:
            yield f"declares {attribute}, which is not in its key: {' '.join(keys)}"
        elif types.get(attribute) != "S":
            yield f"declares its key {attribute} as {types.get(attribute)}, not as a string"
    ttl = table.get("TimeToLiveSpecification", default={})
    expires = ttl.get("AttributeName") if is_true(ttl.get("Enabled")) else None
    if expires not in (EXPIRES, None):
        yield f"expires by {expires}, not by {EXPIRES}"
    # Point-in-time recovery keeps for 35 days what was deleted, so what is promised to vanish has none; what stays
    # until its owner deletes it has one.
    backup = is_true(table.get("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"))
    if expires and backup:
        yield "is backed up, so that what expired stays readable for 35 days"
    if not expires and not backup and table.name not in EMPTIED:
        yield "neither expires nor has a backup"
    for copy in ("StreamSpecification", "KinesisStreamSpecification"):
        if table.get(copy):
            yield f"has a {copy}: what is deleted would live on in the stream"
    if not is_true(table.get("SSESpecification", "SSEEnabled")):
        yield "doesn't say that it is encrypted"
    if not is_true(table.get("DeletionProtectionEnabled")):
        yield "can be deleted by a slip: DeletionProtectionEnabled is not set"
    for policy, kept in KEPT.items():
        if table.attributes.get(policy) != kept:
            yield f"would lose everything when the stack goes, or be left by one that never came: its {policy} isn't {kept}"
