import copy
import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest

EVENT = json.loads((Path(__file__).parents[1] / "events/changes.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "history")
    module = importlib.import_module("functions.changes.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def batch(*sequences):
    [record] = EVENT["Records"]
    return {"Records": [{**record, "dynamodb": {**record["dynamodb"], "SequenceNumber": each}} for each in sequences]}


def test_a_change_of_the_status_is_kept_under_its_sequence_number(index):
    assert index.handler(batch("7"), None) == {"batchItemFailures": []}
    item = index.dynamodb.put_item.call_args.kwargs["Item"]
    assert (item["id"], item["before"], item["after"]) == ({"S": "order-1#7"}, {"S": "placed"}, {"S": "paid"})


def test_another_change_is_left_out(index):
    event = copy.deepcopy(EVENT)
    change = event["Records"][0]["dynamodb"]
    change["OldImage"] = change["NewImage"]
    index.handler(event, None)
    index.dynamodb.put_item.assert_not_called()


def test_the_batch_comes_back_from_the_change_that_failed_on(index):
    index.dynamodb.put_item.side_effect = [{}, RuntimeError("no table")]
    assert index.handler(batch("7", "8", "9"), None) == {"batchItemFailures": [{"itemIdentifier": "8"}]}
    assert index.dynamodb.put_item.call_count == 2


def test_a_batch_whose_first_change_fails_is_an_error(index):
    index.dynamodb.put_item.side_effect = RuntimeError("no table")
    with pytest.raises(RuntimeError, match="no table"):
        index.handler(batch("7", "8"), None)
