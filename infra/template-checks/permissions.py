"""Who may do what, by rules that hold for every role. That a function may do what it does, and nothing more, is what
RolesTest holds: it compares each role with what its function was seen to ask for.
"""

from functions import PRE_TRAFFIC_CHECK, scheduled, serving
from tables import tables_of
from translated import as_list

# A connection's id is known only once its socket is open, so the address that allows posting to it, or closing it,
# can't name it.
EVERY_SOCKET = {
    f"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{SocketApi}}/live/{verb}/@connections/*"
    for verb in ("POST", "DELETE")
}
# CloudFormation names the deployment groups.
EVERY_DEPLOYMENT = (
    "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}"
    ":deploymentgroup:${ServerlessDeploymentApplication}/*"
)
# An identity of SES is an address or its domain; the condition names the address.
EVERY_IDENTITY = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*"
FROM_OWN_ADDRESS = {"StringEquals": {"ses:FromAddress": "${MailFrom}"}}
# Itself, which its role can't refer to: the function refers to its role.
EVERY_AUTH = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-AuthFunction-*"
# What the one function may that sends mail, while there is mail.
MAILING = "AuthFunction"
TO_MAIL = {("ses:SendEmail", EVERY_IDENTITY), ("lambda:InvokeFunction", EVERY_AUTH)}

# What the one function may that signs links to attachments, which let others do the same: with objects of one prefix,
# and not to list them.
LINKING = "MediaFunction"
EVERY_OBJECT = "arn:${AWS::Partition}:s3:::${MediaBucket}/media/*"
OF_OBJECTS = {f"s3:{verb}" for verb in ("PutObject", "GetObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts")}

# What may be asked of a table: for items by their keys. A Scan reads, and is billed for, the whole of it.
OF_ITEMS = {"dynamodb:Query"} | {
    f"dynamodb:{verb}Item" for verb in ("Get", "BatchGet", "Put", "Update", "Delete", "BatchWrite", "ConditionCheck")
}
TO_LOG = {"logs:CreateLogStream", "logs:PutLogEvents"}
# While the function is traced, and not otherwise.
TO_TRACE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}

DEPLOYMENT_ROLE = "DeploymentRole"
GATEWAY_LOG_ROLE = "GatewayLogRole"

# Roles with a policy that AWS wrote.
MANAGED = {
    # The one that API Gateway asks for: with it, it writes the access logs of every API of the account.
    GATEWAY_LOG_ROLE: ["arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
}
# Who may take on a role; where it isn't here, the functions that have it.
TRUSTED = {DEPLOYMENT_ROLE: "codedeploy.amazonaws.com", GATEWAY_LOG_ROLE: "apigateway.amazonaws.com"}

OF_DISTRIBUTION = {
    "StringEquals": {"aws:SourceArn": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"}
}
# Policies that resources carry: who may use them, or may not.
RESOURCE_POLICIES = {
    # The topic's key: the account's administrators through their own policies, and alarms of this account.
    "AlarmKey": {
        "Account": ("Allow", "arn:${AWS::Partition}:iam::${AWS::AccountId}:root", "kms:*", {}),
        "Alarms": (
            "Allow",
            "cloudwatch.amazonaws.com",
            "kms:Decrypt kms:GenerateDataKey*",
            {"StringEquals": {"aws:SourceAccount": "${AWS::AccountId}"}},
        ),
    },
    # Nobody is let in: who has a link asks as the function that signed it.
    "MediaBucketPolicy": {"TlsOnly": ("Deny", "*", "s3:*", {"Bool": {"aws:SecureTransport": "false"}})},
    # The one distribution, to read.
    "WebBucketPolicy": {
        "TlsOnly": ("Deny", "*", "s3:*", {"Bool": {"aws:SecureTransport": "false"}}),
        "Files": ("Allow", "cloudfront.amazonaws.com", "s3:GetObject", OF_DISTRIBUTION),
        "Absent": ("Allow", "cloudfront.amazonaws.com", "s3:ListBucket", OF_DISTRIBUTION),
    },
}
POLICY_PROPERTIES = ("KeyPolicy", "Policy", "PolicyDocument", "ResourcePolicy", "RepositoryPolicyText")


def roles(stack):
    """Every function has a role of its own; each role allows only what its kind may, to whom it says."""
    holders = _holders(stack)
    for function in sorted(stack.of_type("AWS::Lambda::Function").keys() - holders.values()):
        yield f"{function} has no role of its own"
    for name, role in stack.of_type("AWS::IAM::Role").items():
        holder = holders[name]
        if holder == name and name not in TRUSTED:
            yield f"{name} is the role of no function"
        statements = [*_inline(role), *_attached(stack, name)]
        for fault in [*_unclear(statements), *_faults(stack, holder, statements)]:
            yield f"{holder}, {fault}"
        managed = role.get("ManagedPolicyArns", default=[])
        for policy in sorted({*managed} ^ {*MANAGED.get(holder, [])}):
            has = "has" if policy in managed else "doesn't have"
            yield f"{holder}: {has} the managed policy {policy}, unlike permissions.py"
        trusted = TRUSTED.get(holder, "lambda.amazonaws.com")
        if not _trusts(role, trusted):
            yield f"{holder}: its role may not be taken on by {trusted} alone"


def wildcards(stack):
    """No action is a pattern, and no resource but where AWS gives no other way."""
    allowed = {
        **{resource: {"execute-api:ManageConnections"} for resource in EVERY_SOCKET},
        EVERY_DEPLOYMENT: {"codedeploy:PutLifecycleEventHookExecutionStatus"},
        # The version that is checked is made with the role that allows it, which takes time to spread.
        **{
            f"${{{name}.Arn}}:*": {"lambda:InvokeFunction", "lambda:GetProvisionedConcurrencyConfig"}
            for name in serving(stack)
        },
        EVERY_IDENTITY: {"ses:SendEmail"},
        EVERY_AUTH: {"lambda:InvokeFunction"},
        # An object's name is drawn.
        EVERY_OBJECT: OF_OBJECTS,
        # AWS lets these name no resource.
        "*": {*TO_TRACE, "cloudwatch:DescribeAlarms"},
    }
    for name, role in stack.of_type("AWS::IAM::Role").items():
        for statement in [*_inline(role), *_attached(stack, name)]:
            for sid, action, resource in _grants(statement):
                if "*" in action or "?" in action:
                    yield f"{name}, {sid}: allows {action}; name each action"
                elif ("*" in resource or "?" in resource) and action not in allowed.get(resource, ()):
                    yield f"{name}, {sid}: allows {action} on {resource}, which is wider than it must be"


def environments(stack):
    """Every function is told of the tables that it may use and of no others, and where to post if it may."""
    functions = stack.of_type("AWS::Lambda::Function")
    told = {name: function.get("Environment", "Variables", default={}) for name, function in functions.items()}
    usable = {name: {resource for _, _, resource in grants(stack, name)} for name in functions}
    for name in functions:
        for table in tables_of(stack):
            if f"${{{table}.Arn}}" in usable[name] and f"${{{table}}}" not in told[name].values():
                yield f"{name} may use {table} but isn't told of it"
            # The globals tell every function where public keys are, since nearly all check tokens.
            everyone = all(f"${{{table}}}" in variables.values() for variables in told.values())
            if f"${{{table}}}" in told[name].values() and f"${{{table}.Arn}}" not in usable[name] and not everyone:
                yield f"{name} is told of {table} but may not use it"
        if EVERY_SOCKET & usable[name] and "${SocketApi}" not in str(told[name].get("SOCKET_ENDPOINT")):
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
                    statement.get("Effect"),
                    _principals(statement.get("Principal", {})),
                    " ".join(as_list(statement.get("Action", []))),
                    statement.get("Condition", {}),
                )
                for part in POLICY_PROPERTIES
                for statement in as_list(resource.get(part, "Statement", default=[]))
            }
            for sid in sorted(found.keys() | RESOURCE_POLICIES[name].keys(), key=str):
                if found.get(sid) != RESOURCE_POLICIES[name].get(sid):
                    yield f"{name}, {sid}: its policy isn't the one that permissions.py lists"


def _principals(principal):
    return principal if isinstance(principal, str) else " ".join(str(who) for who in principal.values())


def grants(stack, function):
    """What a function may: (sid, action, resource), by all policies of its role."""
    for role, holder in _holders(stack).items():
        if holder == function:
            for statement in [*_inline(stack.resources[role]), *_attached(stack, role)]:
                yield from _grants(statement)


def _holders(stack):
    """For each role the function that has it, or its own name; functions that share one are named together."""
    holders = {}
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        role = str(function.get("Role")).removeprefix("${").removesuffix(".Arn}")
        holders[role] = f"{holders[role]} and {name}" if role in holders else name
    return {name: holders.get(name, name) for name in stack.of_type("AWS::IAM::Role")}


def _unclear(statements):
    """Statements that aren't plain permissions with a name of their own."""
    names = [statement.get("Sid") for statement in statements]
    for statement, name in zip(statements, names):
        odd = statement.keys() - {"Sid", "Effect", "Action", "Resource", "Condition"}
        if odd or statement.get("Effect") != "Allow":
            yield f"{name}: is no plain permission ({', '.join(sorted(odd)) or statement.get('Effect')})"
        own_mail = "ses:SendEmail" in as_list(statement.get("Action", []))
        if own_mail and statement.get("Condition") != FROM_OWN_ADDRESS:
            yield f"{name}: sends mail from other addresses than the operator's"
        if "Condition" in statement and not own_mail and not _narrows(statement):
            yield f"{name}: has a condition that isn't one on a table's attributes and on what is answered"
        if name is None or names.count(name) > 1:
            yield f"{name}: a statement has no name of its own"


def _narrows(statement):
    """Whether a condition names the attributes that requests may name, and keeps answers from holding others. Of a
    request that names none, the first part alone is true.
    """
    actions = {action.removeprefix("dynamodb:") for action in as_list(statement["Action"])}
    answered = {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}
    if actions & {"PutItem", "UpdateItem", "DeleteItem"}:
        answered = {"dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"]}
    condition = statement["Condition"]
    named = condition.get("ForAllValues:StringEquals", {})
    return (
        condition.keys() == {"ForAllValues:StringEquals", "StringEqualsIfExists"}
        and named.keys() == {"dynamodb:Attributes"}
        and condition["StringEqualsIfExists"] == answered
        and (actions <= {"PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"} or actions <= {"GetItem", "BatchGetItem", "Query"})
    )


def _faults(stack, holder, statements):
    found = {grant for statement in statements for grant in _grants(statement)}
    if holder in (*serving(stack), *scheduled(stack)):
        yield from _misplaced(stack, holder, found)
        return
    wanted = {
        (sid, action, resource)
        for sid, (actions, resources) in _wanted(stack, holder).items()
        for action in actions
        for resource in resources
    }
    for sid, action, resource in sorted(found - wanted):
        yield f"{sid}: allows {action} on {resource}, which permissions.py doesn't list"
    for sid, action, resource in sorted(wanted - found):
        yield f"{sid}: doesn't allow {action} on {resource}, which it needs"


def _misplaced(stack, function, found):
    """What a function that serves may not do whatever it is for, and what each must."""
    of_tables = {(action, f"${{{table}.Arn}}") for table in tables_of(stack) for action in OF_ITEMS}
    of_sockets = {("execute-api:ManageConnections", sockets) for sockets in EVERY_SOCKET}
    own = _own(stack, function)
    mail = TO_MAIL if function == MAILING else set()
    objects = {(action, EVERY_OBJECT) for action in OF_OBJECTS} if function == LINKING else set()
    for sid, action, resource in sorted(found):
        if (action, resource) not in of_tables | of_sockets | own | mail | objects:
            yield f"{sid}: allows {action} on {resource}, which no function that serves may"
    # No rehearsal shows what is asked of S3, so it is held here that all of it is allowed.
    for action, resource in sorted((own | objects) - {(action, resource) for _, action, resource in found}):
        yield f"doesn't allow {action} on {resource}, which it needs"


def _own(stack, function):
    """What every function may: to write to its own log and, while it is traced, to tell X-Ray."""
    resource = stack.resources[function]
    log = str(resource.get("LoggingConfig", "LogGroup")).removesuffix("}") + ".Arn}"
    traces = TO_TRACE if resource.get("TracingConfig", "Mode") == "Active" else set()
    return {(action, log) for action in TO_LOG} | {(action, "*") for action in traces}


def _wanted(stack, holder):
    """What a role may that serves nobody: {statement: (actions, resources)}. No rehearsal of a request shows it."""
    functions = [f"${{{name}.Arn}}" for name in serving(stack)]
    if holder == PRE_TRAFFIC_CHECK:
        own = _own(stack, holder)
        return {
            "NewVersions": (["lambda:InvokeFunction"], [f"{arn}:*" for arn in functions]),
            "Verdict": (["codedeploy:PutLifecycleEventHookExecutionStatus"], [EVERY_DEPLOYMENT]),
            "Logs": (TO_LOG, {resource for action, resource in own if action in TO_LOG}),
            "Traces": (TO_TRACE, {resource for action, resource in own if action in TO_TRACE}),
        }
    if holder == DEPLOYMENT_ROLE:
        return {
            "Traffic": (
                ["lambda:GetAlias", "lambda:UpdateAlias"],
                [*functions, *(f"{arn}:live" for arn in functions)],
            ),
            "Versions": (["lambda:GetProvisionedConcurrencyConfig"], [f"{arn}:*" for arn in functions]),
            "Check": (["lambda:InvokeFunction"], [f"${{{PRE_TRAFFIC_CHECK}.Arn}}"]),
            "Alarms": (["cloudwatch:DescribeAlarms"], ["*"]),
        }
    return {}


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
