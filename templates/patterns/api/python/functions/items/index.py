"""Answers `GET` and `PUT /items/{id}`."""

import base64
import json
import logging
import os
import re

import boto3

logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")


def handler(event: dict, context: object) -> dict:
    path = event["rawPath"]
    found = re.fullmatch(r"/items/([\w-]{1,64})", path, re.ASCII)
    if not found:
        return _answer(404, {"error": f"there is no {path}"})
    match event["requestContext"]["http"]["method"]:
        case "GET":
            return _read(found[1])
        case "PUT":
            return _write(found[1], event)
    return _answer(405, {"error": "expected GET or PUT"}, {"allow": "GET, PUT"})


def _read(id: str) -> dict:
    item = dynamodb.get_item(TableName=os.environ["TABLE"], Key={"id": {"S": id}}).get("Item")
    if item is None:
        return _answer(404, {"error": f"there is no item {id}"})
    return _answer(200, {"id": id, "name": item["name"]["S"], "price": int(item["price"]["N"])})


def _write(id: str, event: dict) -> dict:
    """The same request again leaves the same item, so callers may repeat it."""
    body = event.get("body", "")
    item = _parse_item(base64.b64decode(body) if event.get("isBase64Encoded") else body)
    if item is None:
        return _answer(400, {"error": "expected JSON with a name and a price in cents"})
    name, price = item
    dynamodb.put_item(
        TableName=os.environ["TABLE"],
        Item={"id": {"S": id}, "name": {"S": name}, "price": {"N": str(price)}},
    )
    logger.info("item stored", extra={"item": id})
    return _answer(200, {"id": id, "name": name, "price": price})


def _parse_item(text: str | bytes) -> tuple[str, int] | None:
    """Returns the name and the price in cents; None for a text that is no item."""
    try:
        match json.loads(text):
            case {"name": str(name), "price": int(price)} if name and price >= 0:
                return name, price
    except ValueError:
        pass
    return None


def _answer(status: int, content: dict, headers: dict[str, str] | None = None) -> dict:
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json", **(headers or {})},
        "body": json.dumps(content),
    }
