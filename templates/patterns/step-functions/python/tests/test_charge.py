import importlib
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

EVENT = json.loads((Path(__file__).parents[1] / "events/charge.json").read_text())
KNOWN = ClientError({"Error": {"Code": "ConditionalCheckFailedException", "Message": "no"}}, "PutItem")


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "charges")
    module = importlib.import_module("functions.charge.index")
    monkeypatch.setattr(module, "dynamodb", Mock())
    return module


def test_an_order_is_charged_or_again_with_the_same_amount(index):
    assert index.handler(EVENT, None) == {"status": "charged"}
    written = index.dynamodb.put_item.call_args.kwargs
    assert written["Item"] == {"id": {"S": "order-1"}, "amount": {"N": "4900"}}
    assert written["ConditionExpression"] == "attribute_not_exists(id) OR amount = :amount"


def test_an_order_of_nothing_is_free(index):
    assert index.handler({"id": "gift", "amount": 0}, None) == {"status": "free"}
    index.dynamodb.put_item.assert_not_called()


def test_an_order_that_was_charged_with_another_amount_is_invalid(index):
    index.dynamodb.put_item.side_effect = KNOWN
    with pytest.raises(index.InvalidOrder, match="another amount"):
        index.handler(EVENT, None)


@pytest.mark.parametrize("order", [{}, {"id": "a"}, {"id": "a", "amount": -1}, {"id": "a", "amount": 1.5}])
def test_other_input_is_invalid(index, order):
    with pytest.raises(index.InvalidOrder, match="expected an order"):
        index.handler(order, None)
