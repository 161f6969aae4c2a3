import type { TriggerKind, WantedTrigger } from '../../function/triggers/wanted.ts'

/** The fields of lambdactl.yaml without which no command makes certain calls, as the file names them. */
export type Field =
  | 'tags'
  | 'reservedConcurrency'
  | 'provisionedConcurrency'
  | 'retries'
  | 'url'
  | 'recursion'
  | 'codeSigning'
  | 'runtimeUpdates'
  | 'logs.retention'
  | 'vpc'
  | 'triggers'
  | `triggers.${TriggerKind}`
  | 'release.alarms'
  | 'release.compare'
  | 'release.smoke'
  | 'steps with invocations'

/** The place in S3 for a function's packages. */
interface Packages {
  bucket: string
  /** The beginning of all keys of the function. */
  keyPrefix: string
  /** The KMS key that encrypts them: an ARN, an id or an alias. */
  kmsKey?: string | undefined
}

/** The facts about a function that a policy needs. */
export interface Permitted {
  lambdaName: string
  /** With `code` another tool owns its settings. */
  manages: 'function' | 'code'
  /** The log group of its lines. */
  logGroup: string
  /** The fields that the file has for it. */
  fields: ReadonlySet<Field>
  /** The ARN of its role; absent if another tool sets it. */
  role?: string | undefined
  /** ARNs of layer versions. */
  layers?: readonly string[]
  /** The KMS key of its environment variables. */
  kmsKey?: string | undefined
  /** The ARN of its code signing configuration. */
  codeSigning?: string | undefined
  /** The URI of its image. */
  image?: string | undefined
  packages?: Packages | undefined
  /** A zip in S3 that is its code. */
  zip?: { bucket: string; key: string; version?: string | undefined } | undefined
  /** The triggers of its alias; absent if the file does not say. */
  triggers?: readonly WantedTrigger[] | undefined
  /** Names of the parameters in SSM to which its fields refer. */
  parameters?: readonly string[]
  /** Names or ARNs of the secrets to which its fields refer. */
  secrets?: readonly string[]
}

/** Where the functions are. */
export interface PolicyPlace {
  /** As in `aws`, or `aws-cn`. */
  partition: string
  region: string
  /** 12 digits. */
  account: string
}
