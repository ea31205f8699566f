"""How functions are reached, and replaced while they are in use."""

import re

import routes

# Called by CodeDeploy before a new version of the others gets traffic, and by a schedule. It has no alias: nobody waits
# for it.
PRE_TRAFFIC_CHECK = "PreTrafficCheckFunction"

# Where a function may be named other than by its alias, and why.
UNQUALIFIED = {
    ("AWS::Lambda::Version", "FunctionName"): "a version is made of the function",
    ("AWS::Lambda::Alias", "FunctionName"): "an alias is made for the function",
    ("AWS::CloudWatch::Alarm", "Dimensions"): "metrics are counted by the function's name",
    ("AWS::CloudWatch::Alarm", "Metrics"): "metrics are counted by the function's name",
    ("AWS::CloudWatch::Dashboard", "DashboardBody"): "metrics are counted by the function's name",
    ("AWS::CloudFormation::Stack", "Parameters"): "metrics are counted by the function's name",
    ("AWS::IAM::Role", "Policies"): "permissions.py lists what each role may call",
}


def serving(stack):
    """The functions that API Gateway calls, and so people who wait, in the template's order."""
    called = {_called(stack, target) for target in routes.targets(stack)}
    return [name for name in stack.of_type("AWS::Lambda::Function") if name in called]


def scheduled(stack):
    """The functions whose own work a schedule begins, and nobody waits for, in the template's order."""
    rules = stack.of_type("AWS::Events::Rule").values()
    called = {_called(stack, target["Arn"]) for rule in rules for target in rule.get("Targets", default=[])}
    called.discard(PRE_TRAFFIC_CHECK)
    return [name for name in stack.of_type("AWS::Lambda::Function") if name in called]


def authorizing(stack):
    """Those among them that refuse by failing: the authorizers."""
    return {_called(stack, target) for target in routes.authorizer_targets(stack)}


def known(stack):
    """No function is there that nobody calls: by a route, as an authorizer, by a schedule, or as the check of a release."""
    called = {*serving(stack), *scheduled(stack), PRE_TRAFFIC_CHECK}
    for name in stack.of_type("AWS::Lambda::Function").keys() - called:
        yield f"{name} is called by no route, authorizer, schedule or release"
    if PRE_TRAFFIC_CHECK not in stack.resources:
        yield f"{PRE_TRAFFIC_CHECK} is gone"


def aliases(stack):
    """Nothing calls a function but through its alias: else it bypasses SnapStart, the canary and the roll-back."""
    functions = stack.of_type("AWS::Lambda::Function").keys() - {PRE_TRAFFIC_CHECK}
    reference = re.compile(r"\$\{(" + "|".join(functions) + r")(?:\.Arn)?\}(?!:live\b)")
    for name, resource in stack.resources.items():
        for part, value in [*resource.properties.items(), *resource.attributes.items()]:
            if (resource.type, part) not in UNQUALIFIED:
                for function in sorted(set(reference.findall(str(value)))):
                    yield f"{name}: {part} refers to {function} itself, not to its alias"
    for name, value in stack.outputs.items():
        for function in sorted(set(reference.findall(str(value)))):
            yield f"output {name} refers to {function} itself, not to its alias"


def snap_start(stack):
    """Every function that people wait for starts from a snapshot, through an alias of a published version."""
    functions = stack.of_type("AWS::Lambda::Function")
    for name in serving(stack):
        if functions[name].get("SnapStart", "ApplyOn") != "PublishedVersions":
            yield f"{name} has no SnapStart: its users would feel the cold start"
        if not alias_of(stack, name):
            yield f"{name} has no alias of a published version"


def keeping_snapshots(stack):
    """The schedules that have the check call what is live, by their names."""
    return {
        name: rule
        for name, rule in stack.of_type("AWS::Events::Rule").items()
        for target in rule.get("Targets", default=[])
        if _name(target["Arn"]) == PRE_TRAFFIC_CHECK and target.get("Input") == '{"keeps_snapshots":true}'
    }


def snapshots(stack):
    """What is live is called more often than every 14 days: then Lambda deletes the snapshot of a version."""
    keeping = [rule.get("ScheduleExpression", default="") for rule in keeping_snapshots(stack).values()]
    days = [int(rate[1]) for rate in (re.fullmatch(r"rate\((\d+) days?\)", schedule) for schedule in keeping) if rate]
    if min(days, default=14) >= 14:
        yield f"nothing calls what is live within 14 days: {', '.join(keeping) or 'no schedule'}"


def canaries(stack):
    """A new version is checked, gets a part of the traffic first, and is rolled back if its own alarm goes off."""
    for name in serving(stack):
        alias = alias_of(stack, name)
        if alias:
            for problem in _release_problems(stack, alias):
                yield f"{name}: {problem}"


def release_alarms(stack):
    """The names of the alarms that stop a release."""
    return {
        _name(alarm["Name"])
        for group in stack.of_type("AWS::CodeDeploy::DeploymentGroup").values()
        for alarm in group.get("AlarmConfiguration", "Alarms", default=[])
    }


def alias_of(stack, function):
    """The alias `live` of a function, if it leads to a version of that same function; else None."""
    versions = stack.of_type("AWS::Lambda::Version")
    for alias in stack.of_type("AWS::Lambda::Alias").values():
        version = _name(alias.get("FunctionVersion"))
        if (
            alias.get("Name") == "live"
            and _name(alias.get("FunctionName")) == function
            and version in versions
            and _name(versions[version].get("FunctionName")) == function
        ):
            return alias
    return None


def _release_problems(stack, alias):
    update = alias.attributes.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate")
    if not update:
        yield "its traffic moves to a new version all at once, unchecked"
        return
    if _name(update.get("BeforeAllowTrafficHook")) != PRE_TRAFFIC_CHECK:
        yield f"its new version isn't checked by {PRE_TRAFFIC_CHECK} before it gets traffic"
    version = _name(alias.get("FunctionVersion"))
    hook = stack.resources.get(PRE_TRAFFIC_CHECK)
    if hook and f"${{{version}}}" not in hook.get("Environment", "Variables", default={}).values():
        yield f"{PRE_TRAFFIC_CHECK} isn't told of its new version"
    group = stack.resources[_name(update["DeploymentGroupName"])]
    if not re.search("Canary|Linear", group.get("DeploymentConfigName", default="")):
        yield f"its traffic moves by {group.get('DeploymentConfigName')}, not a part first"
    rollback = group.get("AutoRollbackConfiguration", default={})
    if not (rollback.get("Enabled") and {"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"} <= {*rollback["Events"]}):
        yield "a release that fails isn't rolled back"
    alarms = group.get("AlarmConfiguration", "Alarms", default=[])
    watching = [
        alarm
        for alarm in (stack.resources.get(_name(alarm["Name"])) for alarm in alarms)
        if alarm and f"${{{version}.Version}}" in str(alarm.properties)
    ]
    if not (watching and group.get("AlarmConfiguration", "Enabled")):
        yield "no alarm on its new version stops the release"
    for alarm in watching:
        # An alarm that is changed keeps its state, and one that is off stops every release.
        if f"${{{version}.Version}}" not in alarm.get("AlarmName", default=""):
            yield f"{alarm.name} stops the release that mends what set it off: its name isn't its version's"


def _called(stack, target):
    """The function that an ARN leads to: by its alias, or itself."""
    name = _name(target)
    alias = stack.of_type("AWS::Lambda::Alias").get(name)
    return _name(alias.get("FunctionName")) if alias else name


def _name(reference):
    """What a placeholder refers to: AuthFunction for ${AuthFunction.Arn}."""
    return str(reference).removeprefix("${").removesuffix("}").partition(".")[0]
