"""Who may do what: every statement of every role, nothing more and nothing less."""

import re

from functions import SERVING
from translated import as_list

# A connection's id is known only once its socket is open, so the address that allows posting to it can't name it.
EVERY_SOCKET = (
    "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SocketApi}/live/POST/@connections/*"
)
# CloudFormation names the deployment groups.
EVERY_DEPLOYMENT = (
    "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}"
    ":deploymentgroup:${ServerlessDeploymentApplication}/*"
)

# function, or role that no function has: {statement: (actions, resources)}
ALLOWED = {
    "AuthFunction": {
        "Accounts": ("dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem", "${AccountsTable.Arn}"),
        "AccountEmails": ("dynamodb:GetItem dynamodb:PutItem", "${AccountEmailsTable.Arn}"),
        "Sessions": ("dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem", "${SessionsTable.Arn}"),
        "SigningKeys": ("dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem", "${SigningKeysTable.Arn}"),
        "TokenKeys": ("dynamodb:Query dynamodb:PutItem dynamodb:UpdateItem", "${TokenKeysTable.Arn}"),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${AuthLogs.Arn}"),
    },
    "ContactsFunction": {
        "Accounts": ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:UpdateItem", "${AccountsTable.Arn}"),
        "AccountEmails": ("dynamodb:GetItem", "${AccountEmailsTable.Arn}"),
        "Contacts": (
            "dynamodb:BatchGetItem dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem",
            "${ContactsTable.Arn}",
        ),
        "Connections": ("dynamodb:Query dynamodb:DeleteItem", "${ConnectionsTable.Arn}"),
        "TokenKeys": ("dynamodb:Query", "${TokenKeysTable.Arn}"),
        "Push": ("execute-api:ManageConnections", EVERY_SOCKET),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${ContactsLogs.Arn}"),
    },
    "RelayFunction": {
        "Accounts": ("dynamodb:GetItem", "${AccountsTable.Arn}"),
        "Messages": ("dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem", "${RelayMessagesTable.Arn}"),
        "Connections": ("dynamodb:Query dynamodb:DeleteItem", "${ConnectionsTable.Arn}"),
        "TokenKeys": ("dynamodb:Query", "${TokenKeysTable.Arn}"),
        "Push": ("execute-api:ManageConnections", EVERY_SOCKET),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${RelayLogs.Arn}"),
    },
    "KeysFunction": {
        "Accounts": ("dynamodb:GetItem dynamodb:UpdateItem", "${AccountsTable.Arn}"),
        "Bundles": ("dynamodb:GetItem dynamodb:PutItem", "${KeyBundlesTable.Arn}"),
        "Prekeys": (
            "dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:Query dynamodb:PutItem dynamodb:UpdateItem",
            "${PrekeysTable.Arn}",
        ),
        "Limits": ("dynamodb:UpdateItem", "${LimitsTable.Arn}"),
        "Connections": ("dynamodb:Query dynamodb:DeleteItem", "${ConnectionsTable.Arn}"),
        "TokenKeys": ("dynamodb:Query", "${TokenKeysTable.Arn}"),
        "Push": ("execute-api:ManageConnections", EVERY_SOCKET),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${KeysLogs.Arn}"),
    },
    "SocketAuthorizerFunction": {
        "Tickets": ("dynamodb:DeleteItem", "${SessionsTable.Arn}"),
        "TokenKeys": ("dynamodb:Query", "${TokenKeysTable.Arn}"),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${SocketAuthorizerLogs.Arn}"),
    },
    "ConnectionsFunction": {
        "Accounts": ("dynamodb:GetItem dynamodb:BatchGetItem dynamodb:UpdateItem", "${AccountsTable.Arn}"),
        "Contacts": ("dynamodb:Query dynamodb:BatchGetItem", "${ContactsTable.Arn}"),
        "Messages": ("dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem", "${RelayMessagesTable.Arn}"),
        "Connections": ("dynamodb:Query dynamodb:PutItem dynamodb:DeleteItem", "${ConnectionsTable.Arn}"),
        "Push": ("execute-api:ManageConnections", EVERY_SOCKET),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${ConnectionsLogs.Arn}"),
    },
    "PreTrafficCheckFunction": {
        "NewVersions": ("lambda:InvokeFunction", " ".join(f"${{{name}.Arn}}:*" for name in SERVING)),
        "Verdict": ("codedeploy:PutLifecycleEventHookExecutionStatus", EVERY_DEPLOYMENT),
        "Logs": ("logs:CreateLogStream logs:PutLogEvents", "${PreTrafficCheckLogs.Arn}"),
    },
    "DeploymentRole": {
        "Traffic": (
            "lambda:GetAlias lambda:UpdateAlias lambda:GetProvisionedConcurrencyConfig",
            " ".join(f"${{{name}.Arn}} ${{{name}.Arn}}:live" for name in SERVING),
        ),
        "Check": ("lambda:InvokeFunction", "${PreTrafficCheckFunction.Arn}"),
        "Alarms": ("cloudwatch:DescribeAlarms", "*"),
    },
    "GatewayLogRole": {},
}
# What each function may as well while it is traced, and not otherwise.
ALLOWED_WHEN_TRACED = {"Traces": ("xray:PutTraceSegments xray:PutTelemetryRecords", "*")}

# Roles with a policy that AWS wrote.
MANAGED = {
    # The one that API Gateway asks for: with it, it writes the access logs of every API of the account.
    "GatewayLogRole": ["arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
}
# Who may take on a role; where it isn't here, the functions that have it.
TRUSTED = {"DeploymentRole": "codedeploy.amazonaws.com", "GatewayLogRole": "apigateway.amazonaws.com"}

# The only resources that may be named by a pattern, each for these actions alone.
WILDCARDS = {
    EVERY_SOCKET: {"execute-api:ManageConnections"},
    EVERY_DEPLOYMENT: {"codedeploy:PutLifecycleEventHookExecutionStatus"},
    # The version that is checked is made with the role that allows it, which takes time to spread.
    **{f"${{{name}.Arn}}:*": {"lambda:InvokeFunction"} for name in SERVING},
    # AWS lets these name no resource.
    "*": {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "cloudwatch:DescribeAlarms"},
}

# Policies that resources carry: who may use them.
RESOURCE_POLICIES = {
    # The topic's key: the account's administrators through their own policies, and alarms of this account.
    "AlarmKey": {
        "Account": ("arn:${AWS::Partition}:iam::${AWS::AccountId}:root", "kms:*", {}),
        "Alarms": (
            "cloudwatch.amazonaws.com",
            "kms:Decrypt kms:GenerateDataKey*",
            {"StringEquals": {"aws:SourceAccount": "${AWS::AccountId}"}},
        ),
    },
}
POLICY_PROPERTIES = ("KeyPolicy", "Policy", "PolicyDocument", "ResourcePolicy", "RepositoryPolicyText")


def roles(stack):
    """Every role allows what ALLOWED says, to whom it says, and has no policy from elsewhere."""
    holders = _holders(stack)
    for holder in sorted(ALLOWED.keys() - holders.values()):
        yield f"{holder} has no role of its own"
    for name, role in stack.of_type("AWS::IAM::Role").items():
        holder = holders[name]
        statements = [*_inline(role), *_attached(stack, name)]
        for fault in _differences(holder, statements, _expected(stack, holder)):
            yield f"{holder}{fault}"
        managed = role.get("ManagedPolicyArns", default=[])
        for policy in sorted({*managed} ^ {*MANAGED.get(holder, [])}):
            has = "has" if policy in managed else "doesn't have"
            yield f"{holder}: {has} the managed policy {policy}, unlike permissions.py"
        trusted = TRUSTED.get(holder, "lambda.amazonaws.com")
        if not _trusts(role, trusted):
            yield f"{holder}: its role may not be taken on by {trusted} alone"


def wildcards(stack):
    """No action is a pattern, and no resource but where AWS gives no other way."""
    for name, role in stack.of_type("AWS::IAM::Role").items():
        for statement in [*_inline(role), *_attached(stack, name)]:
            for sid, action, resource in _grants(statement):
                if "*" in action or "?" in action:
                    yield f"{name}, {sid}: allows {action}; name each action"
                elif ("*" in resource or "?" in resource) and action not in WILDCARDS.get(resource, ()):
                    yield f"{name}, {sid}: allows {action} on {resource}, which is wider than it must be"


def environments(stack):
    """Every function is told of each table that it may use, and of the sockets if it may post to them."""
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        told = function.get("Environment", "Variables", default={})
        for _, resources in ALLOWED.get(name, {}).values():
            for table in re.findall(r"\$\{(\w+Table)\.Arn\}", resources):
                if f"${{{table}}}" not in told.values():
                    yield f"{name} may use {table} but isn't told of it"
            if resources == EVERY_SOCKET and "${SocketApi}" not in str(told.get("SOCKET_ENDPOINT")):
                yield f"{name} may post to sockets but isn't told where: SOCKET_ENDPOINT"


def resource_policies(stack):
    """No resource lets anyone in but as RESOURCE_POLICIES says."""
    for name, resource in stack.resources.items():
        if resource.type.startswith("AWS::IAM::"):
            continue
        for part in POLICY_PROPERTIES:
            if part in resource.properties and name not in RESOURCE_POLICIES:
                yield f"{name} has a {part}, which permissions.py doesn't list"
        if name in RESOURCE_POLICIES:
            found = {
                statement.get("Sid"): (
                    " ".join(str(who) for who in statement.get("Principal", {}).values()),
                    " ".join(as_list(statement.get("Action", []))),
                    statement.get("Condition", {}),
                )
                for part in POLICY_PROPERTIES
                for statement in as_list(resource.get(part, "Statement", default=[]))
            }
            for sid in sorted(found.keys() | RESOURCE_POLICIES[name].keys(), key=str):
                if found.get(sid) != RESOURCE_POLICIES[name].get(sid):
                    yield f"{name}, {sid}: its policy isn't the one that permissions.py lists"


def _holders(stack):
    """For each role the function that has it, or its own name; functions that share one are named together."""
    holders = {}
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        role = str(function.get("Role")).removeprefix("${").removesuffix(".Arn}")
        holders[role] = f"{holders[role]} and {name}" if role in holders else name
    return {name: holders.get(name, name) for name in stack.of_type("AWS::IAM::Role")}


def _expected(stack, holder):
    function = stack.resources.get(holder)
    traced = function is not None and function.get("TracingConfig", "Mode") == "Active"
    return {**ALLOWED.get(holder, {}), **(ALLOWED_WHEN_TRACED if traced else {})}


def _trusts(role, service):
    """Whether this service may take on the role, always, and nobody else may."""
    statements = as_list(role.get("AssumeRolePolicyDocument", "Statement", default=[]))
    plain = [
        {key: as_list(part) if key == "Action" else part for key, part in statement.items() if key != "Sid"}
        for statement in statements
    ]
    return plain == [{"Effect": "Allow", "Principal": {"Service": service}, "Action": ["sts:AssumeRole"]}]


def _inline(role):
    for policy in role.get("Policies", default=[]):
        yield from as_list(policy["PolicyDocument"]["Statement"])


def _attached(stack, role):
    for policy in stack.of_type("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy").values():
        if f"${{{role}}}" in [*policy.get("Roles", default=[]), policy.get("RoleName")]:
            yield from as_list(policy.get("PolicyDocument", "Statement"))


def _grants(statement):
    """A statement as (sid, action, resource), one for each pair that it allows; what isn't said is everything."""
    for action in as_list(statement.get("Action", "*")):
        for resource in as_list(statement.get("Resource", "*")):
            yield statement.get("Sid", "(no Sid)"), action, resource


def _differences(holder, statements, expected):
    found = set()
    for statement in statements:
        odd = statement.keys() - {"Sid", "Effect", "Action", "Resource"}
        if odd or statement.get("Effect") != "Allow":
            reason = ", ".join(sorted(odd)) or statement.get("Effect")
            yield f", {statement.get('Sid')}: is no plain permission ({reason})"
        found.update(_grants(statement))
    wanted = {
        (sid, action, resource)
        for sid, (actions, resources) in expected.items()
        for action in actions.split()
        for resource in resources.split()
    }
    for sid, action, resource in sorted(found - wanted):
        yield f", {sid}: allows {action} on {resource}, which permissions.py doesn't list"
    for sid, action, resource in sorted(wanted - found):
        yield f", {sid}: doesn't allow {action} on {resource}, which it needs"
