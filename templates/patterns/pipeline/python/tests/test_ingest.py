import importlib
import io
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

EVENT = json.loads((Path(__file__).parents[1] / "events/ingest.json").read_text())
KNOWN = ClientError({"Error": {"Code": "ConditionalCheckFailedException", "Message": "no"}}, "PutItem")


@pytest.fixture
def index(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("TABLE", "orders")
    monkeypatch.setenv("TOPIC", "arn:aws:sns:eu-west-1:000000000000:orders")
    module = importlib.import_module("functions.ingest.index")
    for client in ("s3", "dynamodb", "sns"):
        monkeypatch.setattr(module, client, Mock())
    file_has(module, b'{"id": "order-1", "sku": "chair", "quantity": 2, "price": 4900}')
    return module


def file_has(index, text):
    index.s3.get_object.return_value = {"Body": io.BytesIO(text)}


def test_an_order_gets_its_total_a_record_and_a_message(index):
    index.handler(EVENT, None)
    assert index.s3.get_object.call_args.kwargs["Key"] == "in/order 1.json"
    stored = index.dynamodb.put_item.call_args.kwargs
    assert stored["Item"]["total"] == {"N": "9800"}
    assert stored["ConditionExpression"] == "attribute_not_exists(id)"
    told = json.loads(index.sns.publish.call_args.kwargs["Message"])
    assert (told["id"], told["total"]) == ("order-1", 9800)


def test_an_order_that_is_stored_already_is_told_again(index):
    index.dynamodb.put_item.side_effect = KNOWN
    index.handler(EVENT, None)
    index.sns.publish.assert_called_once()


@pytest.mark.parametrize("text", [b"no JSON", b"{}", b'{"id": "a", "sku": "b", "quantity": 1, "price": "9"}'])
def test_a_file_that_is_no_order_is_an_error(index, text):
    file_has(index, text)
    with pytest.raises(ValueError):
        index.handler(EVENT, None)
    index.dynamodb.put_item.assert_not_called()
    index.sns.publish.assert_not_called()
