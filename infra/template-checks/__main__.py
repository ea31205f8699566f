"""Shows what the checks of template.yaml say: of the template, and of each way in which it can be broken.

Needs the SAM translator; `.ci/run template` installs it: target/ci/tools/bin/python infra/template-checks
"""

import sys

from checks import CHECKS, faults
from mutants import MUTANTS, faults_of
from translated import DEPLOYMENTS, deploy, source


def main():
    template = source()
    wrong = 0
    for deployment, values in DEPLOYMENTS.items():
        found = faults(deploy(template, values))
        wrong += len(found)
        print(f"template.yaml, {deployment}: {len(CHECKS)} checks, {len(found)} faults")
        for check, fault in found:
            print(f"    {check}: {fault}")
    missed = 0
    print(f"\ntemplate.yaml, broken in {len(MUTANTS)} ways:")
    for number, mutant in enumerate(MUTANTS, 1):
        telling = [(check, fault) for check, fault in faults_of(mutant, template) if mutant.says in fault]
        missed += not telling
        check, fault = telling[0] if telling else ("NOT NOTICED", "")
        print(f"{number:3}. {mutant.name}\n     {check}: {fault}")
    print(f"\n{len(MUTANTS) - missed} of {len(MUTANTS)} noticed")
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(main())
