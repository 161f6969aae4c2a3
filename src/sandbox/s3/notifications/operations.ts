import type {
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration,
  PutBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { DestinationKind, NotificationRule } from '../storage/notifications.ts'
import { requireBucket, type S3Context } from '../storage/store.ts'
import { checkDestinations, type Destinations } from './destinations.ts'
import { readNotifications } from './read-rules.ts'

const named = ['Bucket', 'ExpectedBucketOwner'] as const

export function notificationOperations(context: S3Context, destinations: Destinations): Operations {
  return {
    GetBucketNotificationConfiguration: accepting<GetBucketNotificationConfigurationRequest>(
      [...named],
      (input, call) => {
        const { notifications } = requireBucket(context, call, input)
        return notifications ? shown(notifications.rules, notifications.eventBridge) : {}
      },
    ),
    PutBucketNotificationConfiguration: accepting<PutBucketNotificationConfigurationRequest>(
      [...named, 'NotificationConfiguration', 'SkipDestinationValidation'],
      (input, call) => context.alone(() => put(context, destinations, input, call)),
    ),
  }
}

/** Replaces all notifications of a bucket. */
async function put(
  context: S3Context,
  destinations: Destinations,
  input: PutBucketNotificationConfigurationRequest,
  call: Call,
): Promise<object> {
  const bucket = requireBucket(context, call, input)
  const notifications = readNotifications(input.NotificationConfiguration, bucket)
  if (!input.SkipDestinationValidation) {
    await checkDestinations(destinations, bucket, notifications.rules, { ...call, time: context.clock() })
  }
  const isEmpty = notifications.rules.length === 0 && !notifications.eventBridge
  const { notifications: _, ...others } = requireBucket(context, call, input)
  context.buckets.set(bucket.name, isEmpty ? others : { ...others, notifications })
  return {}
}

function shown(rules: readonly NotificationRule[], eventBridge: boolean): NotificationConfiguration {
  const of = (kind: DestinationKind) => rules.filter((rule) => rule.kind === kind)
  return {
    TopicConfigurations: of('topic').map((rule) => ({ ...common(rule), TopicArn: rule.target })),
    QueueConfigurations: of('queue').map((rule) => ({ ...common(rule), QueueArn: rule.target })),
    LambdaFunctionConfigurations: of('lambda').map((rule) => ({
      ...common(rule),
      LambdaFunctionArn: rule.target,
    })),
    ...(eventBridge && { EventBridgeConfiguration: {} }),
  }
}

function common({ id, events, prefix, suffix }: NotificationRule) {
  const FilterRules = [
    ...(prefix === undefined ? [] : [{ Name: 'Prefix' as 'prefix', Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: 'Suffix' as 'suffix', Value: suffix }]),
  ]
  return {
    Id: id,
    Events: [...events] as 's3:ObjectCreated:*'[],
    ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }),
  }
}
