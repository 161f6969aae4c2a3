"""Queues, their messages, and a function that reads them."""

import json

import boto3

from clients import account, awslambda, config, equal, failure, pages, reach

sqs = boto3.client('sqs', config=config)


def _depth(url):
    names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)['Attributes']
    return [int(found[name]) for name in names]


def _made(name, **attributes):
    url = sqs.create_queue(QueueName=name, Attributes=attributes, tags={'team': 'shop'})['QueueUrl']
    equal(sqs.get_queue_url(QueueName=name)['QueueUrl'], url)
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['QueueArn'])['Attributes']['QueueArn']


def sends_and_receives():
    url, arn = _made('jobs')
    equal(arn, f'arn:aws:sqs:eu-west-1:{account}:jobs')
    attributes = {'kind': {'DataType': 'String', 'StringValue': 'new'}, 'raw': {'DataType': 'Binary', 'BinaryValue': b'\1'}}
    sent = sqs.send_message(QueueUrl=url, MessageBody='é', MessageAttributes=attributes)
    asked = {'QueueUrl': url, 'MessageAttributeNames': ['All'], 'AttributeNames': ['All'], 'WaitTimeSeconds': 5}
    [message] = sqs.receive_message(**asked)['Messages']
    equal((message['MessageId'], message['Body']), (sent['MessageId'], 'é'))
    equal(message['MessageAttributes'], attributes)
    equal(message['MD5OfMessageAttributes'], sent['MD5OfMessageAttributes'])
    equal(message['Attributes']['ApproximateReceiveCount'], '1')
    equal(_depth(url), [0, 1])
    held = {'QueueUrl': url, 'ReceiptHandle': message['ReceiptHandle']}
    sqs.change_message_visibility(**held, VisibilityTimeout=0)
    [again] = boto3.resource('sqs').Queue(url).receive_messages()
    again.delete()
    equal(_depth(url), [0, 0])
    assert 'Messages' not in sqs.receive_message(QueueUrl=url)
    equal(sqs.list_queue_tags(QueueUrl=url)['Tags'], {'team': 'shop'})
    equal(pages(sqs, 'list_queues', 'QueueUrls', QueueNamePrefix='jo'), [url])


def keeps_the_order_of_a_group():
    url, _ = _made('steps.fifo', FifoQueue='true', ContentBasedDeduplication='true')
    entries = [{'Id': str(n), 'MessageBody': f'step {n % 3}', 'MessageGroupId': 'g'} for n in range(4)]
    sent = sqs.send_message_batch(QueueUrl=url, Entries=entries)['Successful']
    equal(sent[3]['MessageId'], sent[0]['MessageId'])
    received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)['Messages']
    equal([message['Body'] for message in received], ['step 0', 'step 1', 'step 2'])
    assert 'Messages' not in sqs.receive_message(QueueUrl=url)
    failed = failure('ClientError', 400, lambda: sqs.send_message(QueueUrl=url, MessageBody='x'), 'MissingParameter')
    equal(failed['Error']['Message'], 'The request must contain the parameter MessageGroupId.')


def feeds_a_function():
    url, arn = _made('orders', VisibilityTimeout='60')
    mapping = awslambda.create_event_source_mapping(FunctionName='shop:1', EventSourceArn=arn, BatchSize=5)
    for n in range(7):
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({'n': n}))
    reach(lambda: _depth(url), [0, 0])
    reach(lambda: awslambda.get_event_source_mapping(UUID=mapping['UUID'])['State'], 'Enabled')
    awslambda.delete_event_source_mapping(UUID=mapping['UUID'])


def moves_dead_letters():
    dead, dead_arn = _made('dead')
    policy = json.dumps({'deadLetterTargetArn': dead_arn, 'maxReceiveCount': 1})
    url, _ = _made('bad', RedrivePolicy=policy, VisibilityTimeout='0')
    sqs.send_message(QueueUrl=url, MessageBody='bad')
    assert 'Messages' in sqs.receive_message(QueueUrl=url)
    assert 'Messages' not in sqs.receive_message(QueueUrl=url)
    [letter] = sqs.receive_message(QueueUrl=dead)['Messages']
    equal(letter['Body'], 'bad')
    equal(sqs.list_dead_letter_source_queues(QueueUrl=dead)['queueUrls'], [url])


def refuses_queues_that_are_not_there():
    code = 'AWS.SimpleQueueService.NonExistentQueue'
    failure('QueueDoesNotExist', 400, lambda: sqs.get_queue_url(QueueName='none'), code)
    url = sqs.get_queue_url(QueueName='jobs')['QueueUrl']
    sqs.purge_queue(QueueUrl=url)
    sqs.delete_queue(QueueUrl=url)
    failure('QueueDoesNotExist', 400, lambda: sqs.receive_message(QueueUrl=url), code)
