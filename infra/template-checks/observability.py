"""What is logged, for how long, and who is told when something fails."""

import json
import re

from functions import PRE_TRAFFIC_CHECK, authorizing, keeping_snapshots, release_alarms, scheduled, serving
from tables import tables_of
from translated import is_true

STAGES = ("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")

# What an access log may tell of a request. Nothing that says who: no path with ids, query string, address or user.
LOGGED = {
    "requestId": "to find one request in the function's log",
    "requestTime": "when",
    "requestTimeEpoch": "when",
    "httpMethod": "which route",
    "resourcePath": "which route: the path's pattern, not the path",
    "routeKey": "which route",
    "eventType": "which route",
    "protocol": "which protocol",
    "status": "how it ended",
    "error.responseType": "how it ended",
    "responseLatency": "how long it took",
    "responseLength": "how much was answered",
    "integrationLatency": "how long the function took",
    "integration.latency": "how long the function took",
    "integration.status": "how the function ended",
    "integration.integrationStatus": "how the function ended",
    "integration.requestId": "to find one request in the function's log",
    "integrationStatus": "how the function ended",
    "authorizer.latency": "how long the authorizer took",
    "authorizer.status": "how the authorizer ended",
}
DAY = 86400
# Where alarms go.
TOPIC = "${AlarmTopic}"

CONTEXT_VARIABLE = re.compile(r"\$context\.([A-Za-z0-9_.]+)")


def log_groups(stack):
    """Every function and every stage writes into a log group of its own, which forgets."""
    groups = stack.of_type("AWS::Logs::LogGroup")
    writers = {}
    for name, function in stack.of_type("AWS::Lambda::Function").items():
        writers[name] = function.get("LoggingConfig", "LogGroup")
        if function.get("LoggingConfig", "LogFormat") != "JSON":
            yield f"{name} doesn't log JSON"
    for name, stage in stack.of_type(*STAGES).items():
        writers[name] = _destination(stage)
    taken = {}
    for name, group in sorted(writers.items()):
        referred = str(group).removeprefix("${").removesuffix("}").removesuffix(".Arn")
        if referred not in groups:
            yield f"{name} has no log group"
        elif referred in taken:
            yield f"{name} logs into {referred}, which is {taken[referred]}'s"
        taken.setdefault(referred, name)
    for name, group in groups.items():
        if not str(group.get("RetentionInDays", default="")).isdigit():
            yield f"{name} keeps its logs for ever: it has no RetentionInDays"


def access_logs(stack):
    """Access logs are JSON and tell nothing of who asked; no stage logs what was sent."""
    for name, stage in stack.of_type(*STAGES).items():
        text = stage.get("AccessLogSetting", "Format", default=stage.get("AccessLogSettings", "Format"))
        try:
            fields = json.loads(text or "")
        except ValueError:
            yield f"{name}: its access log isn't JSON"
            continue
        for field, value in fields.items():
            for variable in CONTEXT_VARIABLE.findall(str(value)) or [f"no variable of the gateway, {value},"]:
                if variable not in LOGGED:
                    yield f"{name}: its access log tells {variable} as {field}, which observability.py doesn't list"
        settings = [*stage.get("MethodSettings", default=[]), stage.get("DefaultRouteSettings", default={})]
        if any(is_true(setting.get("DataTraceEnabled")) for setting in settings):
            yield f"{name}: DataTraceEnabled writes bodies and tokens into the log"


def throttling(stack):
    """Neither API lets in more than it is told to."""
    for name, stage in stack.of_type(*STAGES).items():
        default = stage.get("DefaultRouteSettings", default={})
        for settings in stage.get("MethodSettings", default=[]):
            if settings.get("ResourcePath") == "/*" and settings.get("HttpMethod") == "*":
                default = settings
        for limit in ("ThrottlingRateLimit", "ThrottlingBurstLimit"):
            if not float(default.get(limit, 0)) > 0:
                yield f"{name} has no {limit}: it would use up what the whole account may"


def alarms(stack):
    """Whatever fails, someone is told: every function, API and table has its alarms, and they reach the topic."""
    found = stack.of_type("AWS::CloudWatch::Alarm")
    stopping_releases = release_alarms(stack)
    watched = []
    for name, alarm in found.items():
        yield from (f"{name} {problem}" for problem in _blindness(alarm))
        if name in stopping_releases:
            continue
        watched += _metrics(alarm)
        if alarm.get("AlarmActions") != [TOPIC] or str(alarm.get("ActionsEnabled", default=True)).lower() == "false":
            yield f"{name} tells nobody: its action isn't {TOPIC}"
        if alarm.get("TreatMissingData") != "notBreaching":
            yield f"{name} goes off when nobody talks: TreatMissingData isn't notBreaching"
    for namespace, metric, dimension, statistic in _required(stack):
        if not any(
            (namespace, metric, statistic) == (found_namespace, found_metric, found_statistic)
            and dimension.items() <= dimensions.items()
            for found_namespace, found_metric, dimensions, found_statistic in watched
        ):
            yield f"no alarm watches {metric} ({statistic}, {namespace}) of {', '.join(dimension.values())}"


def _blindness(alarm):
    """What keeps an alarm from seeing late faults: FILL says 0 of the newest period, in which nothing is known yet."""
    periods = alarm.get("EvaluationPeriods", default=0)
    queries = [query["MetricStat"] for query in alarm.get("Metrics", default=[]) if "MetricStat" in query]
    if any(query["Period"] < DAY for query in queries) and not periods > alarm.get("DatapointsToAlarm", default=periods):
        yield "needs the newest period to be over its threshold, of which least is known"


def _required(stack):
    for function in serving(stack):
        dimension = {"FunctionName": f"${{{function}}}"}
        # An authorizer refuses by failing, so that its Errors say nothing; faults it counts itself, as Failures.
        if function not in authorizing(stack):
            yield "AWS/Lambda", "Errors", dimension, "Sum"
        yield "QuantChat", "Failures", dimension, "Sum"
        yield "AWS/Lambda", "Throttles", dimension, "Sum"
        yield "AWS/Lambda", "Duration", dimension, "p99"
    for function in scheduled(stack):
        yield "AWS/Lambda", "Errors", {"FunctionName": f"${{{function}}}"}, "Sum"
    # Nobody waits for the weekly call: that it failed shows when its event is given up, or the schedule can't hand it over.
    for rule in keeping_snapshots(stack):
        yield "AWS/Lambda", "AsyncEventsDropped", {"FunctionName": f"${{{PRE_TRAFFIC_CHECK}}}"}, "Sum"
        yield "AWS/Events", "FailedInvocations", {"RuleName": f"${{{rule}}}"}, "Sum"
    for api in stack.of_type("AWS::ApiGateway::RestApi").values():
        yield "AWS/ApiGateway", "5XXError", {"ApiName": api.get("Name")}, "Sum"
    for name in stack.of_type("AWS::ApiGatewayV2::Api"):
        yield "AWS/ApiGateway", "ExecutionError", {"ApiId": f"${{{name}}}"}, "Sum"
    for table in tables_of(stack):
        for metric in ("ReadThrottleEvents", "WriteThrottleEvents", "SystemErrors"):
            yield "AWS/DynamoDB", metric, {"TableName": f"${{{table}}}"}, "Sum"


def _metrics(alarm):
    """What an alarm looks at: (namespace, metric, dimensions, statistic)."""
    own = alarm.properties
    if "MetricName" in own:
        statistic = own.get("Statistic") or own.get("ExtendedStatistic")
        yield own["Namespace"], own["MetricName"], _dimensions(own), statistic
    for query in own.get("Metrics", []):
        if "MetricStat" in query:
            metric = query["MetricStat"]["Metric"]
            yield metric["Namespace"], metric["MetricName"], _dimensions(metric), query["MetricStat"]["Stat"]


def _dimensions(metric):
    return {dimension["Name"]: dimension["Value"] for dimension in metric.get("Dimensions", [])}


def _destination(stage):
    """The log group that a stage's access log goes to."""
    arn = stage.get("AccessLogSetting", "DestinationArn", default=stage.get("AccessLogSettings", "DestinationArn"))
    return str(arn).removeprefix("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:")
