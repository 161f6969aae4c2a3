import { randomUUID } from 'node:crypto'
import type {
  LambdaFunctionConfiguration,
  NotificationConfiguration,
  NotificationConfigurationFilter,
  QueueConfiguration,
  TopicConfiguration,
} from '@aws-sdk/client-s3'
import { malformedXml } from '../../protocol/rest-xml.ts'
import { invalidArgument } from '../storage/errors.ts'
import type { DestinationKind, NotificationRule, Notifications } from '../storage/notifications.ts'
import type { Bucket } from '../storage/store.ts'
import { checkOverlaps } from './overlap.ts'

/** All events that a configuration may name. */
const known: ReadonlySet<string> = new Set([
  ...group('s3:ObjectCreated', ['*', 'Put', 'Post', 'Copy', 'CompleteMultipartUpload']),
  ...group('s3:ObjectRemoved', ['*', 'Delete', 'DeleteMarkerCreated']),
  ...group('s3:ObjectRestore', ['*', 'Post', 'Completed', 'Delete']),
  ...group('s3:Replication', [
    '*',
    'OperationFailedReplication',
    'OperationNotTracked',
    'OperationMissedThreshold',
    'OperationReplicatedAfterThreshold',
  ]),
  ...group('s3:LifecycleExpiration', ['*', 'Delete', 'DeleteMarkerCreated']),
  ...group('s3:ObjectTagging', ['*', 'Put', 'Delete']),
  's3:ReducedRedundancyLostObject',
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  's3:ObjectAcl:Put',
])

function group(kind: string, names: readonly string[]): string[] {
  return names.map((name) => `${kind}:${name}`)
}

type Given = LambdaFunctionConfiguration & QueueConfiguration & TopicConfiguration

/** The member with the ARN, and the service in it. */
const arnOf = {
  lambda: { member: 'LambdaFunctionArn', service: 'lambda' },
  queue: { member: 'QueueArn', service: 'sqs' },
  topic: { member: 'TopicArn', service: 'sns' },
} as const

/** Reads a configuration; whether its destinations exist is another matter. @throws ServiceError 400 */
export function readNotifications(
  given: NotificationConfiguration | undefined,
  bucket: Bucket,
): Notifications {
  if (!given) throw malformedXml()
  const rules = [
    ...rulesOf('topic', given.TopicConfigurations, bucket),
    ...rulesOf('queue', given.QueueConfigurations, bucket),
    ...rulesOf('lambda', given.LambdaFunctionConfigurations, bucket),
  ]
  checkOverlaps(rules)
  return { rules, eventBridge: given.EventBridgeConfiguration !== undefined }
}

function rulesOf(
  kind: DestinationKind,
  given: readonly (LambdaFunctionConfiguration | QueueConfiguration | TopicConfiguration)[] = [],
  bucket: Bucket,
): NotificationRule[] {
  return given.map((each): NotificationRule => {
    const { Id = randomUUID(), Events: events = [], Filter } = each
    if (events.length === 0) throw malformedXml()
    for (const event of events) {
      if (!known.has(event)) {
        throw invalidArgument('The event is not supported for notifications', 'Event', event)
      }
    }
    if (Id.length > 255) throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', Id)
    return { id: Id, kind, target: targetOf(kind, each, bucket), events, ...filterOf(Filter) }
  })
}

/** @throws ServiceError 400 for another service's ARN, or one of another Region */
function targetOf(kind: DestinationKind, each: Partial<Given>, bucket: Bucket): string {
  const { member, service } = arnOf[kind]
  const arn = each[member] ?? ''
  const [start, , found, region] = arn.split(':')
  if (start !== 'arn' || found !== service) {
    throw invalidArgument('The ARN could not be parsed', member, arn)
  }
  if (region !== bucket.region) {
    const message =
      'The notification destination service region is not valid for the bucket location constraint'
    throw invalidArgument(message, member, arn)
  }
  return arn
}

function filterOf(filter: NotificationConfigurationFilter | undefined): Partial<NotificationRule> {
  const found: { prefix?: string; suffix?: string } = {}
  for (const { Name, Value = '' } of filter?.Key?.FilterRules ?? []) {
    const name = Name?.toLowerCase()
    if (name !== 'prefix' && name !== 'suffix') {
      throw invalidArgument(
        'filter rule name must be either prefix or suffix',
        'FilterRule.Name',
        Name ?? 'null',
      )
    }
    if (found[name] !== undefined) {
      throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', name)
    }
    if (Buffer.byteLength(Value) > 1024) {
      throw invalidArgument('Size of filter rule value cannot exceed 1024 bytes', 'FilterRule.Value', Value)
    }
    found[name] = Value
  }
  return found
}
