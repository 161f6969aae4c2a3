"""Streams, their records, and a function that reads them."""

import boto3

from clients import account, awslambda, config, equal, failure, pages, reach, waiter

kinesis = boto3.client('kinesis', config=config)
first = {'StreamName': 'clicks', 'ShardId': 'shardId-000000000000'}


def _read(iterator):
    found = kinesis.get_records(ShardIterator=iterator)
    return [record['Data'] for record in found['Records']], found['NextShardIterator']


def puts_and_gets_records():
    kinesis.create_stream(StreamName='clicks', ShardCount=2)
    waiter(kinesis, 'stream_exists')(StreamName='clicks')
    equal(pages(kinesis, 'list_streams', 'StreamNames'), ['clicks'])
    equal(len(pages(kinesis, 'list_shards', 'Shards', StreamName='clicks')), 2)
    put = {'StreamName': 'clicks', 'PartitionKey': 'a', 'ExplicitHashKey': '0'}
    kinesis.put_record(**put, Data='é'.encode())
    records = [{'PartitionKey': 'a', 'ExplicitHashKey': '0', 'Data': bytes([n])} for n in range(2)]
    answer = kinesis.put_records(StreamName='clicks', Records=records)
    equal((answer['FailedRecordCount'], answer['Records'][0]['ShardId']), (0, first['ShardId']))
    iterator = kinesis.get_shard_iterator(**first, ShardIteratorType='TRIM_HORIZON')['ShardIterator']
    contents, after = _read(iterator)
    equal(contents, ['é'.encode(), b'\0', b'\1'])
    equal(_read(after)[0], [])


def feeds_a_function_with_records():
    arn = f'arn:aws:kinesis:eu-west-1:{account}:stream/clicks'
    mapping = awslambda.create_event_source_mapping(
        FunctionName='shop:1', EventSourceArn=arn, StartingPosition='TRIM_HORIZON', BatchSize=2
    )
    read = lambda: awslambda.get_event_source_mapping(UUID=mapping['UUID'])
    reach(lambda: read()['LastProcessingResult'], 'OK')
    reach(lambda: read()['State'], 'Enabled')
    awslambda.delete_event_source_mapping(UUID=mapping['UUID'])


def refuses_streams_that_are_not_there():
    kinesis.delete_stream(StreamName='clicks')
    failure('ResourceNotFoundException', 400, lambda: kinesis.describe_stream_summary(StreamName='clicks'))
