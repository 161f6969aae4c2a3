import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

EVENT = json.loads((Path(__file__).parents[1] / "events/intake.json").read_text())


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "orders")
    module = importlib.import_module("functions.intake.index")
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


def test_an_event_of_another_kind_is_left_out(index):
    index.handler({**EVENT, "detail-type": "Order paid"}, None)
    index.dynamodb.put_item.assert_not_called()


def test_an_order_without_a_quantity_is_an_error(index):
    with pytest.raises(ValueError, match="expected an order"):
        index.handler({**EVENT, "detail": {"id": "a", "sku": "b"}}, None)
