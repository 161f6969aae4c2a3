"""Keeps the orders that a topic tells of."""

import json
import logging
import os

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


def handler(event: dict, context: object) -> None:
    """Keeps the order of a message. An error has Lambda try the event again."""
    for record in event["Records"]:
        _keep(*_parse_order(record["Sns"]["Message"]))


def _parse_order(text: str) -> tuple[str, str, int]:
    """Returns id, sku and quantity. Raises ValueError for a text that is no order."""
    match json.loads(text):
        case {"id": str(id), "sku": str(sku), "quantity": int(quantity)} if id and sku and quantity > 0:
            return id, sku, quantity
    raise ValueError("expected an order with id, sku and quantity")


def _keep(id: str, sku: str, quantity: int) -> None:
    """SNS delivers at least once: an order that is there already stays as it is."""
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
