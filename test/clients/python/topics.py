"""Topics, buses and rules, with a queue at their other ends."""

import json

import boto3

from clients import account, config, equal, failure, pages

sns = boto3.client('sns', config=config)
events = boto3.client('events', config=config)
sqs = boto3.client('sqs', config=config)


def _queue(name):
    url = sqs.create_queue(QueueName=name)['QueueUrl']
    return url, f'arn:aws:sqs:eu-west-1:{account}:{name}'


def _bodies(url):
    return [message['Body'] for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get('Messages', [])]


def publishes_to_a_queue():
    topic = sns.create_topic(Name='news', Tags=[{'Key': 'team', 'Value': 'shop'}])['TopicArn']
    equal(topic, f'arn:aws:sns:eu-west-1:{account}:news')
    url, arn = _queue('readers')
    policy = json.dumps({'kind': ['order']})
    attributes = {'RawMessageDelivery': 'true', 'FilterPolicy': policy}
    made = sns.subscribe(TopicArn=topic, Protocol='sqs', Endpoint=arn, Attributes=attributes)['SubscriptionArn']
    equal(sns.get_subscription_attributes(SubscriptionArn=made)['Attributes']['FilterPolicy'], policy)
    equal([each['SubscriptionArn'] for each in pages(sns, 'list_subscriptions_by_topic', 'Subscriptions', TopicArn=topic)], [made])
    kind = {'kind': {'DataType': 'String', 'StringValue': 'order'}, 'raw': {'DataType': 'Binary', 'BinaryValue': b'\1'}}
    sns.publish(TopicArn=topic, Message='é', MessageAttributes=kind)
    entries = [{'Id': 'a', 'Message': 'none'}, {'Id': 'b', 'Message': 'two', 'MessageAttributes': kind}]
    equal(len(sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)['Successful']), 2)
    equal(_bodies(url), ['é', 'two'])
    equal(sns.list_tags_for_resource(ResourceArn=topic)['Tags'], [{'Key': 'team', 'Value': 'shop'}])
    sns.unsubscribe(SubscriptionArn=made)
    sns.delete_topic(TopicArn=topic)
    failure('NotFoundException', 404, lambda: sns.publish(TopicArn=topic, Message='x'), 'NotFound')


def routes_events():
    url, arn = _queue('events')
    rule = events.put_rule(Name='placed', EventPattern=json.dumps({'source': ['shop']}))['RuleArn']
    template = {'InputPathsMap': {'n': '$.detail.n'}, 'InputTemplate': '{"n": <n>}'}
    equal(events.put_targets(Rule='placed', Targets=[{'Id': 'q', 'Arn': arn, 'InputTransformer': template}])['FailedEntryCount'], 0)
    entry = {'Source': 'shop', 'DetailType': 'Order', 'Detail': json.dumps({'n': 7})}
    put = events.put_events(Entries=[entry, {**entry, 'Detail': 'x'}, {**entry, 'Source': 'other'}])
    equal([each.get('ErrorCode') for each in put['Entries']], [None, 'MalformedDetail', None])
    equal(_bodies(url), ['{"n": 7}'])
    equal(events.describe_rule(Name='placed')['Arn'], rule)
    equal(events.list_rule_names_by_target(TargetArn=arn)['RuleNames'], ['placed'])
    events.remove_targets(Rule='placed', Ids=['q'])
    events.delete_rule(Name='placed')
    failure('ResourceNotFoundException', 400, lambda: events.describe_rule(Name='placed'))
