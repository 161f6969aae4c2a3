import type { Caller } from '../functions.ts'
import type { ServiceError } from '../protocol/service-error.ts'
import type { MessageAttribute } from '../sqs/queues/message.ts'

/** The content that a source hands over. Each target takes the members for which it has a place. */
export interface Parcel {
  /** JSON for functions, buses and state machines; any text for queues and topics. */
  body: string
  /** For queues and topics. */
  attributes?: Readonly<Record<string, MessageAttribute>>
  /** For topics. */
  subject?: string
  /** The group and the deduplication id, for FIFO queues and topics. */
  group?: string
  deduplication?: string
  /** The id of the sender that a queue shows; default: that of Lambda. */
  sender?: string
  /** For buses; `body` is the detail. */
  event?: { source: string; detailType: string; resources: readonly string[] }
}

/**
 * Gives a parcel to one kind of target.
 *
 * @param from the service in whose name the parcel goes; undefined for a role's, which no resource policy has to allow
 * @throws ServiceError if the target does not take it
 */
export type Target = (arn: string, parcel: Parcel, from: Caller | undefined) => Promise<void> | void

/** The one way in which a source of the sandbox hands something to another resource of the account, by its ARN. */
export interface Delivery {
  /** @returns the reason why the target did not take it; undefined if it has it */
  deliver(arn: string, parcel: Parcel, from?: Caller): Promise<ServiceError | undefined>
}
