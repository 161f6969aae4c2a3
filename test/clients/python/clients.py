"""boto3's clients for the sandbox, and what each file of checks needs."""

import io
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# No retries, so that a check sees each answer; 127.0.0.1 has no sub-domains.
config = Config(retries={'max_attempts': 1}, inject_host_prefix=False)
awslambda = boto3.client('lambda', config=config)
cloudwatch = boto3.client('cloudwatch', config=config)
logs = boto3.client('logs', config=config)
s3 = boto3.client('s3', config=config)
ssm = boto3.client('ssm', config=config)
secrets = boto3.client('secretsmanager', config=config)
sts = boto3.client('sts', config=config)

account = '000000000000'
role = f'arn:aws:iam::{account}:role/app'


def waiter(client, name):
    """Returns a waiter's wait() that asks each 50 ms."""
    waiting = client.get_waiter(name)
    return lambda **request: waiting.wait(**request, WaiterConfig={'Delay': 0.05, 'MaxAttempts': 600})


def pages(client, operation, key, **request):
    """All items of a paginator."""
    return [item for page in client.get_paginator(operation).paginate(**request) for item in page[key]]


def zipped(source, name='index.py'):
    """A zip of one file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w') as archive:
        archive.writestr(name, source)
    return content.getvalue()


def failure(kind, status, call, code=None):
    """Returns the response of a call that fails with this class of boto3's errors."""
    try:
        call()
    except ClientError as error:
        answer = error.response
        found = (type(error).__name__, answer['Error']['Code'], answer['ResponseMetadata']['HTTPStatusCode'])
        assert found == (kind, code or kind, status), answer
        assert answer['ResponseMetadata']['RequestId'], answer
        return answer
    raise AssertionError(f'expected {kind}, got an answer')


def equal(found, expected):
    assert found == expected, f'expected {expected!r}, got {found!r}'


def reach(read, expected):
    """Waits until a reading is as expected."""
    for _ in range(600):
        found = read()
        if found == expected:
            return
        time.sleep(0.05)
    equal(found, expected)
