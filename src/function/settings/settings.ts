/** The settings of a function that each of its versions keeps. The row in table.ts explains an absent one. */
export interface FunctionSettings {
  /** Empty for an image, like the handler. */
  readonly runtime: string
  readonly handler: string
  readonly role: string
  readonly memoryMb: number
  readonly timeoutSeconds: number
  readonly architecture: 'x86_64' | 'arm64'
  /** Layer version ARNs, in order. */
  readonly layers?: readonly string[] | undefined
  readonly logFormat: 'text' | 'json'
  readonly tracing?: 'active' | 'pass-through'
  readonly ephemeralStorageMb?: number
  readonly snapStart?: boolean
  readonly logLevels?: LogLevels
  /** Empty: Lambda's own, `/aws/lambda/<name>`. */
  readonly logGroup?: string
  readonly vpc?: VpcAttachment
  /** The ARN of a queue or topic; empty: none. */
  readonly deadLetter?: string
  readonly fileSystems?: readonly FileSystem[]
  /** The ARN of the key for the environment variables; empty: AWS's own. */
  readonly kmsKey?: string
  /** The ARN of the key for the package; empty: AWS's own. */
  readonly sourceKmsKey?: string
  /** Absent for code that is no image. */
  readonly image?: ImageStart
  /** Null: the function is not durable. */
  readonly durable?: Durable | null
  /** Null: the function does not run on managed instances. */
  readonly capacityProvider?: CapacityProvider | null
  readonly tenancy?: 'none' | 'per-tenant'
  readonly environment: Readonly<Record<string, string>>
  /** A version's Description names its origin. */
  readonly description: string
}

/** The lowest levels of lines, as in `info`; only for the format json. */
interface LogLevels {
  readonly application: string
  readonly system: string
}

/** No subnets: the function is in no VPC. */
export interface VpcAttachment {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly ipv6: boolean
}

/** An access point of EFS or S3 Files. */
export interface FileSystem {
  readonly arn: string
  /** The path of the mount. */
  readonly path: string
  /** For S3 Files: whether reads go to the bucket itself; absent: Lambda decides. */
  readonly directRead?: 'enabled' | 'disabled'
}

/** Values that replace the image's own at its start; empty: the image's own. */
export interface ImageStart {
  readonly command: readonly string[]
  readonly entryPoint: readonly string[]
  readonly workingDirectory: string
}

/** The limits of a durable function's executions. An update leaves absent fields unchanged. */
export interface Durable {
  readonly timeoutSeconds: number
  readonly retentionDays?: number
  /** The ARN of a key; empty: AWS's own. */
  readonly kmsKey?: string
}

/** The managed instances of a function. An update leaves absent fields unchanged. */
export interface CapacityProvider {
  readonly arn: string
  /** The most concurrent invocations of an environment. */
  readonly concurrency?: number
  readonly memoryGibPerCpu?: number
}
