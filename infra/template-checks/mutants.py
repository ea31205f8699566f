"""The template, broken in each of many ways, and which check is to notice.

A check that nothing here trips might as well not be there; test_template.py holds that each is tripped.
"""

import copy
import typing

from checks import faults
from translated import DEPLOYMENTS, NESTED, as_list, deploy


class Mutant(typing.NamedTuple):
    name: str
    break_it: typing.Callable
    """Changes a parsed template in place; fails if what it is to break isn't there."""
    caught_by: set
    """The checks that say so, all of them."""
    says: str
    """Something that one of the faults must say."""


def faults_of(mutant, template):
    """What the checks say of the template when it is so broken, with every option of the stack switched on."""
    broken = copy.deepcopy(template)
    mutant.break_it(broken)
    if broken == template:
        raise ValueError(f"{mutant.name}: nothing was changed")
    return faults(deploy(broken, DEPLOYMENTS["with everything"]))


MUTANTS = []


def mutant(name, *caught_by, says):
    def register(break_it):
        MUTANTS.append(Mutant(name, break_it, set(caught_by), says))
        return break_it

    return register


# ---- permissions -----------------------------------------------------------------------------------------------------
# That a function's role allows less or more than it needs, of what functions may at all, is RolesTest's to notice: it
# breaks roles in more ways.


@mutant("an action more", "permissions", says="RelayFunction, Messages: allows dynamodb:Scan")
def _(template):
    statement(template, "RelayFunctionRole", "Messages")["Action"].append("dynamodb:Scan")


@mutant("a log that can't be written to", "permissions", says="AuthFunction, doesn't allow logs:PutLogEvents on")
def _(template):
    statement(template, "AuthFunctionRole", "Logs")["Action"].remove("logs:PutLogEvents")


@mutant(
    "a release that may check less",
    "permissions",
    says="doesn't allow lambda:InvokeFunction on ${KeysFunction.Arn}:*",
)
def _(template):
    statement(template, "PreTrafficCheckRole", "NewVersions")["Resource"].pop(3)


@mutant("a statement without a name", "permissions", says="a statement has no name of its own")
def _(template):
    statement(template, "KeysFunctionRole", "Limits")["Sid"] = "Bundles"


@mutant("a right with a condition", "permissions", says="RelayFunction, Messages: has a condition that isn't one on")
def _(template):
    statement(template, "RelayFunctionRole", "Messages")["Condition"] = {"Bool": {"aws:SecureTransport": "true"}}


@mutant("every action", "permissions", "wildcards", says="ContactsFunction, Contacts: allows dynamodb:*")
def _(template):
    statement(template, "ContactsFunctionRole", "Contacts")["Action"] = "dynamodb:*"


@mutant("objects listed", "permissions", "wildcards", says="MediaFunction, Objects: allows s3:ListBucket")
def _(template):
    statement(template, "MediaFunctionRole", "Objects")["Action"].append("s3:ListBucket")


@mutant("every object", "permissions", "wildcards", says="which is wider than it must be")
def _(template):
    statement(template, "MediaFunctionRole", "Objects")["Resource"] = {"Fn::Sub": "${MediaBucket.Arn}/*"}


@mutant("objects for the relay", "permissions", says="RelayFunction, Objects: allows s3:GetObject")
def _(template):
    statements(template, "RelayFunctionRole").append(statement(template, "MediaFunctionRole", "Objects"))


@mutant("uploads that can't be deleted", "permissions", says="MediaFunction, doesn't allow s3:DeleteObject on")
def _(template):
    statement(template, "MediaFunctionRole", "Objects")["Action"].remove("s3:DeleteObject")


@mutant("every table", "permissions", "wildcards", "environments", says="on *, which is wider than it must be")
def _(template):
    statement(template, "ConnectionsFunctionRole", "Messages")["Resource"] = "*"


@mutant("another statement", "environments", says="RelayFunction may use AccountEmailsTable but isn't told of it")
def _(template):
    statements(template, "RelayFunctionRole").append(
        allow("Emails", "dynamodb:GetItem", {"Fn::GetAtt": ["AccountEmailsTable", "Arn"]})
    )


@mutant("signing keys for the relay", "environments", "signing keys", says="only the role of AuthFunction may")
def _(template):
    statements(template, "RelayFunctionRole").append(
        allow("SigningKeys", "dynamodb:Query", {"Fn::GetAtt": ["SigningKeysTable", "Arn"]})
    )


@mutant("credentials for the relay", "environments", "credentials", says="only the role of AuthFunction may")
def _(template):
    statements(template, "RelayFunctionRole").append(
        allow("Credentials", "dynamodb:GetItem", {"Fn::GetAtt": ["CredentialsTable", "Arn"]})
    )


@mutant("whole accounts for the relay", "permissions", says="RelayFunction, ReadAccounts: has a condition that isn't one")
def _(template):
    del statement(template, "RelayFunctionRole", "ReadAccounts")["Condition"]["StringEqualsIfExists"]


@mutant(
    "the signing keys' table told to the relay",
    "environments",
    "signing keys",
    says="RelayFunction is told of SigningKeysTable: only",
)
def _(template):
    environment(template, "RelayFunction")["SIGNING_KEYS_TABLE"] = {"Ref": "SigningKeysTable"}


@mutant("a role for two functions", "permissions", "environments", says="RelayFunction has no role of its own")
def _(template):
    properties(template, "RelayFunction")["Role"] = {"Fn::GetAtt": ["ContactsFunctionRole", "Arn"]}


@mutant(
    "a role of SAM's making", "permissions", "environments", says="AWSLambdaBasicExecutionRole, unlike permissions.py"
)
def _(template):
    # The other has the name that SAM would give its own.
    del properties(template, "RelayFunction")["Role"]
    del template["Resources"]["RelayFunctionRole"]


@mutant("a role for other accounts", "permissions", says="may not be taken on by lambda.amazonaws.com alone")
def _(template):
    trust = properties(template, "AuthFunctionRole")["AssumeRolePolicyDocument"]["Statement"][0]
    trust["Principal"] = {"AWS": "*"}


@mutant("a table that isn't told of", "environments", says="AuthFunction may use SessionsTable but isn't told of it")
def _(template):
    del environment(template, "AuthFunction")["SESSIONS_TABLE"]


@mutant("a key for everyone", "resource policies", says="AlarmKey, Alarms")
def _(template):
    for granted in properties(template, "AlarmKey")["KeyPolicy"]["Statement"]:
        granted["Principal"] = {"AWS": "*"}


# ---- routes ----------------------------------------------------------------------------------------------------------


@mutant("a REST route less", "rest routes", says="PATCH /users/me is in infra/openapi.yaml but has no route")
def _(template):
    del properties(template, "AuthFunction")["Events"]["ChangeProfile"]


@mutant("a REST route more", "rest routes", says="GET /debug is a route but not in infra/openapi.yaml")
def _(template):
    properties(template, "AuthFunction")["Events"]["Debug"] = {
        "Type": "Api",
        "Properties": {"RestApiId": {"Ref": "RestApi"}, "Method": "GET", "Path": "/debug"},
    }


@mutant("a method that browsers may not use", "preflights", says="PATCH /users/me can't be called by browsers")
def _(template):
    cors = properties(template, "RestApi")["Cors"]
    cors["AllowMethods"] = cors["AllowMethods"].replace("PATCH,", "")


@mutant("a stage of SAM's making", "stages", says="makes a stage Stage, without limits, logs or firewall")
def _(template):
    del properties(template, "RestApi")["OpenApiVersion"]


@mutant("an API of two names", "stages", "alarms", says="RestApi is called chat, and its definition ${AWS::StackName}")
def _(template):
    properties(template, "RestApi")["Name"] = "chat"


@mutant("old TLS", "stages", says="SocketDomain lets TLS older than 1.2 in")
def _(template):
    properties(template, "SocketDomain")["DomainNameConfigurations"][0]["SecurityPolicy"] = "TLS_1_0"


@mutant("a domain that leads elsewhere", "stages", says="RestDomain doesn't lead to the stage of RestApi")
def _(template):
    del template["Resources"]["RestMapping"]


@mutant("a firewall before nothing", "stages", says="FirewallOfRestApi doesn't put the firewall before RestApi")
def _(template):
    properties(template, "FirewallOfRestApi")["ResourceArn"] = {"Ref": "SocketApi"}


@mutant("a socket route less", "socket routes", "invocations", says="read_confirmation is received by infra/asyncapi")
def _(template):
    del template["Resources"]["SocketApiReadConfirmationRoute"]


@mutant("a socket route more", "socket routes", says="shout is a route but no operation of infra/asyncapi.yaml")
def _(template):
    routes = properties(template, "SocketApi")["Routes"]
    routes["shout"] = copy.deepcopy(routes["typing"])


@mutant("a reply less", "socket routes", says="ping replies to its sender but has no route response")
def _(template):
    del template["Resources"]["SocketApiPingResponse"]


@mutant(
    "sockets open to anyone",
    "socket routes",
    "functions",
    "permissions",
    "wildcards",
    says="$connect has no authorizer",
)
def _(template):
    del properties(template, "SocketApi")["Auth"]


@mutant("a route that may not call", "invocations", says="no permission lets ${SocketApi}/live/delivery_confirmation")
def _(template):
    del template["Resources"]["SocketApiDeliveryConfirmationPermission"]


@mutant("a function with an address of its own", "invocations", says="lets * invoke a function")
def _(template):
    properties(template, "AuthFunction")["FunctionUrlConfig"] = {"AuthType": "NONE"}


# ---- functions -------------------------------------------------------------------------------------------------------


@mutant("a route past the alias", "aliases", says="refers to ConnectionsFunction itself, not to its alias")
def _(template):
    properties(template, "SocketApi")["Routes"]["ping"]["FunctionArn"] = {"Fn::GetAtt": ["ConnectionsFunction", "Arn"]}


@mutant(
    "functions without alias",
    "aliases",
    "snap start",
    "invocations",
    "alarms",
    says="RelayFunction has no alias of a published version",
)
def _(template):
    shared = template["Globals"]["Function"]
    for setting in ("AutoPublishAlias", "DeploymentPreference"):
        del shared[setting]
    for resource in template["Resources"].values():
        if resource.get("Properties", {}).get("DeploymentPreference", {}).get("Alarms"):
            del resource["Properties"]["DeploymentPreference"]


@mutant("a cold start", "snap start", says="RelayFunction has no SnapStart")
def _(template):
    properties(template, "RelayFunction")["SnapStart"] = {"ApplyOn": "None"}


@mutant("snapshots that are let go", "snapshots", says="within 14 days: rate(30 days)")
def _(template):
    properties(template, "SnapshotsKept")["ScheduleExpression"] = "rate(30 days)"


@mutant("a weekly call that calls nothing live", "snapshots", says="within 14 days: no schedule")
def _(template):
    del properties(template, "SnapshotsKept")["Targets"][0]["Input"]


@mutant("all traffic at once", "canaries", says="AuthFunction: its traffic moves by CodeDeployDefault.LambdaAllAtOnce")
def _(template):
    template["Parameters"]["DeploymentType"]["Default"] = "AllAtOnce"


@mutant(
    "a release without canary", "canaries", "alarms", says="RelayFunction: its traffic moves to a new version all at"
)
def _(template):
    properties(template, "RelayFunction")["DeploymentPreference"] = {"Enabled": False}


@mutant("a release that nobody checks", "canaries", says="isn't checked by PreTrafficCheckFunction")
def _(template):
    del template["Globals"]["Function"]["DeploymentPreference"]["Hooks"]


@mutant("a version that the check isn't told of", "canaries", says="RelayFunction: PreTrafficCheckFunction isn't told")
def _(template):
    del environment(template, "PreTrafficCheckFunction")["RELAY_VERSION"]


@mutant("a release that no alarm stops", "canaries", "alarms", says="RelayFunction: no alarm on its new version")
def _(template):
    properties(template, "RelayFunction")["DeploymentPreference"] = {"Alarms": [{"Ref": "AuthReleaseFailing"}]}


@mutant("a release alarm that its mend inherits", "canaries", says="RelayReleaseFailing stops the release that mends")
def _(template):
    del properties(template, "RelayReleaseFailing")["AlarmName"]


@mutant("a release alarm on the newest minute", "alarms", says="RelayReleaseFailing needs the newest period")
def _(template):
    properties(template, "RelayReleaseFailing")["EvaluationPeriods"] = 1


@mutant(
    "a function that nobody told of",
    "functions",
    "permissions",
    "environments",
    "log groups",
    says="BackdoorFunction is called by no route, authorizer, schedule or release",
)
def _(template):
    template["Resources"]["BackdoorFunction"] = copy.deepcopy(template["Resources"]["SocketAuthorizerFunction"])


# ---- tables ----------------------------------------------------------------------------------------------------------


@mutant(
    "a table less", "tables", "alarms", "permissions", says="ContactsTable is gone, but ContactsFunctionRole refers to it"
)
def _(template):
    template["Resources"]["FriendsTable"] = template["Resources"].pop("ContactsTable")


@mutant("messages for ever", "tables", says="RelayMessagesTable neither expires nor has a backup")
def _(template):
    del properties(template, "RelayMessagesTable")["TimeToLiveSpecification"]


@mutant("accounts that expire", "tables", says="AccountsTable expires by last_seen, not by expires_at")
def _(template):
    properties(template, "AccountsTable")["TimeToLiveSpecification"] = {"AttributeName": "last_seen", "Enabled": True}


@mutant("another key", "tables", says="RelayMessagesTable declares recipient_id, which is not in its key")
def _(template):
    del properties(template, "RelayMessagesTable")["KeySchema"][0]
    properties(template, "RelayMessagesTable")["KeySchema"][0]["KeyType"] = "HASH"


@mutant("no encryption", "tables", says="SessionsTable doesn't say that it is encrypted")
def _(template):
    del properties(template, "SessionsTable")["SSESpecification"]


@mutant("a backup of messages", "tables", says="RelayMessagesTable is backed up")
def _(template):
    backup(template, "RelayMessagesTable")["PointInTimeRecoveryEnabled"] = True


@mutant("no backup of accounts", "tables", says="AccountsTable neither expires nor has a backup")
def _(template):
    backup(template, "AccountsTable")["PointInTimeRecoveryEnabled"] = False


@mutant("a stream of messages", "tables", says="RelayMessagesTable has a StreamSpecification")
def _(template):
    properties(template, "RelayMessagesTable")["StreamSpecification"] = {"StreamViewType": "NEW_IMAGE"}


@mutant("accounts gone with the stack", "tables", says="its DeletionPolicy isn't RetainExceptOnCreate")
def _(template):
    del template["Resources"]["AccountsTable"]["DeletionPolicy"]


@mutant("tables deleted by a slip", "tables", says="TokenKeysTable can be deleted by a slip")
def _(template):
    template["Parameters"]["DeletionProtection"]["Default"] = "false"


@mutant("capacity by the hour", "tables", says="ConnectionsTable isn't billed by request")
def _(template):
    properties(template, "ConnectionsTable")["BillingMode"] = "PROVISIONED"


# ---- logs and alarms -------------------------------------------------------------------------------------------------


@mutant("a bucket for everybody", "resource policies", says="MediaBucketPolicy, TlsOnly: its policy isn't the one")
def _(template):
    properties(template, "MediaBucketPolicy")["PolicyDocument"]["Statement"][0]["Effect"] = "Allow"


@mutant("a bucket that can be made public", "buckets", says="MediaBucket can be made public: its BlockPublicPolicy")
def _(template):
    properties(template, "MediaBucket")["PublicAccessBlockConfiguration"]["BlockPublicPolicy"] = False


@mutant("a bucket without TLS", "buckets", says="MediaBucket has no policy that refuses what comes without TLS")
def _(template):
    del template["Resources"]["MediaBucketPolicy"]


@mutant("access lists", "buckets", says="isn't BucketOwnerEnforced")
def _(template):
    del properties(template, "MediaBucket")["OwnershipControls"]


@mutant("an unencrypted bucket", "buckets", says="MediaBucket doesn't say that it is encrypted")
def _(template):
    del properties(template, "MediaBucket")["BucketEncryption"]


@mutant("versions of attachments", "buckets", says="what is deleted would live on")
def _(template):
    properties(template, "MediaBucket")["VersioningConfiguration"] = {"Status": "Enabled"}


@mutant("a bucket that logs", "buckets", says="has a LoggingConfiguration")
def _(template):
    properties(template, "MediaBucket")["LoggingConfiguration"] = {"LogFilePrefix": "of"}


@mutant("attachments for ever", "buckets", says="MediaBucket doesn't delete what is 7 days old")
def _(template):
    properties(template, "MediaBucket")["LifecycleConfiguration"]["Rules"][0]["Status"] = "Disabled"


@mutant("broken uploads for ever", "buckets", says="MediaBucket doesn't give up what isn't uploaded")
def _(template):
    properties(template, "MediaBucket")["LifecycleConfiguration"]["Rules"].pop()


@mutant("pages of everybody", "buckets", says="lets other pages in than those of AllowedOrigin")
def _(template):
    properties(template, "MediaBucket")["CorsConfiguration"]["CorsRules"][0]["AllowedOrigins"] = ["https://example.org"]


@mutant("pages that delete", "buckets", says="has AllowedMethods GET, PUT, DELETE")
def _(template):
    properties(template, "MediaBucket")["CorsConfiguration"]["CorsRules"][0]["AllowedMethods"].append("DELETE")


@mutant("attachments gone with the stack", "buckets", says="its DeletionPolicy isn't RetainExceptOnCreate")
def _(template):
    template["Resources"]["MediaBucket"]["DeletionPolicy"] = "Delete"


@mutant("logs for ever", "log groups", says="RelayLogs keeps its logs for ever")
def _(template):
    del properties(template, "RelayLogs")["RetentionInDays"]


@mutant("a function without log group", "log groups", "permissions", says="AuthFunction has no log group")
def _(template):
    del properties(template, "AuthFunction")["LoggingConfig"]


@mutant("a stage without access log", "log groups", "access logs", says="SocketApiliveStage has no log group")
def _(template):
    del properties(template, "SocketApi")["AccessLogSettings"]


@mutant("paths in the access log", "access logs", says="RestApiliveStage: its access log tells path")
def _(template):
    log_also(properties(template, "RestApi")["AccessLogSetting"], "$context.path")


@mutant("query strings in the access log", "access logs", says="requestOverride.querystring.token")
def _(template):
    log_also(properties(template, "SocketApi")["AccessLogSettings"], "$context.requestOverride.querystring.token")


@mutant("addresses in the access log", "access logs", says="RestApiliveStage: its access log tells identity.sourceIp")
def _(template):
    log_also(properties(template, "RestApi")["AccessLogSetting"], "$context.identity.sourceIp")


@mutant("users in the access log", "access logs", says="SocketApiliveStage: its access log tells authorizer.user_id")
def _(template):
    log_also(properties(template, "SocketApi")["AccessLogSettings"], "$context.authorizer.user_id")


@mutant("bodies in the log", "access logs", says="writes bodies and tokens into the log")
def _(template):
    properties(template, "RestApi")["MethodSettings"][0]["DataTraceEnabled"] = True


@mutant(
    "an alarm less", "alarms", says="no alarm watches WriteThrottleEvents (Sum, AWS/DynamoDB) of ${RelayMessagesTable}"
)
def _(template):
    del holding(template, "RelayMessagesTableFailing")["RelayMessagesTableFailing"]


@mutant("a weekly call that fails unseen", "alarms", says="(Sum, AWS/Lambda) of ${PreTrafficCheckFunction}")
def _(template):
    del holding(template, "SnapshotsForgotten")["SnapshotsForgotten"]


@mutant("an alarm that tells nobody", "alarms", says="RestApiFailing tells nobody")
def _(template):
    del properties(template, "RestApiFailing")["AlarmActions"]


@mutant("an alarm on the mean", "alarms", says="no alarm watches Duration (p99, AWS/Lambda) of ${RelayFunction}")
def _(template):
    slow = properties(template, "RelaySlow")
    del slow["ExtendedStatistic"]
    slow["Statistic"] = "Average"


@mutant("no throttle", "throttling", says="SocketApiliveStage has no ThrottlingRateLimit")
def _(template):
    del properties(template, "SocketApi")["DefaultRouteSettings"]["ThrottlingRateLimit"]


# ---- the browser client ----------------------------------------------------------------------------------------------


@mutant("another policy of contents", "web headers", says="files have Content-Security-Policy: default-src 'self'")
def _(template):
    security = properties(template, "WebHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    security["ContentSecurityPolicy"]["ContentSecurityPolicy"] = "default-src 'self'"


@mutant("a header less", "web headers", says="files have Permissions-Policy: None")
def _(template):
    properties(template, "WebHeaders")["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"].pop()


@mutant("a header more", "web headers", says="files have X-Powered-By: CloudFront")
def _(template):
    properties(template, "WebHeaders")["ResponseHeadersPolicyConfig"]["CustomHeadersConfig"]["Items"].append(
        {"Header": "X-Powered-By", "Value": "CloudFront", "Override": True}
    )


@mutant("a header that gives way", "web headers", says="Referrer-Policy gives way to what an object says")
def _(template):
    security = properties(template, "WebHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    security["ReferrerPolicy"]["Override"] = False


@mutant("files without headers", "web headers", says="files have Content-Security-Policy: None")
def _(template):
    del distribution(template)["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]


@mutant("attachments as pages", "web headers", says="attachments may be pages of the client's own origin")
def _(template):
    del behavior(template, "/media/*")["ResponseHeadersPolicyId"]


@mutant("answers that are kept", "web distribution", says="/api/v1/* is kept by the distribution")
def _(template):
    behavior(template, "/api/v1/*")["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6"


@mutant("a gateway asked by another name", "web distribution", says="/ws loses headers or the query")
def _(template):
    behavior(template, "/ws")["OriginRequestPolicyId"] = "216adef6-5c7f-47e4-b989-5492eafa07d3"


@mutant("a socket in the clear", "web distribution", says="/ws is served without TLS")
def _(template):
    behavior(template, "/ws")["ViewerProtocolPolicy"] = "allow-all"


@mutant("a path that no stage has", "web distribution", says="/api/v1/* is changed by nothing")
def _(template):
    del behavior(template, "/api/v1/*")["FunctionAssociations"]


@mutant("attachments that can't be uploaded", "web distribution", says="/media/* lets GET, HEAD through")
def _(template):
    behavior(template, "/media/*")["AllowedMethods"] = ["GET", "HEAD"]


@mutant("attachments that anybody reads", "web distribution", says="reads media by its own right")
def _(template):
    origin(template, "media")["OriginAccessControlId"] = {"Ref": "WebAccess"}


@mutant("errors that are kept", "web distribution", says="errors are kept, or answered otherwise: 403")
def _(template):
    distribution(template)["CustomErrorResponses"].pop(1)


@mutant("errors that look like pages", "web distribution", says="errors are kept, or answered otherwise: 404")
def _(template):
    distribution(template)["CustomErrorResponses"][2] |= {"ResponseCode": 200, "ResponsePagePath": "/index.html"}


@mutant("old TLS for the client", "web distribution", says="it lets TLS older than 1.2 in")
def _(template):
    (certificate,) = (part for part in distribution(template)["ViewerCertificate"]["Fn::If"] if "SslSupportMethod" in part)
    certificate["MinimumProtocolVersion"] = "TLSv1_2016"


@mutant("files for every distribution", "resource policies", says="WebBucketPolicy, Files: its policy isn't the one")
def _(template):
    (files,) = (
        part for part in properties(template, "WebBucketPolicy")["PolicyDocument"]["Statement"] if part["Sid"] == "Files"
    )
    del files["Condition"]


@mutant("files for everybody", "buckets", says="WebBucket can be made public: its BlockPublicPolicy")
def _(template):
    properties(template, "WebBucket")["PublicAccessBlockConfiguration"]["BlockPublicPolicy"] = False


@mutant("callers who say where they are", "web proof", says="RestPath doesn't replace X-QuantChat-Viewer")
def _(template):
    code = properties(template, "RestPath")
    code["FunctionCode"] = code["FunctionCode"].replace("{ value: event.viewer.ip }", "request.headers.viewer")


@mutant("a proof that anybody can know", "web proof", says="AuthFunction has a proof that anybody can know")
def _(template):
    environment(template, "AuthFunction")["EDGE_PROOF"] = "xyzzy"


@mutant("a proof for sockets", "web proof", says="not the REST API alone is sent X-QuantChat-Edge")
def _(template):
    origin(template, "sockets")["OriginCustomHeaders"] = origin(template, "rest")["OriginCustomHeaders"]


@mutant("a firewall before CloudFront's servers", "web proof", says="rate-per-address: counts all who share a server")
def _(template):
    del properties(template, "Firewall")["Rules"][0]["Statement"]["RateBasedStatement"]["ScopeDownStatement"]


@mutant("a firewall that believes callers", "web proof", says="rate-per-viewer: believes what anybody says")
def _(template):
    (_, rule, _) = properties(template, "Firewall")["Rules"][1]["Fn::If"]
    del rule["Statement"]["RateBasedStatement"]["ScopeDownStatement"]


@mutant("the proof for the relay", "secrets", says="RelayFunction has a secret resolved into its properties")
def _(template):
    environment(template, "RelayFunction")["EDGE_PROOF"] = environment(template, "AuthFunction")["EDGE_PROOF"]


# ---- secrets ---------------------------------------------------------------------------------------------------------


@mutant("a secret as parameter", "secrets", says="parameter Pepper is hidden, so it must be a secret")
def _(template):
    template["Parameters"]["Pepper"] = {"Type": "String", "NoEcho": True, "Default": "salt"}


@mutant("keys as output", "secrets", says="output Keys leads to SigningKeysTable")
def _(template):
    template["Outputs"]["Keys"] = {"Value": {"Ref": "SigningKeysTable"}}


@mutant("a secret in the environment", "secrets", says="RelayFunction has a secret resolved into its properties")
def _(template):
    environment(template, "RelayFunction")["PEPPER"] = "{{resolve:secretsmanager:pepper}}"


# ---- places in the template ------------------------------------------------------------------------------------------


def holding(template, resource):
    """The resources that it is among: the template's, or those of the one that it attaches."""
    attached = [body["Properties"]["TemplateURL"] for body in template["Resources"].values() if body["Type"] == NESTED]
    (found,) = [part["Resources"] for part in (template, *attached) if resource in part["Resources"]]
    return found


def properties(template, resource):
    return holding(template, resource)[resource]["Properties"]


def distribution(template):
    return properties(template, "Distribution")["DistributionConfig"]


def behavior(template, path):
    (found,) = [found for found in distribution(template)["CacheBehaviors"] if found["PathPattern"] == path]
    return found


def origin(template, name):
    (found,) = [found for found in distribution(template)["Origins"] if found["Id"] == name]
    return found


def environment(template, function):
    return properties(template, function)["Environment"]["Variables"]


def backup(template, table):
    return properties(template, table)["PointInTimeRecoverySpecification"]


def statements(template, role):
    return properties(template, role)["Policies"][0]["PolicyDocument"]["Statement"]


def statement(template, role, sid):
    """The statement of that name, its actions as a list."""
    (found,) = [found for found in statements(template, role) if found.get("Sid") == sid]
    found["Action"] = list(as_list(found["Action"]))
    return found


def allow(sid, action, resource):
    return {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}


def log_also(setting, variable):
    setting["Format"] = setting["Format"].replace("{", f'{{"also":"{variable}",', 1)
