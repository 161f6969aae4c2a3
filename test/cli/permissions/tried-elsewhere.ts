/**
 * A comparison needs minutes of traffic before an approval reads it. A release asks who scales an alias only if the
 * alias itself has provisioned concurrency. The tests of release-only show what is read again at the end of a step,
 * and those of `metrics` and `doctor` the calls that their facts decide about.
 */
export const triedElsewhere: readonly RegExp[] = [
  // Triggers of these sources are applied in test/cli/declared, without a policy.
  /: (?:kinesis|dynamodb|sns|events|apigateway|states):|BucketNotification |on stateMachineRole$/,
  /^canary approve: cloudwatch:GetMetricData /,
  /^(?:deploy|canary): application-autoscaling:Describe/,
  /^(?:metrics: |cold-starts: logs:StopQuery |cost: logs:|doctor: lambda:(?:ListProv|GetFunctionEvent))/,
  // A sandbox has no console: `open` ends before it asks anything.
  /^open: /,
  // Of a durable function alone, which the sandbox does not run.
  /^versions prune: lambda:ListDurableExecutionsByFunction /,
  /^canary (?:resume|promote|approve): lambda:(?:GetFunction|ListTags|GetPolicy|ListEventSourceMappings) /,
]
