import { partitionOf } from '../../../function/values/partition.ts'
import { restXmlIds } from '../../protocol/rest-xml.ts'
import type { EventName, NotificationRule, ObjectEvent } from '../storage/notifications.ts'
import type { Bucket } from '../storage/store.ts'

/** An event at its moment. */
export interface Told {
  bucket: Bucket
  event: ObjectEvent
  /** Milliseconds since the epoch. */
  time: number
  /** Hexadecimal; of two events of one key the later one has the larger. */
  sequencer: string
}

/** Events of later times have later versions. */
function versionOf(name: EventName): string {
  return /^Lifecycle|^ObjectTagging/.test(name) ? '2.3' : '2.1'
}

/** The message of S3 about one event, for a function, a queue or a topic. */
export function s3Message({ id }: Pick<NotificationRule, 'id'>, told: Told): object {
  const { bucket, event, time } = told
  const { account, requestId } = event.by
  const ids = restXmlIds(requestId)
  return {
    Records: [
      {
        eventVersion: versionOf(event.name),
        eventSource: 'aws:s3',
        awsRegion: bucket.region,
        eventTime: new Date(time).toISOString(),
        eventName: event.name,
        userIdentity: { principalId: event.name.startsWith('Lifecycle') ? 's3.amazonaws.com' : account },
        requestParameters: { sourceIPAddress: sourceOf(event.name) },
        responseElements: {
          'x-amz-request-id': ids['x-amz-request-id'],
          'x-amz-id-2': ids['x-amz-id-2'],
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: id,
          bucket: { name: bucket.name, ownerIdentity: { principalId: account }, arn: bucketArn(bucket) },
          object: objectOf(told),
        },
        ...(event.name === 'LifecycleTransition' && {
          lifecycleEventData: {
            transitionEventData: { destinationStorageClass: event.version.StorageClass },
          },
        }),
      },
    ],
  }
}

function objectOf({ event: { key, version }, sequencer }: Told): object {
  return {
    key: encodedKey(key),
    ...(version.size !== undefined && { size: version.size }),
    ...(version.etag !== undefined && { eTag: version.etag.replaceAll('"', '') }),
    ...(version.versionId !== undefined && { versionId: version.versionId }),
    sequencer,
  }
}

/** As in a form: a space is a plus; slashes stay. */
export function encodedKey(key: string): string {
  return new URLSearchParams({ '': key }).toString().slice(1).replaceAll('%2F', '/')
}

function sourceOf(name: EventName): string {
  return name.startsWith('Lifecycle') ? 's3.amazonaws.com' : '127.0.0.1'
}

export function bucketArn({ name, region }: Pick<Bucket, 'name' | 'region'>): string {
  return `arn:${partitionOf(region)}:s3:::${name}`
}

/** The message that S3 sends to queues and topics when they become destinations. */
export function testMessage(bucket: Bucket, time: number, requestId: string): object {
  const ids = restXmlIds(requestId)
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(time).toISOString(),
    Bucket: bucket.name,
    RequestId: ids['x-amz-request-id'],
    HostId: ids['x-amz-id-2'],
  }
}

type BusWords = readonly [detailType: string, more: Readonly<Record<string, string>>]

/** The detail type of an event on EventBridge, and the members that only this kind has. */
const busWords: Record<EventName, BusWords> = {
  'ObjectCreated:Put': ['Object Created', { reason: 'PutObject' }],
  'ObjectCreated:Copy': ['Object Created', { reason: 'CopyObject' }],
  'ObjectCreated:CompleteMultipartUpload': ['Object Created', { reason: 'CompleteMultipartUpload' }],
  'ObjectRemoved:Delete': [
    'Object Deleted',
    { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' },
  ],
  'ObjectRemoved:DeleteMarkerCreated': [
    'Object Deleted',
    { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
  ],
  'ObjectTagging:Put': ['Object Tags Added', {}],
  'ObjectTagging:Delete': ['Object Tags Deleted', {}],
  LifecycleTransition: ['Object Storage Class Changed', {}],
  'LifecycleExpiration:Delete': [
    'Object Deleted',
    { reason: 'Lifecycle Expiration', 'deletion-type': 'Permanently Deleted' },
  ],
  'LifecycleExpiration:DeleteMarkerCreated': [
    'Object Deleted',
    { reason: 'Lifecycle Expiration', 'deletion-type': 'Delete Marker Created' },
  ],
}

/** The same event for EventBridge. */
export function busEvent({ bucket, event, sequencer }: Told) {
  const [detailType, more] = busWords[event.name]
  const { size, etag, versionId, StorageClass } = event.version
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object: {
      key: event.key,
      ...(size !== undefined && { size }),
      ...(etag !== undefined && { etag: etag.replaceAll('"', '') }),
      ...(versionId !== undefined && { 'version-id': versionId }),
      sequencer,
    },
    'request-id': event.by.requestId,
    requester: event.name.startsWith('Lifecycle') ? 's3.amazonaws.com' : event.by.account,
    'source-ip-address': sourceOf(event.name),
    ...more,
    ...(event.name === 'LifecycleTransition' && { 'destination-storage-class': StorageClass }),
  }
  return {
    body: JSON.stringify(detail),
    event: { source: 'aws.s3', detailType, resources: [bucketArn(bucket)] },
  }
}
