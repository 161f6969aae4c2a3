import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

EVENT = json.loads((Path(__file__).parents[1] / "events/subscriber.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "orders")
    module = importlib.import_module("functions.subscriber.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def test_an_order_is_kept_if_it_is_not_there_yet(index):
    index.handler(EVENT, None)
    index.dynamodb.put_item.assert_called_once_with(
        TableName="orders",
        Item={"id": {"S": "order-1"}, "sku": {"S": "chair"}, "quantity": {"N": "2"}},
        ConditionExpression="attribute_not_exists(id)",
    )


def test_an_order_that_comes_again_is_done(index):
    known = {"Error": {"Code": "ConditionalCheckFailedException", "Message": "no"}}
    index.dynamodb.put_item.side_effect = ClientError(known, "PutItem")
    index.handler(EVENT, None)


@pytest.mark.parametrize("message", ["no JSON", "{}", '{"id": "a", "sku": "b", "quantity": 0}'])
def test_a_message_that_is_no_order_is_an_error(index, message):
    [record] = EVENT["Records"]
    with pytest.raises(ValueError):
        index.handler({"Records": [{**record, "Sns": {**record["Sns"], "Message": message}}]}, None)
    index.dynamodb.put_item.assert_not_called()
