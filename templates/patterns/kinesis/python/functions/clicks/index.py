"""Stores the clicks that come as records of a stream."""

import base64
import json
import logging
import os

import boto3

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


def handler(event: dict, context: object) -> dict:
    """Stores the clicks of a batch in their order. The first that fails comes back with all after it."""
    for index, record in enumerate(event["Records"]):
        try:
            _store(record)
        except Exception:
            sequence = record["kinesis"]["sequenceNumber"]
            logger.exception("click failed", extra={"sequenceNumber": sequence})
            # The alarms count the errors of invocations, and see no single record.
            if index == 0:
                raise
            return {"batchItemFailures": [{"itemIdentifier": sequence}]}
    return {"batchItemFailures": []}


def _store(record: dict) -> None:
    """A stream delivers at least once: the same record again writes the same item."""
    page, visitor = _parse_click(base64.b64decode(record["kinesis"]["data"]))
    dynamodb.put_item(
        TableName=os.environ["TABLE"],
        Item={"id": {"S": record["eventID"]}, "page": {"S": page}, "visitor": {"S": visitor}},
    )
    logger.info("click stored", extra={"click": record["eventID"], "page": page})


def _parse_click(text: bytes) -> tuple[str, str]:
    """Returns the page and the visitor. Raises ValueError for a text that is no click."""
    match json.loads(text):
        case {"page": str(page), "visitor": str(visitor)} if page.startswith("/") and visitor:
            return page, visitor
    raise ValueError("expected a click with a page and a visitor")
