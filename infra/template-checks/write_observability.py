"""Writes infra/observability.yaml: alarms and a dashboard for every function, API and table that template.yaml has.

template.yaml attaches it as a nested stack, and passes the name of each. It is written by rule because nothing in it is
anyone's choice: of each function, API and table the same is watched, and a table's operations are those that the roles
allow. test_template.py holds that it is as this would write it.

Needs the SAM translator; `.ci/run template` installs it:
target/ci/tools/bin/python infra/template-checks/write_observability.py
"""

import json

import yaml

from functions import PRE_TRAFFIC_CHECK, authorizing, keeping_snapshots, scheduled, serving
from permissions import EVERY_SOCKET, grants
from tables import operations, tables_of
from translated import DEPLOYMENTS, OBSERVABILITY, TEMPLATE, deploy, parsed

HEAD = """\
# Written by infra/template-checks/write_observability.py from template.yaml; write it anew after a change there.
"""

MINUTES_5 = 300
DAY = 86400
# The one stage of both APIs.
STAGE = "live"


class Line(dict):
    """A mapping that is written within a line."""


class Writer(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


Writer.add_representer(
    Line, lambda writer, line: writer.represent_mapping("tag:yaml.org,2002:map", line, flow_style=True)
)
Writer.add_representer(
    str,
    lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def ref(name):
    return Line({"Ref": name})


def sub(text):
    return {"Fn::Sub": text}


def text(stack):
    """The nested template for this Stack of template.yaml alone."""
    body = yaml.dump(template(stack), Dumper=Writer, sort_keys=False, default_flow_style=None, width=120)
    return HEAD + body


def template(stack):
    watched = [*serving(stack), *scheduled(stack), PRE_TRAFFIC_CHECK, *keeping_snapshots(stack), *tables_of(stack)]
    numbers = ("FailuresTolerated", "SlowMilliseconds", "ExpiredUnreadTolerated")
    names = ("StackName", "AlarmEmail", "RestApiName", "SocketApi")
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "QuantChat's alarms and dashboard.",
        "Parameters": {name: {"Type": "String"} for name in (*names, *watched)}
        | {name: {"Type": "Number"} for name in numbers},
        "Conditions": {"HasAlarmEmail": {"Fn::Not": [{"Fn::Equals": [ref("AlarmEmail"), ""]}]}},
        "Resources": {**topic(), **alarms(stack), "Dashboard": dashboard(stack)},
        "Outputs": {
            "AlarmTopic": {"Value": ref("AlarmTopic")},
            "Dashboard": {"Value": ref("Dashboard")},
        },
    }


# ---- who is told -----------------------------------------------------------------------------------------------------


def topic():
    """The topic, and a key of its own: CloudWatch can't publish to a topic under the key that AWS manages for SNS."""
    account = {
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": {"AWS": sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
        "Action": "kms:*",
        # This key: a key's policy can name no other.
        "Resource": "*",
    }
    alarms_of_this_account = {
        "Sid": "Alarms",
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}},
    }
    return {
        "AlarmTopic": {"Type": "AWS::SNS::Topic", "Properties": {"KmsMasterKeyId": ref("AlarmKey")}},
        "AlarmKey": {
            "Type": "AWS::KMS::Key",
            "Properties": {
                "Description": "Encrypts what alarms say.",
                "EnableKeyRotation": True,
                "PendingWindowInDays": 7,
                "KeyPolicy": {"Version": "2012-10-17", "Statement": [account, alarms_of_this_account]},
            },
        },
        "AlarmSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Condition": "HasAlarmEmail",
            "Properties": {"TopicArn": ref("AlarmTopic"), "Protocol": "email", "Endpoint": ref("AlarmEmail")},
        },
    }


# ---- alarms ----------------------------------------------------------------------------------------------------------


def alarms(stack):
    made = {}
    tolerated = ref("FailuresTolerated")
    pushing = []
    for function in serving(stack):
        short = function.removesuffix("Function")
        of = {"FunctionName": ref(function)}
        # Faults of a function: those Lambda counts, and those it answered as a 5xx or an error frame, which it counts
        # itself. Refusing is failing for an authorizer: only the faults that it counts itself tell anything.
        failures = {"failures": metric("QuantChat", "Failures", of)}
        if function not in authorizing(stack):
            failures = {"errors": metric("AWS/Lambda", "Errors", of), **failures}
        made[f"{short}Failing"] = alarm(f"{function} fails.", tolerated, failures)
        refused = f"{function} was refused an instance. Raise the quota of concurrent executions."
        made[f"{short}Throttled"] = alarm(refused, 0, {"throttles": metric("AWS/Lambda", "Throttles", of)})
        slow = metric("AWS/Lambda", "Duration", of, "p99")
        about = f"{function} is slow for 1 event in 100."
        made[f"{short}Slow"] = alarm(about, ref("SlowMilliseconds"), {"slow": slow}, periods=3)
        if pushes(stack, function):
            pushing.append(function)
    # Nobody waits for these, so they may take their time; what one run leaves undone the next does, but not for ever.
    for function in scheduled(stack):
        short = function.removesuffix("Function")
        errors = {"errors": metric("AWS/Lambda", "Errors", {"FunctionName": ref(function)})}
        made[f"{short}Failing"] = alarm(f"{function} fails.", tolerated, errors)
    # A call that fails is tried again twice, and one that is refused for 6 hours. Nobody is told but of one that was given
    # up: Errors would count each try, and those that a release's check makes.
    for rule in keeping_snapshots(stack):
        made["SnapshotsForgotten"] = alarm(
            "The weekly call that keeps snapshots failed. Make it within a week: docs/operations.md, Snapshots.",
            0,
            {
                "dropped": metric("AWS/Lambda", "AsyncEventsDropped", {"FunctionName": ref(PRE_TRAFFIC_CHECK)}),
                "uncalled": metric("AWS/Events", "FailedInvocations", {"RuleName": ref(rule)}),
            },
        )
    rest = {"ApiName": ref("RestApiName"), "Stage": STAGE}
    socket = {"ApiId": ref("SocketApi"), "Stage": STAGE}
    made["RestApiFailing"] = alarm(
        "The REST API answers 5xx.", tolerated, {"answers": metric("AWS/ApiGateway", "5XXError", rest)}
    )
    # IntegrationError counts every 4xx of a function, such as a handshake that is refused: that is the caller's fault.
    # What fails in a function is in the function's own alarm.
    made["SocketApiFailing"] = alarm(
        "The WebSocket API can't call its functions.",
        tolerated,
        {"gateway": metric("AWS/ApiGateway", "ExecutionError", socket)},
    )
    # Pushes that failed for another reason than a closed socket. What was to be told is stored all the same.
    made["PushesFailing"] = alarm(
        "Pushes to open sockets fail.",
        tolerated,
        {
            identifier(function.removesuffix("Function")): metric(
                "QuantChat", "FailedPushes", {"FunctionName": ref(function)}
            )
            for function in pushing
        },
    )
    # Uses of what is limited that were let through, since the table of limits failed: nothing bounds them meanwhile.
    made["LimitsFailing"] = alarm(
        "Limits can't be counted, and don't hold.",
        tolerated,
        {
            identifier(function.removesuffix("Function")): metric(
                "QuantChat", "Uncounted", {"FunctionName": ref(function)}
            )
            for function in serving(stack)
            if counts(stack, function)
        },
    )
    # How old the oldest pending message is can't be had without reading all of them; that nobody came for one in 7 days
    # shows when it is deleted, up to some days later.
    messages = {"TableName": ref("RelayMessagesTable")}
    expired = {"expired": metric("AWS/DynamoDB", "TimeToLiveDeletedItemCount", messages, period=DAY)}
    made["MessagesExpiring"] = alarm("Many messages expired unread.", ref("ExpiredUnreadTolerated"), expired)
    # Faults of a table: throttles, and system errors of each operation that the functions use.
    for table in tables_of(stack):
        of = {"TableName": ref(table)}
        faults = {
            "reads": metric("AWS/DynamoDB", "ReadThrottleEvents", of),
            "writes": metric("AWS/DynamoDB", "WriteThrottleEvents", of),
        }
        for operation in operations(stack, table):
            faults[identifier(operation)] = metric("AWS/DynamoDB", "SystemErrors", {**of, "Operation": operation})
        made[f"{table}Failing"] = alarm(f"{table} is throttled or fails.", tolerated, faults)
    return made


def pushes(stack, function):
    return any(resource in EVERY_SOCKET for _, _, resource in grants(stack, function))


def counts(stack, function):
    return any("LimitsTable" in str(resource) for _, _, resource in grants(stack, function))


def metric(namespace, name, dimensions, statistic="Sum", period=MINUTES_5):
    return {"namespace": namespace, "name": name, "dimensions": dimensions, "statistic": statistic, "period": period}


def alarm(about, threshold, metrics, periods=None):
    """An alarm on the sum of metrics, by their identifiers. Those that counted nothing are zero.

    It goes off if that many periods in a row are over the threshold; without a number, if one of the last two is, since
    what happened in the newest isn't all known yet. A day's is known well enough.
    """
    (period,) = {one["period"] for one in metrics.values()}
    if periods or period == DAY:
        judged = {"EvaluationPeriods": periods or 1}
    else:
        judged = {"EvaluationPeriods": 2, "DatapointsToAlarm": 1}
    properties = {
        "AlarmDescription": about,
        "AlarmActions": [ref("AlarmTopic")],
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": threshold,
        **judged,
        "TreatMissingData": "notBreaching",
    }
    # Where DynamoDB counted nothing, an alarm stays as it is, whatever it says of missing data.
    plain = len(metrics) == 1 and all(one["namespace"] != "AWS/DynamoDB" for one in metrics.values())
    if plain:
        (only,) = metrics.values()
        statistic = "Statistic" if only["statistic"] == "Sum" else "ExtendedStatistic"
        properties |= {**counted(only), statistic: only["statistic"], "Period": only["period"]}
    else:
        total = Line(Id="total", Expression="SUM(FILL(METRICS(), 0))", Label="faults")
        properties["Metrics"] = [total]
        for name, one in metrics.items():
            stat = {"Stat": one["statistic"], "Period": one["period"], "Metric": counted(one)}
            properties["Metrics"].append(Line(Id=name, ReturnData=False, MetricStat=stat))
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


def counted(one):
    dimensions = [Line(Name=name, Value=value) for name, value in one["dimensions"].items()]
    return {"Namespace": one["namespace"], "MetricName": one["name"], "Dimensions": dimensions}


def identifier(name):
    """A metric's identifier in an alarm begins with a small letter."""
    return name[0].lower() + name[1:]


# ---- dashboard -------------------------------------------------------------------------------------------------------


def dashboard(stack):
    """Not under the name that it had when it stood in template.yaml itself: an update makes the new one before it
    deletes the old one, and would delete both.
    """
    functions = serving(stack)
    tables = tables_of(stack)
    pushing = [function for function in functions if pushes(stack, function)]
    rest = ["ApiName", "${RestApiName}", "Stage", STAGE]
    socket = ["ApiId", "${SocketApi}", "Stage", STAGE]
    messages = ["TableName", "${RelayMessagesTable}"]
    # A message is one put when it is stored and one delete when it is acknowledged: latencies, counted, give both.
    asked = ["AWS/DynamoDB", "SuccessfulRequestLatency", *messages, "Operation"]
    widgets = [
        graph(
            "Traffic",
            (0, 0, 12),
            ["AWS/ApiGateway", "Count", *rest, {"label": "REST requests"}],
            ["AWS/ApiGateway", "ConnectCount", *socket, {"label": "sockets opened"}],
            ["AWS/ApiGateway", "MessageCount", *socket, {"label": "frames, both ways"}],
        ),
        graph(
            "Messages",
            (12, 0, 12),
            [*asked, "PutItem", {"stat": "SampleCount", "label": "stored"}],
            [*asked, "DeleteItem", {"stat": "SampleCount", "label": "acknowledged"}],
            ["AWS/DynamoDB", "TimeToLiveDeletedItemCount", *messages, {"label": "expired unread"}],
            *each("QuantChat", "FailedPushes", "FunctionName", pushing, "failed pushes, {}"),
        ),
        graph(
            "Faults",
            (0, 6, 12),
            ["AWS/ApiGateway", "5XXError", *rest, {"label": "REST 5xx"}],
            ["AWS/ApiGateway", "4XXError", *rest, {"label": "REST 4xx"}],
            ["AWS/ApiGateway", "ExecutionError", *socket, {"label": "socket gateway"}],
            ["AWS/ApiGateway", "IntegrationError", *socket, {"label": "socket functions"}],
            *each("QuantChat", "Failures", "FunctionName", functions, "{}"),
        ),
        graph(
            "99 of 100 events take less than, in ms",
            (12, 6, 12),
            *each("AWS/Lambda", "Duration", "FunctionName", functions),
            ["AWS/ApiGateway", "Latency", *rest, {"label": "REST, all of it"}],
            statistic="p99",
        ),
        graph(
            "Refused for want of capacity",
            (0, 12, 12),
            *each("AWS/Lambda", "Throttles", "FunctionName", functions),
            *each("AWS/DynamoDB", "WriteThrottleEvents", "TableName", tables),
            *each("AWS/DynamoDB", "ReadThrottleEvents", "TableName", tables),
        ),
        graph(
            "Instances at once",
            (12, 12, 12),
            *each("AWS/Lambda", "ConcurrentExecutions", "FunctionName", functions),
            statistic="Maximum",
        ),
        graph(
            "What costs: write units",
            (0, 18, 8),
            *each("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", tables),
        ),
        graph(
            "What costs: read units",
            (8, 18, 8),
            *each("AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", tables),
        ),
        graph(
            "What costs: milliseconds of functions",
            (16, 18, 8),
            *each("AWS/Lambda", "Duration", "FunctionName", functions),
        ),
    ]
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": sub("${StackName}-overview-${AWS::Region}"),
            "DashboardBody": sub('{"widgets": [\n' + ",\n".join(widgets) + "\n]}\n"),
        },
    }


def each(namespace, name, dimension, resources, label=None):
    """The same metric of each resource."""
    for resource in resources:
        line = [namespace, name, dimension, f"${{{resource}}}"]
        yield [*line, {"label": label.format(resource)}] if label else line


def graph(title, place, *metrics, statistic="Sum"):
    """A widget as JSON, a line for each metric; place is its left, its top and its width."""
    left, top, width = place
    head = {"title": title, "region": "${AWS::Region}", "view": "timeSeries", "stat": statistic, "period": MINUTES_5}
    frame = {"type": "metric", "x": left, "y": top, "width": width, "height": 6}
    lines = ",\n    ".join(json.dumps(line) for line in metrics)
    return f'  {json.dumps(frame)[:-1]}, "properties": {json.dumps(head)[:-1]}, "metrics": [\n    {lines}\n  ]}}}}'


if __name__ == "__main__":
    OBSERVABILITY.write_text(text(deploy(parsed(TEMPLATE), DEPLOYMENTS["with everything"])), encoding="utf-8")
