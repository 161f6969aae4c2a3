"""A bucket that tells a queue and a function of its objects and archives them, and an HTTP API in front of a function."""

import json
import urllib.request

import boto3

from clients import account, awslambda, config, equal, failure, s3

sqs = boto3.client('sqs', config=config)
apis = boto3.client('apigatewayv2', config=config)
function = f'arn:aws:lambda:eu-west-1:{account}:function:shop:1'
bucket = 'uploads'


def _allow(statement, service, source):
    awslambda.add_permission(
        FunctionName='shop',
        Qualifier='1',
        StatementId=statement,
        Action='lambda:InvokeFunction',
        Principal=f'{service}.amazonaws.com',
        SourceArn=source,
    )


def tells_of_objects():
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
    url = sqs.create_queue(QueueName='uploads')['QueueUrl']
    images = {'Key': {'FilterRules': [{'Name': 'suffix', 'Value': '.jpg'}]}}
    rules = {
        'QueueConfigurations': [
            {'Id': 'images', 'QueueArn': f'arn:aws:sqs:eu-west-1:{account}:uploads', 'Events': ['s3:ObjectCreated:*'], 'Filter': images}
        ],
        'LambdaFunctionConfigurations': [{'Id': 'gone', 'LambdaFunctionArn': function, 'Events': ['s3:ObjectRemoved:*']}],
    }
    put = lambda: s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=rules)
    failed = failure('ClientError', 400, put, 'InvalidArgument')
    equal(failed['Error']['ArgumentValue1'], f'Not authorized to invoke function [{function}]')
    _allow('s3', 's3', f'arn:aws:s3:::{bucket}')
    put()
    kept = boto3.resource('s3').BucketNotification(bucket)
    equal(kept.lambda_function_configurations, rules['LambdaFunctionConfigurations'])
    images['Key']['FilterRules'][0]['Name'] = 'Suffix'
    equal(kept.queue_configurations, rules['QueueConfigurations'])
    for key in ['a.txt', 'a b.jpg']:
        s3.put_object(Bucket=bucket, Key=key, Body=b'hello')
    messages = [json.loads(m['Body']) for _ in range(3) for m in sqs.receive_message(QueueUrl=url).get('Messages', [])]
    # The refused configuration sent a test event, too.
    messages = messages[-2:]
    equal([each.get('Event') or each['Records'][0]['s3']['object']['key'] for each in messages], ['s3:TestEvent', 'a+b.jpg'])
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    equal(kept.meta.client.get_bucket_notification_configuration(Bucket=bucket).get('QueueConfigurations'), None)


def archives_objects():
    rule = {
        'ID': 'archive',
        'Status': 'Enabled',
        'Filter': {'And': {'Prefix': 'in/', 'ObjectSizeGreaterThan': 0}},
        'Transitions': [{'Days': 30, 'StorageClass': 'STANDARD_IA'}, {'Days': 90, 'StorageClass': 'GLACIER'}],
        'Expiration': {'Days': 365},
    }
    put = lambda: s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={'Rules': [rule]})
    put()
    equal(s3.get_bucket_lifecycle_configuration(Bucket=bucket)['Rules'], [rule])
    rule['Transitions'][0]['Days'] = 1
    failure('ClientError', 400, put, 'InvalidArgument')
    s3.delete_bucket_lifecycle(Bucket=bucket)
    gone = lambda: s3.get_bucket_lifecycle_configuration(Bucket=bucket)
    failure('ClientError', 404, gone, 'NoSuchLifecycleConfiguration')
    s3.put_object(Bucket=bucket, Key='cold', Body=b'x', StorageClass='GLACIER')
    failure('InvalidObjectState', 403, lambda: s3.get_object(Bucket=bucket, Key='cold'))


def serves_a_function_over_http():
    api = apis.create_api(Name='shop', ProtocolType='HTTP')
    made = {'ApiId': api['ApiId']}
    integration = apis.create_integration(
        **made, IntegrationType='AWS_PROXY', IntegrationUri=function, PayloadFormatVersion='2.0'
    )
    target = f"integrations/{integration['IntegrationId']}"
    apis.create_route(**made, RouteKey='GET /items/{id}', Target=target)
    apis.create_stage(**made, StageName='$default', AutoDeploy=True)
    _allow('api', 'apigateway', f"arn:aws:execute-api:eu-west-1:{account}:{api['ApiId']}/*/*/items/{{id}}")
    answer = urllib.request.urlopen(f"{api['ApiEndpoint']}/items/7")
    equal((answer.status, answer.headers['content-type']), (200, 'application/json'))
    equal([each['RouteKey'] for each in apis.get_routes(**made)['Items']], ['GET /items/{id}'])
    failure('ConflictException', 409, lambda: apis.create_route(**made, RouteKey='GET /items/{id}', Target=target))
    apis.delete_api(**made)
    failure('NotFoundException', 404, lambda: apis.get_api(**made))
