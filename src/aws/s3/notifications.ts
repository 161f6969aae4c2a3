import type {
  GetBucketNotificationConfigurationCommandOutput as Document,
  LambdaFunctionConfiguration,
  NotificationConfiguration,
} from '@aws-sdk/client-s3'
import type { Notification, Notifications } from '../../ports/sources/notifications.ts'
import { ifThere, isNamed } from '../answers/expected-errors.ts'
import type { S3Api } from './api.ts'

/** The notifications of buckets over the S3 API. */
export function s3Notifications(api: S3Api): Notifications {
  const read = async (bucket: string): Promise<Document | undefined> => {
    const { call, sdk } = await api()
    const command = new sdk.GetBucketNotificationConfigurationCommand({ Bucket: bucket })
    return ifThere(call(`read the notifications of the bucket ${bucket}`, command))
  }
  return {
    async of(bucket) {
      const found = await read(bucket)
      return found && (found.LambdaFunctionConfigurations ?? []).map(toNotification)
    },

    async change(bucket, changes, owner) {
      const { call, sdk } = await api()
      const before = (await read(bucket)) ?? ({} as Document)
      const document = changed(before, changes)
      const command = new sdk.PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: document,
        ...(owner !== undefined && { ExpectedBucketOwner: owner }),
      })
      try {
        await call(`write the notifications of the bucket ${bucket}`, command)
      } catch (error) {
        if (isNotValidated(error)) return 'not-yet'
        throw error
      }
      const after = await read(bucket)
      return after && isSame(after, document) ? 'made' : 'overtaken'
    },
  }
}

/** S3 tries whether it may invoke the function, which a new permission does not show at once. */
function isNotValidated(error: unknown): boolean {
  return (
    isNamed(error, 'InvalidArgument') &&
    /unable to validate/i.test(error instanceof Error ? error.message : '')
  )
}

function changed(
  { TopicConfigurations, QueueConfigurations, EventBridgeConfiguration, ...rest }: Document,
  { put, remove }: Parameters<Notifications['change']>[1],
): NotificationConfiguration {
  const replaced = new Set([...remove, ...put.map(({ id }) => id)])
  const others = (rest.LambdaFunctionConfigurations ?? []).filter(({ Id = '' }) => !replaced.has(Id))
  return {
    ...(TopicConfigurations && { TopicConfigurations }),
    ...(QueueConfigurations && { QueueConfigurations }),
    ...(EventBridgeConfiguration && { EventBridgeConfiguration }),
    LambdaFunctionConfigurations: [...others, ...put.map(toConfiguration)],
  }
}

/** Whether S3 has the written entries and no others; their order has no meaning. */
function isSame(after: NotificationConfiguration, written: NotificationConfiguration): boolean {
  return idsIn(after) === idsIn(written)
}

function idsIn(document: NotificationConfiguration): string {
  const { TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations } = document
  const lists = [TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations]
  const ids = lists.map((all = []) => all.map(({ Id = '' }) => Id).toSorted())
  return JSON.stringify([ids, document.EventBridgeConfiguration !== undefined])
}

function toConfiguration({ id, invokes, events, prefix, suffix }: Notification): LambdaFunctionConfiguration {
  const rules = [
    ...(prefix === '' ? [] : [{ Name: 'prefix' as const, Value: prefix }]),
    ...(suffix === '' ? [] : [{ Name: 'suffix' as const, Value: suffix }]),
  ]
  return {
    Id: id,
    LambdaFunctionArn: invokes,
    Events: events as LambdaFunctionConfiguration['Events'],
    ...(rules.length > 0 && { Filter: { Key: { FilterRules: rules } } }),
  }
}

function toNotification({
  Id = '',
  LambdaFunctionArn = '',
  Events = [],
  Filter,
}: LambdaFunctionConfiguration): Notification {
  const rules = Filter?.Key?.FilterRules ?? []
  // S3 answers the names as Prefix and Suffix.
  const valueOf = (name: string) => rules.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? ''
  return {
    id: Id,
    invokes: LambdaFunctionArn,
    events: Events,
    prefix: valueOf('prefix'),
    suffix: valueOf('suffix'),
  }
}
