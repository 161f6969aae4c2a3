import copy
import importlib
import io
import json
from pathlib import Path
from unittest.mock import Mock

import pytest

EVENT = json.loads((Path(__file__).parents[1] / "events/totals.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    module = importlib.import_module("functions.totals.index")
    monkeypatch.setattr(module, "s3", Mock())
    file_has(module, b"chair,2\ntable,1\r\nchair,3\n")
    return module


def file_has(index, csv):
    index.s3.get_object.return_value = {"Body": io.BytesIO(csv)}


def test_the_orders_of_a_file_are_added_up(index):
    index.handler(EVENT, None)
    written = index.s3.put_object.call_args.kwargs
    assert index.s3.get_object.call_args.kwargs["Key"] == "in/orders of monday.csv"
    assert written["Key"] == "out/orders of monday.json"
    assert json.loads(written["Body"]) == {"chair": 5, "table": 1}


def test_a_line_that_is_no_order_is_an_error_and_nothing_is_written(index):
    file_has(index, b"chair,2\ntable,many\n")
    with pytest.raises(ValueError, match="expected sku,quantity in line 2"):
        index.handler(EVENT, None)
    index.s3.put_object.assert_not_called()


def test_a_file_of_another_kind_is_an_error(index):
    event = copy.deepcopy(EVENT)
    event["Records"][0]["s3"]["object"]["key"] = "in/chair.png"
    with pytest.raises(ValueError, match="expected a key"):
        index.handler(event, None)
