import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

EVENT = json.loads((Path(__file__).parents[1] / "events/worker.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "orders")
    module = importlib.import_module("functions.worker.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def test_an_order_is_stored_if_it_is_not_there_yet(index):
    assert index.handler(EVENT, None) == {"batchItemFailures": []}
    index.dynamodb.put_item.assert_called_once_with(
        TableName="orders",
        Item={"id": {"S": "order-1"}, "sku": {"S": "chair"}, "quantity": {"N": "2"}},
        ConditionExpression="attribute_not_exists(id)",
    )


def test_an_order_that_comes_again_is_done(index):
    known = {"Error": {"Code": "ConditionalCheckFailedException", "Message": "no"}}
    index.dynamodb.put_item.side_effect = ClientError(known, "PutItem")
    assert index.handler(EVENT, None) == {"batchItemFailures": []}


@pytest.mark.parametrize("body", ["no JSON", "{}", '{"id": "a", "sku": "b", "quantity": 0}'])
def test_of_a_batch_only_the_bad_message_comes_back(index, body):
    [record] = EVENT["Records"]
    event = {"Records": [record, {**record, "messageId": "bad", "body": body}]}
    assert index.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    index.dynamodb.put_item.assert_called_once()


def test_a_batch_that_fails_as_a_whole_is_an_error(index):
    index.dynamodb.put_item.side_effect = RuntimeError("no table")
    with pytest.raises(RuntimeError, match="all messages of the batch failed"):
        index.handler(EVENT, None)
