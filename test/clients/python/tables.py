"""Tables with their streams and transactions, and a function that reads a stream."""

import boto3

from clients import awslambda, config, equal, failure, pages, reach, waiter

dynamodb = boto3.client('dynamodb', config=config)
streams = boto3.client('dynamodbstreams', config=config)
orders = {'TableName': 'orders'}
first = {'id': {'S': 'a'}}


def puts_items_together():
    dynamodb.create_table(
        **orders,
        AttributeDefinitions=[{'AttributeName': 'id', 'AttributeType': 'S'}],
        KeySchema=[{'AttributeName': 'id', 'KeyType': 'HASH'}],
        BillingMode='PAY_PER_REQUEST',
        StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_AND_OLD_IMAGES'},
    )
    waiter(dynamodb, 'table_exists')(**orders)
    dynamodb.put_item(**orders, Item={**first, 'bytes': {'B': b'\0\xff'}})
    once = {**orders, 'Item': first, 'ConditionExpression': 'attribute_not_exists(id)'}
    put = lambda *items: dynamodb.transact_write_items(TransactItems=[{'Put': item} for item in items])
    second = {**orders, 'Item': {'id': {'S': 'b'}}}
    answer = failure('TransactionCanceledException', 400, lambda: put(second, once))
    equal([reason['Code'] for reason in answer['CancellationReasons']], ['None', 'ConditionalCheckFailed'])
    put(second)
    equal(sorted(item['id']['S'] for item in pages(dynamodb, 'scan', 'Items', **orders)), ['a', 'b'])


def reads_the_changes():
    arn = dynamodb.describe_table(**orders)['Table']['LatestStreamArn']
    shards = streams.describe_stream(StreamArn=arn)['StreamDescription']['Shards']
    place = {'StreamArn': arn, 'ShardId': shards[0]['ShardId']}
    iterator = streams.get_shard_iterator(**place, ShardIteratorType='TRIM_HORIZON')['ShardIterator']
    records = streams.get_records(ShardIterator=iterator)['Records']
    equal([(record['eventName'], record['dynamodb']['Keys']['id']['S']) for record in records],
          [('INSERT', 'a'), ('INSERT', 'b')])
    equal(records[0]['dynamodb']['NewImage']['bytes']['B'], b'\0\xff')
    mapping = awslambda.create_event_source_mapping(
        FunctionName='shop:1', EventSourceArn=arn, StartingPosition='TRIM_HORIZON'
    )
    read = lambda: awslambda.get_event_source_mapping(UUID=mapping['UUID'])
    reach(lambda: read()['LastProcessingResult'], 'OK')
    awslambda.delete_event_source_mapping(UUID=mapping['UUID'])


def deletes_the_table():
    dynamodb.delete_table(**orders)
    waiter(dynamodb, 'table_not_exists')(**orders)
