"""What rehearse.sh plays, in which order, and what it says of it; stand-ins for ./quantchat and sam note what they are
asked and answer as told.
"""
import os
import pathlib
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent

STAND_IN = """#!/bin/sh
asked="$(basename "$0") $*"
printf '%s\\n' "$asked" >>"$FOLDER/asked"
if [ -n "$STOPS" ] && ! [ -e "$FOLDER/stopped" ]; then
  case "$asked" in
    $STOPS) : >"$FOLDER/stopped"; kill -INT "$PPID"; exit 130 ;;
  esac
fi
case "$asked" in
  *--clean-up*)
    if [ -n "$THERE" ]; then echo "$THERE" >&2; exit 1; fi
    read -r typed
    if [ -n "$typed" ]; then printf '%s\\n' "$typed" >"$FOLDER/typed"; else echo "Nothing is left of the stack try."; fi
    ;;
  *AccessTokenMinutes=16*) echo "AccessTokenMinutes=16" ;;
esac
case "$asked" in
  "sam deploy "*)
    cp "$3" "$FOLDER/broken.yaml"
    [ -z "$NOTHING_TRIED" ] && echo UPDATE_ROLLBACK_COMPLETE
    exit "${BROKEN_STATUS-1}"
    ;;
  "quantchat ${FAILS:-nothing} "*) echo "It failed."; exit 1 ;;
esac
"""

TEMPLATE = """Globals:
  Function:
    CodeUri: functions/target/quantchat-functions.zip
Resources:
  A:
    Variables:
      RELAY_MESSAGES_TABLE: !Ref RelayMessagesTable
  Alarm:
    Type: AWS::CloudWatch::Alarm
  Nested:
    TemplateURL: infra/web.yaml
"""


HOW = ("held", "FAILED", "skipped", "not played", "broken off")


class Rehearsal:
    def __init__(self, folder):
        self.folder = folder
        self.commands = folder / "bin"
        self.commands.mkdir()
        deploy = folder / "infra" / "deploy"
        deploy.mkdir(parents=True)
        shutil.copy(HERE / "rehearse.sh", deploy / "rehearse.sh")
        (folder / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
        for file in (folder / "quantchat", self.commands / "sam"):
            file.write_text(STAND_IN, encoding="utf-8")
            file.chmod(0o755)

    def play(self, *options, **answers):
        environment = {"PATH": f"{self.commands}:/usr/bin:/bin", "FOLDER": str(self.folder), "HOME": str(self.folder)}
        ended = subprocess.run(
            ["bash", self.folder / "infra/deploy/rehearse.sh", "--stack", "try", *options],
            env=environment | answers, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=120,
        )
        self.said = ended.stdout + ended.stderr
        self.table = {}
        for line in ended.stdout.splitlines():
            how = next((word for word in HOW if line.startswith(word)), None)
            if how:
                self.table[line[len(how):].split(maxsplit=1)[1]] = how
        return ended.returncode

    def asked(self):
        """After the look whether there is something of that name."""
        first, *rest = (self.folder / "asked").read_text(encoding="utf-8").splitlines()
        assert first.startswith("quantchat deploy --clean-up --env dev --stack try")
        return rest


@pytest.fixture
def rehearsal(tmp_path):
    return Rehearsal(tmp_path)


def test_each_step_is_played_and_all_is_deleted(rehearsal):
    assert rehearsal.play() == 0, rehearsal.said

    assert list(rehearsal.table.values()) == ["held", "held", "held", "held", "held", "skipped", "held", "held"]
    asked = rehearsal.asked()
    assert asked[0].startswith("quantchat deploy --env dev --stack try --no-check -- --parameter-overrides ")
    assert "DeletionProtection=false" in asked[0] and asked[0].endswith(" --s3-prefix try")
    assert [each for each in asked if each.startswith("quantchat roll-key --env dev --stack try")]
    assert "sam delete --stack-name try --no-prompts" in asked
    assert (rehearsal.folder / "typed").read_text(encoding="utf-8") == "try\n"
    assert "Estimated cost: 0." in rehearsal.said


def test_the_broken_version_lacks_its_table_and_finds_the_rest_where_it_is(rehearsal):
    rehearsal.play()

    broken = (rehearsal.folder / "broken.yaml").read_text(encoding="utf-8")
    assert "RELAY_MESSAGES_TABLE: no-such-table" in broken
    assert f"CodeUri: {rehearsal.folder}/functions/target/quantchat-functions.zip" in broken
    assert f"TemplateURL: {rehearsal.folder}/infra/web.yaml" in broken


@pytest.mark.parametrize("answers", [{"BROKEN_STATUS": "0"}, {"NOTHING_TRIED": "1"}])
def test_a_broken_version_that_gets_through_or_is_never_tried_is_a_failure(rehearsal, answers):
    assert rehearsal.play(**answers) == 1

    assert rehearsal.table["a broken version, which must not get traffic"] == "FAILED"
    assert rehearsal.table["deletion"] == "held"


def test_a_step_that_fails_keeps_no_other_from_being_played(rehearsal):
    assert rehearsal.play(FAILS="roll-key") == 1

    assert rehearsal.table["roll of the signing key"] == "FAILED"
    assert rehearsal.table["deletion"] == "held"
    assert "It failed." in rehearsal.said


def test_after_a_failed_first_deployment_it_is_cleaned_up_and_nothing_else_is_played(rehearsal):
    rehearsal.folder.joinpath("quantchat").write_text(
        STAND_IN.replace('"quantchat ${FAILS:-nothing} "*)', '"quantchat deploy "*--no-check*)'), encoding="utf-8"
    )

    assert rehearsal.play() == 1

    assert rehearsal.table["first deployment"] == "FAILED"
    assert rehearsal.table["clean-up of the failed deployment"] == "held"
    assert "held" not in list(rehearsal.table.values())[:-1]


def test_on_localstack_what_is_left_out_is_said(rehearsal):
    assert rehearsal.play("--localstack", "http://127.0.0.1:1", AWS_PROFILE="mine") == 0, rehearsal.said

    skipped = [name for name, how in rehearsal.table.items() if how == "skipped"]
    assert len(skipped) == 3
    assert "WebSocket" in skipped[0] and "CodeDeploy" in skipped[1] and "stays" in skipped[2]
    assert not [each for each in rehearsal.asked() if "delete" in each]
    assert not [each for each in rehearsal.asked() if each.startswith("sam deploy")]
    assert "--localstack http://127.0.0.1:1" in rehearsal.asked()[0]
    assert "cost" not in rehearsal.said


def test_a_stack_that_is_to_be_kept_is_kept(rehearsal):
    assert rehearsal.play("--keep") == 0

    assert not [each for each in rehearsal.asked() if "delete" in each or "--clean-up" in each]


@pytest.mark.parametrize(
    "said",
    [
        "The stack try is there (UPDATE_COMPLETE). It works: take it down first. Nothing was touched.",
        "Something is being done to the stack try (CREATE_IN_PROGRESS): wait for its end. Nothing was touched.",
        "Left of the stack try:",
    ],
)
def test_what_is_there_of_that_name_is_not_touched(rehearsal, said):
    assert rehearsal.play(THERE=said) == 2

    assert rehearsal.asked() == []
    assert said in rehearsal.said
    assert "name another by --stack" in rehearsal.said
    assert rehearsal.said.endswith("Nothing was played.\n")


def test_without_credentials_nothing_is_played_and_it_is_said_why(rehearsal):
    assert rehearsal.play(THERE="There are no AWS credentials here.") == 2

    assert rehearsal.asked() == []
    assert rehearsal.said == "There are no AWS credentials here.\nNothing was played.\n"


def test_what_was_deployed_is_deleted_when_somebody_breaks_off(rehearsal):
    assert rehearsal.play(STOPS="quantchat check *") == 130

    assert rehearsal.table == {
        "first deployment": "held", "an account's way, by REST and socket": "broken off", "deletion": "held"
    }
    assert "may still be there" not in rehearsal.said


def test_whoever_breaks_off_the_first_deployment_is_told_what_deletes_it(rehearsal):
    rehearsal.folder.joinpath("quantchat").write_text(
        STAND_IN.replace('if [ -n "$THERE" ]', 'if [ -e "$FOLDER/stopped" ]'), encoding="utf-8"
    )

    assert rehearsal.play(STOPS="quantchat deploy *--no-check*") == 1

    assert rehearsal.table == {"first deployment": "broken off", "clean-up of the failed deployment": "FAILED"}
    assert "may still be there" in rehearsal.said
    assert "\n  ./quantchat deploy --clean-up --env dev --stack try\n" in rehearsal.said


def test_on_localstack_nobody_is_told_of_costs_or_of_sam(rehearsal):
    rehearsal.folder.joinpath("quantchat").write_text(
        STAND_IN.replace('if [ -n "$THERE" ]', 'if [ -e "$FOLDER/stopped" ]'), encoding="utf-8"
    )

    assert rehearsal.play("--localstack", "http://127.0.0.1:1", STOPS="quantchat deploy *--no-check*") == 1

    assert "may still be there, until LocalStack ends" in rehearsal.said
    assert "sam delete" not in rehearsal.said


def test_whoever_breaks_off_the_deletion_too_is_told_what_deletes_it(rehearsal):
    assert rehearsal.play(STOPS="sam delete *") == 130

    assert "\n  sam delete --stack-name try\n" in rehearsal.said


def test_sam_is_told_the_region_that_was_chosen(rehearsal):
    rehearsal.commands.joinpath("sam").write_text(
        STAND_IN.replace("printf '%s\\n' \"$asked\"", "printf '%s\\n' \"$asked in $AWS_DEFAULT_REGION\"", 1),
        encoding="utf-8",
    )

    rehearsal.play(AWS_REGION="eu-west-3")

    assert "sam delete --stack-name try --no-prompts in eu-west-3" in rehearsal.asked()


def test_words_that_mean_nothing_do_nothing(rehearsal):
    assert rehearsal.play("--stak", "x") == 2
    assert not os.path.exists(rehearsal.folder / "asked")
