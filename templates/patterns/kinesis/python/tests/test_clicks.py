import base64
import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest

EVENT = json.loads((Path(__file__).parents[1] / "events/clicks.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "clicks")
    module = importlib.import_module("functions.clicks.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def batch(*contents):
    [record] = EVENT["Records"]
    records = []
    for place, content in enumerate(contents):
        data = base64.b64encode(content.encode()).decode()
        records.append({**record, "kinesis": {**record["kinesis"], "data": data, "sequenceNumber": str(place)}})
    return {"Records": records}


def test_a_click_is_stored_under_the_id_of_its_record(index):
    assert index.handler(EVENT, None) == {"batchItemFailures": []}
    index.dynamodb.put_item.assert_called_once_with(
        TableName="clicks",
        Item={"id": {"S": EVENT["Records"][0]["eventID"]}, "page": {"S": "/chairs"}, "visitor": {"S": "ada"}},
    )


@pytest.mark.parametrize("content", ["no JSON", "{}", '{"page": "/chairs"}'])
def test_the_batch_comes_back_from_a_bad_record_on(index, content):
    good = '{"page": "/chairs", "visitor": "ada"}'
    assert index.handler(batch(good, content, good), None) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    index.dynamodb.put_item.assert_called_once()


def test_a_batch_whose_first_record_fails_is_an_error(index):
    with pytest.raises(ValueError, match="expected a click"):
        index.handler(batch("{}"), None)
