"""Notifications of S3 as they really look, and whatever else may come to a queue."""

import json
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk import UnknownMessage, WorkOrder, orders_in

KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda key: not key.endswith("/"))


def notification(key: str, event: str = "ObjectCreated:Put", **told: Any) -> dict[str, Any]:
    """As S3 sends it: the key is encoded."""
    entity = {"bucket": {"name": "inbox"}, "object": {"key": quote_plus(key, safe="/"), "size": 7, "eTag": "e", **told}}
    return {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": event, "s3": entity}]}


def bridged(key: str, kind: str = "Object Created", **told: Any) -> dict[str, Any]:
    """As EventBridge sends it: the key is as it is."""
    detail = {"bucket": {"name": "inbox"}, "object": {"key": key, "size": 7, "etag": "e", **told}}
    return {"version": "0", "source": "aws.s3", "detail-type": kind, "detail": detail}


def by_topic(said: dict[str, Any]) -> dict[str, Any]:
    """As SNS wraps it."""
    return {"Type": "Notification", "MessageId": "m", "TopicArn": "arn:aws:sns:x", "Message": json.dumps(said)}


@given(KEYS)
def test_a_key_comes_through_every_way_as_it_is(key: str) -> None:
    expected = (WorkOrder("inbox", key, "", "e", 7),)
    for said in (notification(key), bridged(key)):
        assert orders_in(json.dumps(said)) == expected
        assert orders_in(json.dumps(by_topic(said))) == expected
        assert orders_in(json.dumps(by_topic(by_topic(said)))) == expected
    assert orders_in(expected[0].as_message()) == expected


@given(
    st.text(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["Records", "Type", "Message", "source", "detail", "s3", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    ).map(json.dumps)
)
def test_anything_else_is_told_as_unknown_and_never_a_crash(body: str) -> None:
    try:
        assert orders_in(body) == ()
    except UnknownMessage as error:
        assert "no notification" in str(error)


def test_versions_are_kept_and_the_same_object_is_asked_for_once() -> None:
    said = notification("a.pdf", versionId="v1")
    said["Records"] *= 3
    assert orders_in(json.dumps(said)) == (WorkOrder("inbox", "a.pdf", "v1", "e", 7),)
    assert orders_in(json.dumps(bridged("a.pdf", **{"version-id": "v2"})))[0].version == "v2"


@pytest.mark.parametrize(
    "said",
    [
        {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "inbox"},
        notification("a.pdf", "ObjectRemoved:Delete"),
        notification("folder/", size=0),
        bridged("a.pdf", "Object Deleted"),
        {"Records": []},
    ],
)
def test_what_asks_for_nothing_gives_no_order(said: dict[str, Any]) -> None:
    assert orders_in(json.dumps(said)) == ()
    assert orders_in(json.dumps(by_topic(said))) == ()


@pytest.mark.parametrize(
    "body", ["", "no JSON", "[]", "3", "{}", '{"Records": 1}', '{"Records": [{"eventSource": "aws:ses"}]}',
             json.dumps(notification("%ff")).replace("%25ff", "%ff"), json.dumps(bridged(""))],
)  # fmt: skip
def test_what_is_no_notification_is_refused_with_what_to_do(body: str) -> None:
    with pytest.raises(UnknownMessage, match="see what else is sent to this queue"):
        orders_in(body)
