"""How each table keeps what it holds, and for how long."""

import typing

from translated import is_true


class Table(typing.NamedTuple):
    keys: str
    """Partition key and, if it has one, sort key; all are strings."""
    expires: str | None
    """The attribute that DynamoDB reaps by."""
    backup: bool
    """Point-in-time recovery. It keeps for 35 days what was deleted, so what is promised to vanish has none."""


TABLES = {
    "AccountsTable": Table("user_id", None, backup=True),
    "AccountEmailsTable": Table("email", None, backup=True),
    "ContactsTable": Table("user_id contact_id", None, backup=True),
    # Messages are gone once they are acknowledged, or after 7 days.
    "RelayMessagesTable": Table("recipient_id message_id", "expires_at", backup=False),
    # Who was online when: of no use to anyone once the socket is closed.
    "ConnectionsTable": Table("user_id connection_id", "expires_at", backup=False),
    # A session that was ended must not come back.
    "SessionsTable": Table("session_id", "expires_at", backup=False),
    # A private key that was rolled out must be gone; new keys are made when there are none.
    "SigningKeysTable": Table("purpose key_id", "expires_at", backup=False),
    "TokenKeysTable": Table("purpose key_id", "expires_at", backup=False),
    "KeyBundlesTable": Table("user_id", None, backup=True),
    # A table restored would hand out again what was handed out already.
    "PrekeysTable": Table("belongs_to place", "expires_at", backup=False),
    # Counts of an hour.
    "LimitsTable": Table("subject", "expires_at", backup=False),
}


def faults(stack):
    found = stack.of_type("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
    for name in sorted(TABLES.keys() - found.keys()):
        yield f"{name} is gone"
    for name in sorted(found.keys() - TABLES.keys()):
        yield f"{name} is not in tables.py: say there how it keeps what it holds"
    for name in sorted(TABLES.keys() & found.keys()):
        for problem in _problems(TABLES[name], found[name]):
            yield f"{name} {problem}"


def _problems(expected, table):
    if table.get("BillingMode") != "PAY_PER_REQUEST":
        yield "isn't billed by request: it would cost while nobody talks"
    keys = " ".join(key["AttributeName"] for key in table.get("KeySchema", default=[]))
    if keys != expected.keys:
        yield f"has the key {keys}, not {expected.keys}"
    kinds = [key["KeyType"] for key in table.get("KeySchema", default=[])]
    if kinds != ["HASH", "RANGE"][: len(kinds)]:
        yield f"has keys of the kinds {', '.join(kinds)}"
    types = {entry["AttributeName"]: entry["AttributeType"] for entry in table.get("AttributeDefinitions", default=[])}
    for attribute in keys.split():
        if types.get(attribute) != "S":
            yield f"declares its key {attribute} as {types.get(attribute)}, not as a string"
    ttl = table.get("TimeToLiveSpecification", default={})
    expires = ttl.get("AttributeName") if is_true(ttl.get("Enabled")) else None
    if expires != expected.expires:
        yield f"expires by {expires or 'nothing'}, not by {expected.expires or 'nothing'}"
    backup = is_true(table.get("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"))
    if backup != expected.backup:
        yield "is backed up, so that what was deleted stays readable for 35 days" if backup else "has no backup"
    for copy in ("StreamSpecification", "KinesisStreamSpecification"):
        if table.get(copy):
            yield f"has a {copy}: what is deleted would live on in the stream"
    if not is_true(table.get("SSESpecification", "SSEEnabled")):
        yield "doesn't say that it is encrypted"
    if not is_true(table.get("DeletionProtectionEnabled")):
        yield "can be deleted by a slip: DeletionProtectionEnabled is not set"
    for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
        if table.attributes.get(policy) != "Retain":
            yield f"would lose everything when the stack goes: its {policy} isn't Retain"
