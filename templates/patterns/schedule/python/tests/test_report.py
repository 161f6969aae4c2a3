import importlib
import json
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

EVENT = json.loads((Path(__file__).parents[1] / "events/report.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("BUCKET", "files")
    module = importlib.import_module("functions.report.index")
    monkeypatch.setattr(module, "s3", Mock())
    return module


def file(day, size):
    return {"LastModified": datetime.fromisoformat(f"{day}T12:00:00Z"), "Size": size}


def test_the_files_of_the_day_before_are_counted_over_all_pages(index):
    index.s3.get_paginator.return_value.paginate.return_value = [
        {"Contents": [file("2026-11-26", 1), file("2026-11-27", 10)]},
        {"Contents": [file("2026-11-27", 20), file("2026-11-28", 2)]},
        {},
    ]
    index.handler(EVENT, None)
    written = index.s3.put_object.call_args.kwargs
    assert written["Key"] == "reports/2026-11-27.json"
    assert json.loads(written["Body"]) == {"day": "2026-11-27", "files": 2, "bytes": 30}


def test_an_event_without_a_time_is_an_error(index):
    with pytest.raises(ValueError):
        index.handler({"time": ""}, None)
    index.s3.put_object.assert_not_called()
