"""Keeps the changes of orders, which come from the stream of their table."""

import logging
import os

import boto3

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


def handler(event: dict, context: object) -> dict:
    """Keeps the changes of a batch in their order. The first that fails comes back with all after it."""
    for index, record in enumerate(event["Records"]):
        sequence = record["dynamodb"]["SequenceNumber"]
        try:
            _keep(record, sequence)
        except Exception:
            logger.exception("change failed", extra={"sequence": sequence})
            # The alarms count the errors of invocations, and see no single change.
            if index == 0:
                raise
            return {"batchItemFailures": [{"itemIdentifier": sequence}]}
    return {"batchItemFailures": []}


def _keep(record: dict, sequence: str) -> None:
    """A stream delivers at least once: the same change again writes the same item."""
    change = record["dynamodb"]
    order = change["Keys"]["id"]["S"]
    before, after = (_status(change.get(image)) for image in ("OldImage", "NewImage"))
    if before == after:
        return
    dynamodb.put_item(
        TableName=os.environ["TABLE"],
        Item={
            "id": {"S": f"{order}#{sequence}"},
            "order": {"S": order},
            "change": {"S": record["eventName"]},
            "before": {"S": before},
            "after": {"S": after},
        },
    )
    logger.info("change kept", extra={"order": order, "before": before, "after": after})


def _status(image: dict | None) -> str:
    return (image or {}).get("status", {}).get("S", "none")
