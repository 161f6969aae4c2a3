/**
 * The settings of a function that each of its versions keeps. An optional one that is absent is explained by its row in
 * setting-table.ts.
 */
export interface FunctionSettings {
  /** Empty for an image, as is the handler. */
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
  /** That of a version says where the version comes from. */
  readonly description: string
}

/** The least levels of lines, as in `info`; they hold for the format json alone. */
export interface LogLevels {
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
  /** Where it is mounted. */
  readonly path: string
  /** For S3 Files: whether reads go to the bucket itself; absent: Lambda decides. */
  readonly directRead?: 'enabled' | 'disabled'
}

/** The values that replace an image's own at its start; empty: the image's own. */
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

/** Managed instances that a function runs on. An update leaves absent fields as they are. */
export interface CapacityProvider {
  readonly arn: string
  /** Invocations that an environment has at a time. */
  readonly concurrency?: number
  readonly memoryGibPerCpu?: number
}
