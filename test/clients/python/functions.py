"""A function's versions, aliases and code."""

import base64
import hashlib
import json
import urllib.request

from clients import account, awslambda, equal, failure, pages, role, s3, waiter, zipped

arn = f'arn:aws:lambda:eu-west-1:{account}:function:shop'
echo = 'def handler(event, context):\n    print("got", event)\n    return [context.function_version, event]\n'


def creates_and_waits():
    made = awslambda.create_function(
        FunctionName='shop',
        Runtime='python3.12',
        Role=role,
        Handler='index.handler',
        Code={'ZipFile': zipped(echo)},
        Publish=True,
        Tags={'team': 'shop'},
        Timeout=20,
    )
    equal((made['FunctionArn'], made['Version'], made['State']), (arn, '1', 'Pending'))
    waiter(awslambda, 'function_exists')(FunctionName='shop')
    waiter(awslambda, 'function_active_v2')(FunctionName='shop')
    waiter(awslambda, 'published_version_active')(FunctionName='shop', Qualifier='1')


def invokes():
    answer = awslambda.invoke(FunctionName='shop', Qualifier='1', Payload=b'{"n":1}', LogType='Tail')
    equal(json.load(answer['Payload']), ['1', {'n': 1}])
    equal((answer['StatusCode'], answer['ExecutedVersion']), (200, '1'))
    assert b'REPORT RequestId' in base64.b64decode(answer['LogResult'])
    stream = awslambda.invoke_with_response_stream(FunctionName='shop', Payload=b'{}')['EventStream']
    equal([kind for event in stream for kind in event], ['PayloadChunk', 'InvokeComplete'])
    equal(awslambda.invoke(FunctionName='shop', InvocationType='DryRun')['StatusCode'], 204)
    equal(awslambda.invoke(FunctionName='shop', InvocationType='Event')['StatusCode'], 202)


def takes_code_from_s3():
    s3.create_bucket(Bucket='code', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
    s3.put_object(Bucket='code', Key='two.zip', Body=zipped('def handler(e, c):\n    raise ValueError("no")\n'))
    updated = awslambda.update_function_code(FunctionName='shop', S3Bucket='code', S3Key='two.zip')
    equal(updated['LastUpdateStatus'], 'InProgress')
    waiter(awslambda, 'function_updated_v2')(FunctionName='shop')
    version = awslambda.publish_version(FunctionName='shop', Description='two')
    equal((version['Version'], version['State'], version['FunctionArn']), ('2', 'Active', f'{arn}:2'))
    answer = awslambda.invoke(FunctionName='shop', Qualifier='2')
    equal(answer['FunctionError'], 'Unhandled')
    equal(json.load(answer['Payload'])['errorType'], 'ValueError')
    with urllib.request.urlopen(awslambda.get_function(FunctionName='shop')['Code']['Location']) as code:
        equal(hashlib.sha256(code.read()).digest(), base64.b64decode(version['CodeSha256']))


def moves_an_alias():
    weights = {'AdditionalVersionWeights': {'2': 0.5}}
    made = awslambda.create_alias(FunctionName='shop', Name='live', FunctionVersion='1', RoutingConfig=weights)
    moved = awslambda.update_alias(
        FunctionName='shop',
        Name='live',
        RoutingConfig={'AdditionalVersionWeights': {}},
        RevisionId=made['RevisionId'],
    )
    assert moved['RevisionId'] != made['RevisionId'] and 'RoutingConfig' not in moved, moved

    def again():
        awslambda.update_alias(
            FunctionName='shop', Name='live', FunctionVersion='2', RevisionId=made['RevisionId']
        )

    failure('PreconditionFailedException', 412, again)


def lists_in_pages():
    request = {'FunctionName': 'shop', 'PaginationConfig': {'PageSize': 1}}
    versions = pages(awslambda, 'list_versions_by_function', 'Versions', **request)
    equal([version['Version'] for version in versions], ['$LATEST', '1', '2'])
    equal([alias['Name'] for alias in pages(awslambda, 'list_aliases', 'Aliases', **request)], ['live'])
    equal([each['FunctionName'] for each in pages(awslambda, 'list_functions', 'Functions')], ['shop'])


def tells_failures():
    missing = failure('ResourceNotFoundException', 404, lambda: awslambda.get_function(FunctionName='no'))
    text = f'Function not found: arn:aws:lambda:eu-west-1:{account}:function:no'
    equal((missing['Error']['Message'], missing['Message'], missing['Type']), (text, text, 'User'))
    failure(
        'ResourceConflictException',
        409,
        lambda: awslambda.create_alias(FunctionName='shop', Name='live', FunctionVersion='1'),
    )
    failure(
        'InvalidParameterValueException',
        400,
        lambda: awslambda.create_alias(FunctionName='shop', Name='other', FunctionVersion='$LATEST', RoutingConfig={'AdditionalVersionWeights': {'1': 0.5}}),
    )
    failure(
        'InvalidRequestContentException', 400, lambda: awslambda.invoke(FunctionName='shop', Payload=b'{')
    )
    awslambda.put_function_concurrency(FunctionName='shop', ReservedConcurrentExecutions=0)
    throttled = failure('TooManyRequestsException', 429, lambda: awslambda.invoke(FunctionName='shop'))
    equal(throttled['Reason'], 'ReservedFunctionConcurrentInvocationLimitExceeded')
    awslambda.delete_function_concurrency(FunctionName='shop')
