"""The checks of template.yaml find nothing wrong with it, and something wrong with every mutant of it."""

import re

import pytest

from checks import CHECKS
import write_observability
from functions import alias_of, serving
from mutants import MUTANTS, faults_of
from translated import DEPLOYMENTS, OBSERVABILITY, TEMPLATE, configured, deploy, parsed, refusals, source


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


def test_another_release_makes_a_new_version_of_every_function_that_serves(template):
    one, another = (deploy(template, {"Release": digest * 10}) for digest in "ab")
    versions, others = (
        {alias_of(stack, name).get("FunctionVersion") for name in serving(stack)} for stack in (one, another)
    )

    assert len(versions) == len(serving(one)) > 0
    assert versions.isdisjoint(others)
