"""What belongs to a function beside its code: layers, mappings, URLs, policies, concurrency, tags."""

import json
import urllib.request

from clients import account, awslambda, equal, failure, pages, reach, waiter, zipped


def mounts_a_layer():
    layer = awslambda.publish_layer_version(
        LayerName='prices', Content={'ZipFile': zipped('bread = 3\n', 'python/prices.py')}
    )
    source = 'import prices\ndef handler(event, context):\n    return prices.bread\n'
    awslambda.update_function_code(FunctionName='shop', ZipFile=zipped(source))
    waiter(awslambda, 'function_updated_v2')(FunctionName='shop')
    awslambda.update_function_configuration(FunctionName='shop', Layers=[layer['LayerVersionArn']])
    waiter(awslambda, 'function_updated_v2')(FunctionName='shop')
    equal(json.load(awslambda.invoke(FunctionName='shop')['Payload']), 3)
    equal([each['LayerName'] for each in pages(awslambda, 'list_layers', 'Layers')], ['prices'])
    versions = pages(awslambda, 'list_layer_versions', 'LayerVersions', LayerName='prices')
    equal([each['Version'] for each in versions], [1])
    awslambda.delete_layer_version(LayerName='prices', VersionNumber=1)
    equal(awslambda.get_function_configuration(FunctionName='shop')['Layers'][0]['Arn'], layer['LayerVersionArn'])


def keeps_event_source_mappings():
    queue = f'arn:aws:sqs:eu-west-1:{account}:orders'
    made = awslambda.create_event_source_mapping(FunctionName='shop', EventSourceArn=queue, BatchSize=3)
    mapping = {'UUID': made['UUID']}
    reach(lambda: awslambda.get_event_source_mapping(**mapping)['State'], 'Enabled')
    awslambda.update_event_source_mapping(**mapping, Enabled=False)
    reach(lambda: awslambda.get_event_source_mapping(**mapping)['State'], 'Disabled')
    listed = pages(awslambda, 'list_event_source_mappings', 'EventSourceMappings', FunctionName='shop')
    equal([(each['UUID'], each['BatchSize']) for each in listed], [(made['UUID'], 3)])
    equal(awslambda.delete_event_source_mapping(**mapping)['State'], 'Deleting')


def keeps_policies_and_urls():
    live = {'FunctionName': 'shop', 'Qualifier': 'live'}
    awslambda.add_permission(
        **live, StatementId='events', Action='lambda:InvokeFunction', Principal='events.amazonaws.com'
    )
    statements = json.loads(awslambda.get_policy(**live)['Policy'])['Statement']
    equal([each['Sid'] for each in statements], ['events'])
    awslambda.remove_permission(**live, StatementId='events')
    failure('ResourceNotFoundException', 404, lambda: awslambda.get_policy(**live))
    made = awslambda.create_function_url_config(**live, AuthType='NONE')
    awslambda.add_permission(
        **live,
        StatementId='anybody',
        Action='lambda:InvokeFunctionUrl',
        Principal='*',
        FunctionUrlAuthType='NONE',
    )
    listed = pages(awslambda, 'list_function_url_configs', 'FunctionUrlConfigs', FunctionName='shop')
    equal([each['FunctionUrl'] for each in listed], [made['FunctionUrl']])
    with urllib.request.urlopen(made['FunctionUrl']) as answer:
        equal(json.load(answer)[0], '1')
    awslambda.delete_function_url_config(**live)


def keeps_concurrency_and_retries():
    live = {'FunctionName': 'shop', 'Qualifier': 'live'}
    awslambda.put_provisioned_concurrency_config(**live, ProvisionedConcurrentExecutions=1)
    reach(lambda: awslambda.get_provisioned_concurrency_config(**live)['Status'], 'READY')
    awslambda.delete_provisioned_concurrency_config(**live)
    failure(
        'ProvisionedConcurrencyConfigNotFoundException',
        404,
        lambda: awslambda.get_provisioned_concurrency_config(**live),
    )
    awslambda.put_function_event_invoke_config(FunctionName='shop', MaximumRetryAttempts=1)
    awslambda.update_function_event_invoke_config(FunctionName='shop', MaximumEventAgeInSeconds=60)
    listed = pages(
        awslambda, 'list_function_event_invoke_configs', 'FunctionEventInvokeConfigs', FunctionName='shop'
    )
    equal([(each['MaximumRetryAttempts'], each['MaximumEventAgeInSeconds']) for each in listed], [(1, 60)])


def keeps_tags():
    arn = f'arn:aws:lambda:eu-west-1:{account}:function:shop'
    awslambda.tag_resource(Resource=arn, Tags={'stage': 'test'})
    awslambda.untag_resource(Resource=arn, TagKeys=['team'])
    equal(awslambda.list_tags(Resource=arn)['Tags'], {'stage': 'test'})
    assert awslambda.get_account_settings()['AccountUsage']['FunctionCount'] == 1
