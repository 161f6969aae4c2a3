"""Takes orders in, which land in a bucket as files."""

import json
import logging
import os
from urllib.parse import unquote_plus

import boto3
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)
s3 = boto3.client("s3")
dynamodb = boto3.client("dynamodb")
sns = boto3.client("sns")


def handler(event: dict, context: object) -> None:
    """Takes each new file in. An error has Lambda try the event again."""
    for record in event["Records"]:
        # S3 encodes keys as forms do.
        _ingest(record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"]))


def _ingest(bucket: str, file: str) -> None:
    order = _parse_order(s3.get_object(Bucket=bucket, Key=file)["Body"].read())
    record = {**order, "total": order["quantity"] * order["price"], "file": file}
    _store(record)
    _announce(record)
    logger.info("order taken in", extra={"order": order["id"], "file": file})


def _parse_order(text: bytes) -> dict:
    """Raises ValueError for a text that is no order. The price is in cents for one piece."""
    match json.loads(text):
        case {"id": str(id), "sku": str(sku), "quantity": int(quantity), "price": int(price)}:
            if id and sku and quantity > 0 and price >= 0:
                return {"id": id, "sku": sku, "quantity": quantity, "price": price}
    raise ValueError("expected an order with id, sku, quantity and price")


def _store(record: dict) -> None:
    """An order that is there already stays as it is: an earlier try may have stored it."""
    item = {key: {"N": str(value)} if isinstance(value, int) else {"S": value} for key, value in record.items()}
    try:
        dynamodb.put_item(
            TableName=os.environ["TABLE"], Item=item, ConditionExpression="attribute_not_exists(id)"
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise


def _announce(record: dict) -> None:
    """A try that failed after the record was stored told nobody, so each try tells."""
    sns.publish(
        TopicArn=os.environ["TOPIC"],
        Message=json.dumps(record),
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "order"}},
    )
