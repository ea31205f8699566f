"""The checks of template.yaml find nothing wrong with it, and something wrong with every mutant of it."""
import pytest

from checks import CHECKS, faults
from mutants import MUTANTS, mutated
from translated import DEPLOYMENTS, deploy, source


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
    found = faults(deploy(mutated(template, mutant)))

    assert {check for check, _ in found} == mutant.caught_by
    assert any(mutant.says in fault for _, fault in found), found


def test_every_check_notices_something():
    assert set().union(*(mutant.caught_by for mutant in MUTANTS)) == set(CHECKS)
