"""Metrics, alarms and logs."""

from datetime import datetime, timedelta, timezone

from clients import account, awslambda, cloudwatch, equal, failure, logs, pages, reach, waiter

group = '/aws/lambda/shop'
group_arn = f'arn:aws:logs:eu-west-1:{account}:log-group:{group}'


def _span():
    now = datetime.now(timezone.utc)
    return {'StartTime': now - timedelta(minutes=10), 'EndTime': now + timedelta(minutes=1)}


def counts_invocations():
    dimensions = [{'Name': 'FunctionName', 'Value': 'shop'}]
    metric = {'Namespace': 'AWS/Lambda', 'MetricName': 'Errors', 'Dimensions': dimensions}
    query = {'Id': 'e', 'MetricStat': {'Metric': metric, 'Period': 60, 'Stat': 'Sum'}}
    results = pages(cloudwatch, 'get_metric_data', 'MetricDataResults', MetricDataQueries=[query], **_span())
    equal((results[0]['Label'], sum(results[0]['Values'])), ('Errors', 1))
    statistics = cloudwatch.get_metric_statistics(
        **{**metric, 'MetricName': 'Duration'}, **_span(), Period=3600, ExtendedStatistics=['p99']
    )
    assert statistics['Datapoints'][0]['ExtendedStatistics']['p99'] > 0, statistics
    listed = pages(cloudwatch, 'list_metrics', 'Metrics', Namespace='AWS/Lambda', MetricName='Errors')
    assert metric in listed, listed


def rings_an_alarm():
    cloudwatch.put_metric_alarm(
        AlarmName='refused',
        Namespace='Shop',
        MetricName='Refused',
        Statistic='Sum',
        Period=10,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator='GreaterThanOrEqualToThreshold',
        TreatMissingData='ignore',
        Tags=[{'Key': 'team', 'Value': 'shop'}],
    )
    waiter(cloudwatch, 'alarm_exists')(AlarmNames=['refused'])
    cloudwatch.put_metric_data(Namespace='Shop', MetricData=[{'MetricName': 'Refused', 'Value': 2}])
    reach(lambda: cloudwatch.describe_alarms(AlarmNames=['refused'])['MetricAlarms'][0]['StateValue'], 'ALARM')
    cloudwatch.put_composite_alarm(AlarmName='any', AlarmRule='ALARM("refused")')
    waiter(cloudwatch, 'composite_alarm_exists')(AlarmNames=['any'], AlarmTypes=['CompositeAlarm'])
    history = pages(cloudwatch, 'describe_alarm_history', 'AlarmHistoryItems', AlarmName='refused')
    equal([each['HistoryItemType'] for each in history], ['StateUpdate', 'ConfigurationUpdate'])
    arn = f'arn:aws:cloudwatch:eu-west-1:{account}:alarm:refused'
    equal(cloudwatch.list_tags_for_resource(ResourceARN=arn)['Tags'], [{'Key': 'team', 'Value': 'shop'}])
    cloudwatch.delete_alarms(AlarmNames=['any'])
    cloudwatch.delete_alarms(AlarmNames=['refused'])

    def set_state():
        cloudwatch.set_alarm_state(AlarmName='refused', StateValue='OK', StateReason='gone')

    failure('ResourceNotFound', 404, set_state)


def reads_logs():
    events = pages(logs, 'filter_log_events', 'events', logGroupName=group, filterPattern='REPORT')
    assert events[0]['message'].endswith('\n'), events[0]
    streams = pages(logs, 'describe_log_streams', 'logStreams', logGroupName=group, orderBy='LastEventTime')
    request = {'logGroupName': group, 'logStreamName': streams[0]['logStreamName'], 'startFromHead': True}
    assert logs.get_log_events(**request)['events'], streams
    logs.put_retention_policy(logGroupName=group, retentionInDays=7)
    groups = pages(logs, 'describe_log_groups', 'logGroups', logGroupNamePrefix='/aws/')
    equal([(each['logGroupName'], each['retentionInDays']) for each in groups], [(group, 7)])
    failure('ResourceAlreadyExistsException', 400, lambda: logs.create_log_group(logGroupName=group))
    failure(
        'InvalidParameterException',
        400,
        lambda: logs.put_retention_policy(logGroupName=group, retentionInDays=8),
    )


def queries_logs():
    now = int(datetime.now(timezone.utc).timestamp())
    query = logs.start_query(
        logGroupName=group,
        startTime=now - 600,
        endTime=now + 60,
        queryString='fields @message | filter @message like /REPORT/ | limit 1',
    )
    reach(lambda: logs.get_query_results(queryId=query['queryId'])['status'], 'Complete')
    results = logs.get_query_results(queryId=query['queryId'])['results']
    equal([[each['field'] for each in row] for row in results], [['@message', '@ptr']])


def tails_logs():
    stream = logs.start_live_tail(logGroupIdentifiers=[group_arn])['responseStream']
    awslambda.invoke(FunctionName='shop')
    kinds = []
    for event in stream:
        kinds.extend(event)
        if event.get('sessionUpdate', {}).get('sessionResults'):
            break
    stream.close()
    equal(sorted(set(kinds)), ['sessionStart', 'sessionUpdate'])
