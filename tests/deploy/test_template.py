"""The stack of deploy/aws: valid, encrypted, private, with no more permission than is needed."""

from typing import Any

import pytest
from cfnlint.api import lint_file

from pipeline.settings import Settings
from tests.deploy.cloudformation import TEMPLATE, name_of, of_type, statements, template

HANDLER_OWN = {"CLAUSELINE_OUT"}
"""Variables that the function's handler reads itself, beside the settings."""

ON_EVERYTHING = {("ReadsScans", "UsesTextract"), ("KeepsSchedules", "KeepsReminders")}
"""Statements on all resources, as their actions know none, with the condition without which there is no such statement."""


def test_cfn_lint_finds_nothing() -> None:
    assert [str(match) for match in lint_file(TEMPLATE)] == []


def test_no_action_is_a_pattern() -> None:
    assert [(s.resource, a) for s in statements() for a in s.actions if "*" in a or "NotAction" in s.said] == []


def test_no_statement_is_on_all_resources_unless_its_actions_know_none_and_it_was_asked_for() -> None:
    on_all = [s for s in statements() if "*" in s.resources and s.type != "AWS::KMS::Key"]
    assert {(s.resource, s.condition) for s in on_all} == ON_EVERYTHING
    assert {action for s in on_all for action in s.actions} == {
        "textract:AnalyzeDocument", "textract:StartDocumentAnalysis", "textract:GetDocumentAnalysis", "scheduler:ListSchedules",
    }  # fmt: skip
    for condition in ("UsesTextract", "KeepsReminders"):
        parameter, value = template()["Conditions"][condition]["Fn::Equals"]
        assert template()["Parameters"][name_of(parameter)]["Default"] != value


def test_patterns_of_resources_are_bounded_by_a_name_of_ours() -> None:
    patterns = [
        r["Fn::Sub"] for s in statements() for r in s.resources if isinstance(r, dict) and "*" in str(r.get("Fn::Sub"))
    ]
    assert patterns
    for pattern in patterns:
        assert pattern.count("*") == 1 and pattern.endswith("*")
        assert any(own in pattern for own in ("${Documents.", "${Results.", "${Letters.", "${Records.", "${Requirements.", "${Prefix}-", "clauseline-retry-", "${ScheduleGroup}"))  # fmt: skip


def test_everybody_is_only_ever_denied() -> None:
    for s in statements():
        if s.said.get("Principal") == "*" or "NotPrincipal" in s.said:
            assert s.said["Effect"] == "Deny"


def test_a_role_is_only_handed_to_the_service_it_is_for() -> None:
    passing = [s for s in statements() if "iam:PassRole" in s.actions]
    assert len(passing) == 2
    for s in passing:
        assert s.said["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
        assert all(name_of(resource).endswith("Role") for resource in s.resources)


@pytest.mark.parametrize("name", of_type("AWS::S3::Bucket"))
def test_a_bucket_is_encrypted_private_versioned_and_cleaned_up(name: str) -> None:
    bucket = of_type("AWS::S3::Bucket")[name]
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    assert name_of(rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]) == "Key"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["VersioningConfiguration"]["Status"] == "Enabled"
    rules = {rule["Id"] for rule in bucket["LifecycleConfiguration"]["Rules"] if rule["Status"] == "Enabled"}
    assert rules == {"OldVersions", "BrokenUploads"}
    assert _denies_plain_transport(name, "AWS::S3::BucketPolicy", "Bucket")
    assert template()["Resources"][name]["DeletionPolicy"] == "Retain"


def test_letters_that_were_sent_are_locked() -> None:
    lock = of_type("AWS::S3::Bucket")["Letters"]["ObjectLockConfiguration"]
    assert lock["ObjectLockEnabled"] == "Enabled" and lock["Rule"]["DefaultRetention"]["Mode"] == "GOVERNANCE"


@pytest.mark.parametrize("name", of_type("AWS::SQS::Queue"))
def test_a_queue_is_encrypted_and_has_dead_letters_or_is_some(name: str) -> None:
    queue = of_type("AWS::SQS::Queue")[name]
    assert name_of(queue["KmsMasterKeyId"]) == "Key"
    assert _denies_plain_transport(name, "AWS::SQS::QueuePolicy", "Queues")
    if name.endswith("DeadLetters"):
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600  # the longest there is
    else:
        assert name_of(queue["RedrivePolicy"]["deadLetterTargetArn"]) == f"{name.removesuffix('Queue')}DeadLetters"
        assert queue["RedrivePolicy"]["maxReceiveCount"] > Settings.model_fields["attempts"].default


@pytest.mark.parametrize("name", of_type("AWS::DynamoDB::Table"))
def test_a_table_is_on_demand_encrypted_and_can_be_put_back_to_any_moment(name: str) -> None:
    table = of_type("AWS::DynamoDB::Table")[name]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert (
        table["SSESpecification"]["SSEType"] == "KMS" and name_of(table["SSESpecification"]["KMSMasterKeyId"]) == "Key"
    )
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert template()["Resources"][name]["DeletionPolicy"] == "Retain"


def test_topics_and_logs_are_encrypted_and_logs_end() -> None:
    for topic in of_type("AWS::SNS::Topic").values():
        assert name_of(topic["KmsMasterKeyId"]) == "Key"
    (log,) = of_type("AWS::Logs::LogGroup").values()
    assert name_of(log["KmsKeyId"]) == "Key" and name_of(log["RetentionInDays"]) == "LogRetentionDays"
    assert of_type("AWS::KMS::Key")["Key"]["EnableKeyRotation"] is True


def test_the_function_is_an_image_that_takes_a_few_messages_and_says_which_failed() -> None:
    desk = of_type("AWS::Serverless::Function")["Desk"]
    (event,) = desk["Events"].values()
    assert desk["PackageType"] == "Image"
    assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert name_of(event["Properties"]["ScalingConfig"]["MaximumConcurrency"]) == "MaximumConcurrency"
    queue = of_type("AWS::SQS::Queue")[name_of(event["Properties"]["Queue"])]
    assert queue["VisibilityTimeout"] >= 6 * desk["Timeout"]  # as Lambda asks


def test_the_functions_variables_are_settings() -> None:
    variables = of_type("AWS::Serverless::Function")["Desk"]["Environment"]["Variables"]
    known = {f"CLAUSELINE_{name.upper()}" for name in Settings.model_fields} | HANDLER_OWN | {"HOME"}
    assert set(variables) <= known


def test_somebody_is_told_of_dead_letters_age_errors_and_throttles() -> None:
    alarms = of_type("AWS::CloudWatch::Alarm")
    watched = {(alarm["MetricName"], name_of(alarm["Dimensions"][0]["Value"])) for alarm in alarms.values()}
    assert watched == {
        ("ApproximateNumberOfMessagesVisible", "DocumentsDeadLetters"),
        ("ApproximateNumberOfMessagesVisible", "RemindersDeadLetters"),
        ("ApproximateAgeOfOldestMessage", "DocumentsQueue"), ("Errors", "Desk"), ("Throttles", "Desk"),
    }  # fmt: skip
    assert all([name_of(action) for action in alarm["AlarmActions"]] == ["Alarms"] for alarm in alarms.values())


def _denies_plain_transport(name: str, kind: str, field: str) -> bool:
    """Whether a policy of a bucket or a queue denies what does not come over TLS."""
    policies: list[Any] = [
        policy for policy in of_type(kind).values() if name in str(policy[field])
        and any(name_of(one) == name for one in (policy[field] if isinstance(policy[field], list) else [policy[field]]))
    ]  # fmt: skip
    return any(
        said["Effect"] == "Deny" and said["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        for policy in policies
        for said in policy["PolicyDocument"]["Statement"]
    )
