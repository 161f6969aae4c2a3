"""Writes a report of the files that came to a bucket on the day before."""

import json
import logging
import os
from datetime import datetime, timedelta

import boto3

logger = logging.getLogger(__name__)
s3 = boto3.client("s3")


def handler(event: dict, context: object) -> None:
    """The name of a report follows from the time of the schedule, so a second event is harmless."""
    scheduled = datetime.fromisoformat(event["time"])
    day = (scheduled - timedelta(days=1)).date().isoformat()
    report = {"day": day, **_count(day)}
    s3.put_object(
        Bucket=os.environ["BUCKET"],
        Key=f"reports/{day}.json",
        ContentType="application/json",
        Body=json.dumps(report).encode(),
    )
    logger.info("report written", extra=report)


def _count(day: str) -> dict[str, int]:
    """The number and the bytes of the files that came on a day, as in 2026-11-28, in UTC."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=os.environ["BUCKET"], Prefix="in/")
    files = [file for page in pages for file in page.get("Contents", [])]
    sizes = [file["Size"] for file in files if file["LastModified"].date().isoformat() == day]
    return {"files": len(sizes), "bytes": sum(sizes)}
