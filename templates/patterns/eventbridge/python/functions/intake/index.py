"""Keeps the orders that were placed, which an event bus tells of."""

import logging
import os

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


def handler(event: dict, context: object) -> None:
    """Keeps an order that was placed. An error has Lambda try the event again."""
    kind = event["detail-type"]
    if kind == "Order placed":
        _keep(*_parse_order(event["detail"]))
    else:
        logger.warning("event of another kind", extra={"kind": kind})


def _parse_order(detail: dict) -> tuple[str, str, int]:
    """Returns id, sku and quantity. Raises ValueError for a detail that is no order."""
    match detail:
        case {"id": str(id), "sku": str(sku), "quantity": int(quantity)} if id and sku and quantity > 0:
            return id, sku, quantity
    raise ValueError("expected an order with id, sku and quantity")


def _keep(id: str, sku: str, quantity: int) -> None:
    """EventBridge delivers at least once: an order that is there already stays as it is."""
    try:
        dynamodb.put_item(
            TableName=os.environ["TABLE"],
            Item={"id": {"S": id}, "sku": {"S": sku}, "quantity": {"N": str(quantity)}},
            ConditionExpression="attribute_not_exists(id)",
        )
        logger.info("order kept", extra={"order": id})
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        logger.info("order is there already", extra={"order": id})
