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

/** A bucket of S3 in the account. */
export interface BucketTrigger extends Named {
  readonly kind: 's3'
  readonly source: string
  /** As in `s3:ObjectCreated:*`. */
  readonly events: readonly string[]
  /** Of the objects' keys; empty: any. */
  readonly prefix: string
  readonly suffix: string
}

/** A topic of SNS. */
export interface TopicTrigger extends Named {
  readonly kind: 'sns'
  readonly source: string
  /** A filter policy as JSON; empty: every message. */
  readonly filter: string
  readonly filterScope: 'attributes' | 'body'
  /** A queue's name or ARN; empty: none. */
  readonly deadLetterQueue: string
}

/** Events of a bus of EventBridge, or a schedule on the default bus. */
export interface RuleTrigger extends Named {
  readonly kind: 'eventbridge' | 'schedule'
  /** The bus. */
  readonly source: string
  /** JSON; empty for a schedule. */
  readonly pattern: string
  /** As in `rate(1 day)`; empty for a pattern. */
  readonly schedule: string
  /** JSON in place of the event; empty: the event. */
  readonly input: string
  readonly retries: number
  readonly maximumAgeSeconds: number
  /** A queue's name or ARN; empty: none. */
  readonly deadLetterQueue: string
}

/** A route of an HTTP API. */
export interface ApiTrigger extends Named {
  readonly kind: 'api'
  /** The API's id or name. */
  readonly source: string
  /** As in `GET /items`, or `$default`. */
  readonly route: string
}

/** A state machine of Step Functions that invokes the alias. */
export interface StateMachineTrigger extends Named {
  readonly kind: 'stepFunctions'
  readonly source: string
  /** Its definition as JSON, with `${alias}` for the ARN of the alias. */
  readonly definition: string
  /** The ARN of its role. */
  readonly role: string
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
export type WantedTrigger =
  | QueueTrigger
  | StreamTrigger
  | BucketTrigger
  | TopicTrigger
  | RuleTrigger
  | ApiTrigger
  | StateMachineTrigger
  | PermissionTrigger

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

/** The ARN of the alias, which every trigger invokes. */
export function aliasArn({ partition, region, account, functionName, alias }: TriggerPlace): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${functionName}:${alias}`
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
