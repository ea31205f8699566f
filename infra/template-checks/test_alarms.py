"""When the template's alarms go off: played with series of faults, on CloudWatch as AWS documents it."""

import pytest

from cloudwatch import Event, judged, metrics_of, period_of, state
from functions import release_alarms, serving
from translated import DEPLOYMENTS, deploy, source

MINUTE = 60
# How late metrics are, at most.
LATE = 2 * MINUTE
# The first part of a release: Canary10Percent5Minutes.
CANARY = 5 * MINUTE
# The beginning of a period of any length up to an hour.
START = 10 * 3600

OK, X, NONE = 0, 1, None


# AWS's own tables, of 3 out of 3 and of 2 out of 3 points in a range of 5; the oldest point stands first.
@pytest.mark.parametrize(
    ("to_alarm", "points", "breaching", "not_breaching"),
    [
        (3, [OK, NONE, X, NONE, X], "OK", "OK"),
        (3, [OK, NONE, NONE, NONE, NONE], "OK", "OK"),
        (3, [NONE] * 5, "ALARM", "OK"),
        (3, [OK, X, X, NONE, X], "ALARM", "ALARM"),
        (3, [NONE, NONE, X, NONE, NONE], "ALARM", "OK"),
        (2, [OK, NONE, X, NONE, X], "ALARM", "ALARM"),
        (2, [OK, OK, X, OK, X], "ALARM", "ALARM"),
        (2, [OK, NONE, X, NONE, NONE], "ALARM", "OK"),
        (2, [NONE, NONE, NONE, NONE, OK], "ALARM", "OK"),
        (2, [NONE, NONE, NONE, X, NONE], "ALARM", "OK"),
    ],
)
def test_points_are_judged_as_documented(to_alarm, points, breaching, not_breaching):
    newest_first = points[::-1]

    assert judged(newest_first, 3, to_alarm, bool, "breaching") == breaching
    assert judged(newest_first, 3, to_alarm, bool, "notBreaching") == not_breaching


@pytest.fixture(scope="module")
def template():
    return source()


@pytest.fixture(scope="module")
def stack(template):
    return deploy(template, DEPLOYMENTS["prod"] | {"Release": "a" * 10})


@pytest.fixture(scope="module")
def mended(template):
    """The next release of the same stack."""
    return deploy(template, DEPLOYMENTS["prod"] | {"Release": "b" * 10})


def on_release(stack):
    return {name: stack.resources[name] for name in release_alarms(stack)}


def faults(alarm, *times, late=LATE):
    """A fault at each time, as the last thing that an alarm looks at."""
    *_, (namespace, metric, dimensions) = metrics_of(alarm)
    return [Event(namespace, metric, dimensions, START + at, START + at + late) for at in times]


def states(alarm, events, until, unfinished):
    """What the alarm is, evaluated at each minute."""
    return [state(alarm, events, START + at, unfinished) for at in range(0, until + 1, MINUTE)]


cut = pytest.mark.parametrize("unfinished", [0, 1], ids=["whole minutes", "the unfinished minute too"])


def test_every_function_that_serves_has_an_alarm_on_its_release(stack):
    assert len(release_alarms(stack)) == len(serving(stack)) > 0


@cut
def test_a_minute_with_more_than_one_fault_rolls_a_release_back_while_it_is_a_canary(stack, unfinished):
    for name, alarm in on_release(stack).items():
        found = states(alarm, faults(alarm, 100, 110), CANARY, unfinished)

        assert "ALARM" in found, name


@cut
def test_a_release_that_fails_from_its_beginning_is_rolled_back_within_four_minutes(stack, unfinished):
    for name, alarm in on_release(stack).items():
        found = states(alarm, faults(alarm, *range(0, CANARY, 10)), 4 * MINUTE, unfinished)

        assert found[-1] == "ALARM", name


@cut
def test_what_is_known_late_is_seen_all_the_same(stack, unfinished):
    for name, alarm in on_release(stack).items():
        found = states(alarm, faults(alarm, 40, 50, late=3 * MINUTE), CANARY, unfinished)

        assert "ALARM" in found, name


@cut
def test_silence_and_single_faults_stop_no_release(stack, unfinished):
    for name, alarm in on_release(stack).items():
        assert set(states(alarm, [], CANARY, unfinished)) == {"OK"}, name
        assert set(states(alarm, faults(alarm, *range(0, CANARY, MINUTE)), CANARY, unfinished)) == {"OK"}, name


@cut
def test_a_bad_minute_is_forgotten(stack, unfinished):
    for name, alarm in on_release(stack).items():
        assert states(alarm, faults(alarm, 0, 1), 15 * MINUTE, unfinished)[-1] == "OK", name


@cut
def test_a_bad_release_does_not_stop_its_mend(stack, mended, unfinished):
    for name, bad in on_release(stack).items():
        failing = faults(bad, *range(0, 10 * MINUTE, 5))
        assert states(bad, failing, 10 * MINUTE, unfinished)[-1] == "ALARM", name

        # An alarm keeps its state when it is changed, so the mend's has to be another one, which begins without.
        mend = mended.resources[name]
        assert mend.get("AlarmName") != bad.get("AlarmName"), name
        assert set(states(mend, failing, 10 * MINUTE, unfinished)) == {"OK"}, name
        groups = mended.of_type("AWS::CodeDeploy::DeploymentGroup").values()
        asked = [alarm["Name"] for group in groups for alarm in group.get("AlarmConfiguration", "Alarms", default=[])]
        assert f"${{{name}}}" in asked


def lasting(stack):
    """The other alarms on sums over minutes: not on a day's, nor on how slow something is."""
    for name, alarm in stack.of_type("AWS::CloudWatch::Alarm").items():
        if name not in release_alarms(stack) and "ExtendedStatistic" not in alarm.properties:
            if period_of(alarm) < 3600:
                yield name, alarm


@cut
def test_faults_at_the_end_of_a_period_are_not_lost_to_those_who_watch(stack, unfinished):
    watched = dict(lasting(stack))
    assert len(watched) > len(serving(stack))
    for name, alarm in watched.items():
        tolerated = int(alarm.get("Threshold"))
        burst = faults(alarm, *[period_of(alarm) - 1] * (tolerated + 1))

        assert "ALARM" in states(alarm, burst, 15 * MINUTE, unfinished), name
        assert states(alarm, burst, 30 * MINUTE, unfinished)[-1] == "OK", name
        assert set(states(alarm, burst[1:], 15 * MINUTE, unfinished)) == {"OK"}, name


@cut
def test_a_weekly_call_is_told_of_when_it_was_given_up_and_not_while_it_is_tried_again(stack, unfinished):
    alarm = stack.resources["SnapshotsForgotten"]
    check = {"FunctionName": "${PreTrafficCheckFunction}"}
    tried_in_vain = [
        Event("AWS/Lambda", "Errors", check, START + at, START + at + LATE) for at in (0, MINUTE, 3 * MINUTE)
    ]
    given_up = Event("AWS/Lambda", "AsyncEventsDropped", check, START + 4 * MINUTE, START + 4 * MINUTE + LATE)
    never_made = Event("AWS/Events", "FailedInvocations", {"RuleName": "${SnapshotsKept}"}, START, START + LATE)

    assert set(states(alarm, tried_in_vain, 15 * MINUTE, unfinished)) == {"OK"}
    assert "ALARM" in states(alarm, [*tried_in_vain, given_up], 15 * MINUTE, unfinished)
    assert "ALARM" in states(alarm, [never_made], 15 * MINUTE, unfinished)


def test_an_alarm_on_dynamodb_ends_though_nothing_is_counted_any_more(stack):
    """CloudWatch leaves an alarm on DynamoDB's metrics as it is where there are none; zeros that are filled in it sees."""
    on_tables = [
        alarm
        for alarm in stack.of_type("AWS::CloudWatch::Alarm").values()
        if any(namespace == "AWS/DynamoDB" for namespace, _, _ in metrics_of(alarm))
    ]

    assert on_tables
    assert all("FILL(METRICS(), 0)" in str(alarm.get("Metrics")) for alarm in on_tables)
