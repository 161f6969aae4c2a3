import type { FunctionSettings } from '../function/settings.ts'
import type { S3Object } from './artifacts.ts'

/** Where Lambda takes a function's code from: the request itself, S3, or an image in ECR by its digest. */
export type Code = ZippedCode | { s3: S3Object } | { image: string }

export interface ZippedCode {
  zip: Uint8Array
  /** Is told how many bytes of it are sent, often. */
  onSent?: (bytes: number) => void
}

/** A function, or one of its versions, as it was read. */
export interface FunctionState {
  name: string
  arn: string
  /** `$LATEST` or a number. */
  version: string
  settings: FunctionSettings
  /** SHA-256 of the zip in base64; the digest of an image in hex. */
  codeSha256: string
  /** The URI of its image with the digest, where it has one and it was read by itself. */
  image?: string
  revisionId: string
  /** When $LATEST was last changed, by whomever; ISO 8601, as Lambda writes it. */
  lastModified: string
  /** `changing` while Lambda creates or updates it; nothing else may be updated meanwhile. */
  status: 'ready' | 'changing' | 'failed'
  /** Lambda's reason for `failed`. */
  statusReason: string | undefined
  /** The log group that its lines go to. */
  logGroup: string
  /** Those of the function; undefined where there are none, or who reads it may not see them. */
  tags?: Readonly<Record<string, string>>
  /** Its reserved concurrency; 0: stopped by hand. Undefined where nothing is reserved. */
  reserved?: number
  /** Lambda's reason where the environment variables could not be decrypted: then none of them are in the settings. */
  hiddenVariables?: string | undefined
}

export interface PublishOptions {
  /** The code that must be in $LATEST; AWS refuses another. */
  codeSha256: string
  /** The revision that $LATEST must have. */
  revisionId: string
  description: string
}

export interface PublishedVersion {
  version: string
  description: string
  codeSha256: string
  /** ISO 8601, as Lambda writes it. */
  published: string
}

export interface InvocationResult {
  payload: string
  /** The version that ran. */
  version: string
  /** Set when the function failed. */
  functionError: string | undefined
  /** The last 4 KB of the invocation's log. */
  logTail: string
}

/** Lambda functions and their versions. Names are function names, never ARNs. */
export interface Functions {
  /** Undefined when the function, or that version or alias of it, does not exist. */
  get(name: string, qualifier?: string): Promise<FunctionState | undefined>
  /** @param codeSigning the ARN of a code signing configuration; empty: none */
  create(name: string, settings: FunctionSettings, code: Code, codeSigning?: string): Promise<void>
  /** @throws LambdactlError CONFLICT when the revision is no longer the function's, or an update is in progress */
  updateCode(
    name: string,
    settings: Pick<FunctionSettings, 'architecture' | 'sourceKmsKey'>,
    code: Code,
    revisionId: string,
  ): Promise<void>
  /**
   * @param changed the settings that differ from the function's; those of its logs all or none
   * @returns its `lastModified` from then on
   */
  updateSettings(name: string, changed: Partial<FunctionSettings>, revisionId: string): Promise<string>
  /**
   * The zip of a version, or what an alias or $LATEST has, as it was uploaded.
   *
   * @throws LambdactlError NOT_FOUND, UNREACHABLE; AWS_REFUSED where the function has no zip that can be downloaded
   */
  code(name: string, qualifier?: string): Promise<Uint8Array>
  publish(name: string, options: PublishOptions): Promise<PublishedVersion>
  /** The zipped size of a layer version in bytes, by its ARN. */
  layerBytes(arn: string): Promise<number>
  /**
   * The zip of a layer version, by its ARN; of any account that shares it.
   *
   * @throws LambdactlError AWS_REFUSED for one of more than 50 MiB; as `code`
   */
  layerZip(arn: string): Promise<Uint8Array>
  /** Newest first. */
  versions(name: string): Promise<PublishedVersion[]>
  /**
   * Waits for the answer.
   *
   * @throws LambdactlError STOPPED where its reserved concurrency is 0; AWS_UNAVAILABLE where it is throttled for another reason
   */
  invoke(name: string, qualifier: string | undefined, payload: Uint8Array): Promise<InvocationResult>
}
