"""Adds up the orders of each new file of a bucket."""

import json
import logging
import re
from collections import Counter
from urllib.parse import unquote_plus

import boto3

logger = logging.getLogger(__name__)
s3 = boto3.client("s3")

# Larger files do not fit into the function's memory.
MAX_BYTES = 50_000_000


def handler(event: dict, context: object) -> None:
    """The name of a result follows from the file's, so a second event is harmless."""
    for record in event["Records"]:
        _add_up(record["s3"]["bucket"]["name"], record["s3"]["object"])


def _add_up(bucket: str, described: dict) -> None:
    # S3 encodes keys as forms do.
    key = unquote_plus(described["key"])
    found = re.fullmatch(r"in/(.+)\.csv", key)
    if not found:
        raise ValueError(f"expected a key in/….csv, got {key}")
    if described["size"] > MAX_BYTES:
        raise ValueError(f"expected at most {MAX_BYTES} bytes in {key}, got {described['size']}")
    totals = _totals(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())
    s3.put_object(
        Bucket=bucket,
        Key=f"out/{found[1]}.json",
        ContentType="application/json",
        Body=json.dumps(totals).encode(),
    )
    logger.info("totals written", extra={"key": key, "skus": len(totals)})


def _totals(csv: str) -> Counter[str]:
    """The sum of the quantities of each sku. Raises ValueError for a line that is not `sku,quantity`."""
    totals: Counter[str] = Counter()
    for number, line in enumerate(csv.splitlines(), 1):
        found = re.fullmatch(r"([\w-]+),(\d+)", line, re.ASCII)
        if found:
            totals[found[1]] += int(found[2])
        elif line:
            raise ValueError(f"expected sku,quantity in line {number}")
    return totals
