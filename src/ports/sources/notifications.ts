/** A notification of a bucket that invokes a function. */
export interface Notification {
  readonly id: string
  /** The ARN of the function or alias. */
  readonly invokes: string
  /** As in `s3:ObjectCreated:*`. */
  readonly events: readonly string[]
  /** Empty: any. */
  readonly prefix: string
  readonly suffix: string
}

/** The end of a change of a bucket's notifications. */
type NotificationChange =
  | 'made'
  /** S3 does not see yet that it may invoke the function. */
  | 'not-yet'
  /** Somebody else wrote the configuration at the same time. */
  | 'overtaken'

/** The notifications of buckets. S3 keeps those of a bucket as one document. */
export interface Notifications {
  /** Those that invoke functions; undefined if the bucket does not exist. */
  of(bucket: string): Promise<readonly Notification[] | undefined>
  /**
   * Writes notifications, and removes others, by their ids. All else of the document stays. S3 knows no condition for
   * the write, so the document is read again after it.
   *
   * @param owner the account of the bucket, 12 digits; undefined: any
   */
  change(
    bucket: string,
    changes: { put: readonly Notification[]; remove: readonly string[] },
    owner: string | undefined,
  ): Promise<NotificationChange>
}
