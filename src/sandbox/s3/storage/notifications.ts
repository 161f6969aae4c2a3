/** The events that the sandbox's S3 makes, without their prefix `s3:`. */
export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'LifecycleTransition'
  | 'LifecycleExpiration:Delete'
  | 'LifecycleExpiration:DeleteMarkerCreated'

/** A change of an object. */
export interface ObjectEvent {
  name: EventName
  key: string
  /** The version after the change; a deleted one has no content. */
  version: { versionId?: string | undefined; size?: number; etag?: string; StorageClass?: string | undefined }
  /** The request behind the change; S3 itself makes lifecycle's. */
  by: { account: string; requestId: string }
}

export type DestinationKind = 'lambda' | 'queue' | 'topic'

/** A destination for some events of some objects. All of it is JSON. */
export interface NotificationRule {
  id: string
  kind: DestinationKind
  /** An ARN. */
  target: string
  /** As in `s3:ObjectCreated:*`. */
  events: readonly string[]
  /** Undefined: any. */
  prefix?: string | undefined
  suffix?: string | undefined
}

/** The notifications of a bucket. */
export interface Notifications {
  rules: readonly NotificationRule[]
  /** Whether the default bus gets all events. */
  eventBridge: boolean
}
