import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest

EVENT = json.loads((Path(__file__).parents[1] / "events/items.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "items")
    module = importlib.import_module("functions.items.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def request(method, path, body=""):
    return {**EVENT, "rawPath": path, "requestContext": {"http": {"method": method}}, "body": body}


def test_an_item_is_written(index):
    answer = index.handler(EVENT, None)
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {"id": "chair", "name": "Chair", "price": 4900}
    index.dynamodb.put_item.assert_called_once_with(
        TableName="items", Item={"id": {"S": "chair"}, "name": {"S": "Chair"}, "price": {"N": "4900"}}
    )


def test_an_item_is_read(index):
    index.dynamodb.get_item.return_value = {"Item": {"name": {"S": "Chair"}, "price": {"N": "4900"}}}
    answer = index.handler(request("GET", "/items/chair"), None)
    assert json.loads(answer["body"]) == {"id": "chair", "name": "Chair", "price": 4900}


@pytest.mark.parametrize(
    "status, asked",
    [
        (404, request("GET", "/items/none")),
        (404, request("GET", "/orders")),
        (405, request("DELETE", "/items/chair")),
        (400, request("PUT", "/items/chair", "Chair")),
        (400, request("PUT", "/items/chair", '{"name": "Chair", "price": -1}')),
    ],
)
def test_other_requests_are_refused(index, status, asked):
    index.dynamodb.get_item.return_value = {}
    assert index.handler(asked, None)["statusCode"] == status
