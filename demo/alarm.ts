import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'

/** An alarm on the errors of what goes through an alias: two within ten seconds. */
export async function putErrorAlarm(
  endpoint: string,
  region: string,
  functionName: string,
  alias: string,
): Promise<string> {
  const name = `${functionName}-errors`
  const client = new CloudWatchClient({ endpoint, region })
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [
        { Name: 'FunctionName', Value: functionName },
        { Name: 'Resource', Value: `${functionName}:${alias}` },
      ],
      Statistic: 'Sum',
      Period: 10,
      EvaluationPeriods: 1,
      Threshold: 2,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    }),
  )
  client.destroy()
  return name
}
