/** The settings of a topic's subscription that the file can set. */
export interface SubscriptionSettings {
  /** A filter policy as JSON; empty: every message. */
  readonly filter: string
  readonly filterScope: 'attributes' | 'body'
  /** The ARN of the queue for messages that could not be delivered; empty: none. */
  readonly deadLetterArn: string
}

/** A subscription of a topic, by its ARN. */
export interface Subscription extends SubscriptionSettings {
  readonly arn: string
}

/** Topics of SNS, and their subscriptions to functions. */
export interface Topics {
  isThere(topic: string): Promise<boolean>
  /** The subscription of a topic to a function's or an alias's ARN; undefined if there is none. */
  subscription(topic: string, endpoint: string): Promise<Subscription | undefined>
  subscribe(topic: string, endpoint: string, settings: SubscriptionSettings): Promise<void>
  /** Sets the settings that differ. */
  change(present: Subscription, wanted: SubscriptionSettings): Promise<void>
  /** One that is gone counts as removed. */
  unsubscribe(arn: string): Promise<void>
}
