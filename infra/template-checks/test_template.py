"""The checks of template.yaml find nothing wrong with it, and something wrong with every mutant of it."""

import re

import pytest

from checks import CHECKS
from cloudwatch import metrics_of
import write_observability
from functions import alias_of, serving
from mutants import MUTANTS, faults_of
from translated import DEPLOYMENTS, OBSERVABILITY, ROOT, TEMPLATE, configured, deploy, parsed, refusals, source


@pytest.fixture(scope="module")
def template():
    return source()


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def stack(template, request):
    return deploy(template, DEPLOYMENTS[request.param])


@pytest.mark.parametrize("check", CHECKS)
def test_the_template_is_right(stack, check):
    assert list(CHECKS[check](stack)) == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_template_is_noticed(template, mutant):
    found = faults_of(mutant, template)

    assert {check for check, _ in found} == mutant.caught_by
    assert any(mutant.says in fault for _, fault in found), found


def test_every_check_notices_something():
    assert set().union(*(mutant.caught_by for mutant in MUTANTS)) == set(CHECKS)


# What a stack has only where a parameter asks for it.
OPTIONS = {
    *("RestDomain", "RestMapping", "RestRecord", "SocketDomain", "SocketMapping", "SocketRecord"),
    *("Firewall", "FirewallOfRestApi", "AlarmSubscription"),
    *("WebRecord", "WebRecordOfIpVersion6"),
    *("GatewayAccount", "GatewayLogRole"),
}
# SAM ends a name in a digest where a change must make a new resource.
DIGEST = re.compile(r"[0-9a-f]{10}$")


def test_the_template_of_alarms_is_the_one_that_is_written():
    written = write_observability.text(deploy(parsed(TEMPLATE), DEPLOYMENTS["with everything"]))

    assert OBSERVABILITY.read_text(encoding="utf-8") == written, "run infra/template-checks/write_observability.py"


def test_options_are_there_only_where_they_are_asked_for(template):
    plain, full = (deploy(template, DEPLOYMENTS[name]).resources for name in ("as it comes", "with everything"))

    assert {name for name in full.keys() ^ plain.keys() if not DIGEST.search(name)} == OPTIONS


OF_WEB = {
    *("Web", "WebBucket", "WebBucketPolicy", "WebAccess", "Distribution", "RestPath", "SocketPath"),
    *("WebHeaders", "MediaHeaders", "EdgeProof"),
}


def test_the_browser_client_can_be_left_out(template):
    plain = deploy(template)
    without = deploy(template, {"WebClient": "false"})

    left_out = plain.resources.keys() - without.resources.keys()
    assert {name for name in left_out if not DIGEST.search(name)} == OF_WEB
    assert plain.outputs.keys() - without.outputs.keys() == {"WebUrl", "WebBucket", "WebDistribution"}


@pytest.mark.parametrize(
    ("partition", "console"), [("aws-cn", "amazonaws.cn"), ("aws-us-gov", "amazonaws-us-gov.com")]
)
def test_without_cloudfront_there_is_no_browser_client_whatever_is_said(template, partition, console):
    there = deploy(template, {"AWS::Partition": partition})

    assert not OF_WEB & there.resources.keys()
    assert console in there.outputs["DashboardUrl"]


def test_where_there_are_no_snapshots_the_stack_does_without(template):
    without = deploy(template, {"SnapStart": "None"})

    assert {function.get("SnapStart", "ApplyOn") for function in without.of_type("AWS::Lambda::Function").values()} == {
        "None"
    }
    assert {name for name, check in CHECKS.items() if list(check(without))} == {"snap start"}


def test_functions_can_be_given_the_right_to_trace_before_they_trace(template):
    allowed = deploy(template, {"Tracing": "Allowed"})
    tracing = deploy(template, {"Tracing": "Active"})

    functions = allowed.of_type("AWS::Lambda::Function").values()
    assert {function.get("TracingConfig", "Mode") for function in functions} == {"PassThrough"}
    assert str(allowed.of_type("AWS::ApiGateway::Stage")).count("'TracingEnabled': False") == 1
    roles = tracing.of_type("AWS::IAM::Role")
    assert "xray:PutTraceSegments" in str(roles)
    assert allowed.of_type("AWS::IAM::Role") == roles


@pytest.mark.parametrize(
    ("values", "link"),
    [
        ({}, ""),
        ({"RestDomainName": "api.example.org", "WebDomainName": "chat.example.org"}, "https://api.example.org"),
        ({"WebDomainName": "chat.example.org"}, "https://chat.example.org/api/v1"),
        ({"WebDomainName": "chat.example.org", "MailLink": "https://example.org"}, "https://example.org"),
    ],
)
def test_links_in_mails_lead_to_an_address_of_the_relay(template, values, link):
    told = deploy(template, values).resources["AuthFunction"].get("Environment", "Variables")

    assert told["MAIL_LINK"] == link


@pytest.mark.parametrize("deployment", DEPLOYMENTS)
def test_what_fits_is_not_refused(template, deployment):
    assert list(refusals(template, DEPLOYMENTS[deployment])) == []


CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"RestDomainName": "api.example.org"}, "need CertificateArn"),
        ({"SocketDomainName": "ws.example.org"}, "need CertificateArn"),
        ({"CertificateArn": CERTIFICATE}, "and there is neither"),
        ({"WebDomainName": "chat.example.org"}, "needs WebCertificateArn, of a certificate in us-east-1"),
        ({"WebDomainName": "chat.example.org", "WebCertificateArn": CERTIFICATE, "WebClient": "false"}, "leaves it out"),
        ({"WebCertificateArn": CERTIFICATE}, "is for WebDomainName"),
        ({"FirewallRequestsPer5Minutes": 9}, "at least 10"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_before_anything_is_made(template, values, said):
    (refusal,) = refusals(template, values)

    assert said in refusal


@pytest.mark.parametrize(
    ("arn", "fits"),
    [
        ("", True),
        (CERTIFICATE, True),
        (CERTIFICATE.replace("us-east-1", "eu-west-1"), False),
        ("us-east-1", False),
        (CERTIFICATE.replace("acm", "iam"), False),
    ],
)
def test_the_certificate_of_the_browser_client_lies_in_us_east_1(template, arn, fits):
    declared = template["Parameters"]["WebCertificateArn"]

    assert bool(re.search(declared["AllowedPattern"], arn)) is fits
    assert "us-east-1" in declared["ConstraintDescription"]


def test_the_environments_of_samconfig_are_deployments_of_the_template(template):
    for environment in ("dev", "prod"):
        assert deploy(template, configured(environment)).outputs["RestUrl"]


def test_the_metrics_that_cost_is_reckoned_with_are_those_that_alarms_watch(template):
    def watched(values):
        alarms = deploy(template, values).of_type("AWS::CloudWatch::Alarm").values()
        return sum(len(list(metrics_of(alarm))) for alarm in alarms)

    assumption = ROOT / "infra/bench/src/main/java/io/quantchat/infra/bench/cost/Assumption.java"
    (assumed,) = re.findall(r"ALARM_METRICS\((\d+),", assumption.read_text(encoding="utf-8"))
    assert watched(configured("prod")) == int(assumed)
    told = (ROOT / "docs/cost.md").read_text(encoding="utf-8")
    assert f"--alarm-metrics {watched(configured('dev'))} --dashboards 0 --keys 0" in told


def test_another_release_makes_a_new_version_of_every_function_that_serves(template):
    one, another = (deploy(template, {"Release": digest * 10}) for digest in "ab")
    versions, others = (
        {alias_of(stack, name).get("FunctionVersion") for name in serving(stack)} for stack in (one, another)
    )

    assert len(versions) == len(serving(one)) > 0
    assert versions.isdisjoint(others)
