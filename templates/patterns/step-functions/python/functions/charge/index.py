"""Charges orders, as a task of a state machine."""

import logging
import os

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


class InvalidOrder(Exception):
    """The error by whose name the state machine rejects an order."""


def handler(event: dict, context: object) -> dict:
    match event:
        case {"id": str(id), "amount": int(amount)} if id and amount >= 0:
            return {"status": _charge(id, amount) if amount else "free"}
    raise InvalidOrder("expected an order with an id and an amount in cents")


def _charge(id: str, amount: int) -> str:
    """A task may be tried again: an order that was charged with this amount stays as it is."""
    cents = {"N": str(amount)}
    try:
        dynamodb.put_item(
            TableName=os.environ["TABLE"],
            Item={"id": {"S": id}, "amount": cents},
            ConditionExpression="attribute_not_exists(id) OR amount = :amount",
            ExpressionAttributeValues={":amount": cents},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        raise InvalidOrder(f"order {id} was charged with another amount") from error
    logger.info("order charged", extra={"order": id, "amount": amount})
    return "charged"
