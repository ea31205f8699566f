"""How CloudWatch judges an alarm, as AWS documents it under "alarm evaluation" and "how alarms treat missing data".

Where AWS documents nothing, the worst is meant: a range of the fewest periods, and the newest one cut so that least is
known of it.
"""

import re
import typing

SUM_OF_ALL = re.compile(r"SUM\(FILL\(METRICS\(\), 0\)\)")
BREACHES = {"GreaterThanThreshold": lambda value, threshold: value > threshold}


class Event(typing.NamedTuple):
    """Something that was counted; times are seconds."""

    namespace: str
    metric: str
    dimensions: dict
    at: int
    known_at: int
    """From when on CloudWatch has it: metrics are late."""
    value: float = 1


def metrics_of(alarm):
    """What an alarm on sums looks at: (namespace, metric, dimensions) of each."""
    own = alarm.properties
    queries = [own] if "MetricName" in own else [q["MetricStat"]["Metric"] for q in own["Metrics"] if "MetricStat" in q]
    for query in queries:
        dimensions = {dimension["Name"]: dimension["Value"] for dimension in query.get("Dimensions", [])}
        yield query["Namespace"], query["MetricName"], dimensions


def period_of(alarm):
    own = alarm.properties
    (period,) = {own.get("Period")} - {None} or {q["MetricStat"]["Period"] for q in own["Metrics"] if "MetricStat" in q}
    return period


def state(alarm, events, now, unfinished=0):
    """The state that an alarm on sums has at a time, by what is known then: OK or ALARM.

    With unfinished, the newest period is the one that the time lies in; without, the last that is over.
    """
    own = alarm.properties
    period = period_of(alarm)
    newest = now // period * period - (0 if unfinished else period)
    range_ = own["EvaluationPeriods"] + 2
    points = [_point(alarm, events, newest - back * period, period, now) for back in range(range_)]
    return judged(
        points,
        own["EvaluationPeriods"],
        own.get("DatapointsToAlarm", own["EvaluationPeriods"]),
        lambda value: BREACHES[own["ComparisonOperator"]](value, float(own["Threshold"])),
        own.get("TreatMissingData", "missing"),
    )


def judged(points, periods, to_alarm, breaches, missing):
    """The state by the points of the evaluation range, the newest first, None for those that are missing.

    As many of the newest points as there are periods to evaluate count. Only if there are fewer in the whole range, each
    that lacks counts as is said of missing ones.
    """
    if missing not in ("notBreaching", "breaching"):
        raise ValueError(f"This can't judge an alarm that treats missing data as {missing}: teach cloudwatch.py")
    there = [breaches(value) for value in points if value is not None][:periods]
    there += [missing == "breaching"] * (periods - len(there))
    return "ALARM" if sum(there) >= to_alarm else "OK"


def _point(alarm, events, begin, period, now):
    """The sum of a period, of what is known by now; None if that is nothing."""
    sums = [
        [
            event.value
            for event in events
            if (event.namespace, event.metric, event.dimensions) == looked_at
            and begin <= event.at < begin + period
            and event.known_at <= now
        ]
        for looked_at in metrics_of(alarm)
    ]
    if "Metrics" in alarm.properties:
        (expression,) = [query["Expression"] for query in alarm.properties["Metrics"] if "Expression" in query]
        if not SUM_OF_ALL.fullmatch(expression):
            raise ValueError(f"This can't evaluate {expression}: teach cloudwatch.py")
        return sum(map(sum, sums))
    (only,) = sums
    return sum(only) if only else None
