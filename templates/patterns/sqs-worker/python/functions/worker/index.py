"""Stores the orders that come as messages of a queue."""

import json
import logging
import os
from dataclasses import dataclass

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


@dataclass(frozen=True)
class Order:
    id: str
    sku: str
    quantity: int


def handler(event: dict, context: object) -> dict:
    """Stores the orders of a batch, and reports the messages that failed, so that only these come back."""
    records = event["Records"]
    failed = [record["messageId"] for record in records if not _succeeds(record)]
    # The alarms count the errors of invocations, and see no single message.
    if failed and len(failed) == len(records):
        raise RuntimeError("all messages of the batch failed")
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


def _succeeds(record: dict) -> bool:
    try:
        _store(_parse_order(record["body"]))
        return True
    except Exception:
        logger.exception("order failed", extra={"messageId": record["messageId"]})
        return False


def _parse_order(body: str) -> Order:
    """Raises ValueError for a body that is no order."""
    match json.loads(body):
        case {"id": str(id), "sku": str(sku), "quantity": int(quantity)} if id and sku and quantity > 0:
            return Order(id, sku, quantity)
    raise ValueError("expected an order with id, sku and quantity")


def _store(order: Order) -> None:
    """A queue delivers at least once: an order that is there already stays as it is."""
    try:
        dynamodb.put_item(
            TableName=os.environ["TABLE"],
            Item={"id": {"S": order.id}, "sku": {"S": order.sku}, "quantity": {"N": str(order.quantity)}},
            ConditionExpression="attribute_not_exists(id)",
        )
        logger.info("order stored", extra={"order": order.id})
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        logger.info("order is there already", extra={"order": order.id})
