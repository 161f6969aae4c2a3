import type { MappingSettings } from './mapping.ts'

/** When a release applies a trigger: before its first shift, or once it has baked. */
export type Moment = 'before' | 'after'

/** The parts of every trigger of the file. */
interface Named {
  /** Its name in the file. */
  readonly name: string
  readonly apply: Moment
}

/** A queue of SQS, by its name or ARN. */
export interface QueueTrigger extends Named {
  readonly kind: 'sqs'
  readonly source: string
  readonly settings: MappingSettings
}

/** A stream of Kinesis, or of a table of DynamoDB. */
export interface StreamTrigger extends Named {
  readonly kind: 'kinesis' | 'dynamodb'
  /** The stream's or table's name, or the stream's ARN. */
  readonly source: string
  /** The place in the stream where a new mapping begins. */
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON'
  readonly settings: MappingSettings
}

/** A permission for a principal that sets its own target, such as a user pool of Cognito. */
export interface PermissionTrigger extends Named {
  readonly kind: 'permission'
  /** As in `cognito-idp.amazonaws.com`. */
  readonly principal: string
  readonly sourceArn?: string
  /** Twelve digits. */
  readonly sourceAccount?: string
}

/** A trigger of the file with `${…}` replaced. Its source is an ARN, or a name in the account and Region. */
export type WantedTrigger = QueueTrigger | StreamTrigger | PermissionTrigger

export type TriggerKind = WantedTrigger['kind']

/** Where a function's alias is, and the sources that the file names without an ARN. */
export interface TriggerPlace {
  /** As in `aws`, or `aws-cn`. */
  readonly partition: string
  readonly region: string
  /** Twelve digits. */
  readonly account: string
  readonly functionName: string
  readonly alias: string
}

/** The ARN of a source that the file names by its ARN or its name. */
export function sourceArn(
  { partition, region, account }: Pick<TriggerPlace, 'partition' | 'region' | 'account'>,
  service: string,
  source: string,
  prefix = '',
): string {
  return source.startsWith('arn:')
    ? source
    : `arn:${partition}:${service}:${region}:${account}:${prefix}${source}`
}
