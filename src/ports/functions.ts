import type { FunctionSettings } from '../function/settings/settings.ts'
import type { S3Object } from './artifacts.ts'

/** The source of a function's code for Lambda: the request itself, S3, or an image in ECR by its digest. */
export type Code = ZippedCode | { s3: S3Object } | { image: string }

interface ZippedCode {
  zip: Uint8Array
  /** Called often with the number of sent bytes. */
  onSent?: (bytes: number) => void
}

/** A function or version as it was read. */
export interface FunctionState {
  name: string
  arn: string
  /** `$LATEST` or a number. */
  version: string
  settings: FunctionSettings
  /** SHA-256 of the zip in base64, or the digest of an image in hex. */
  codeSha256: string
  /** The URI of its image with the digest; only for an image, and if it was read by itself. */
  image?: string
  /** The size of its zip; absent for an image. */
  bytes?: number
  revisionId: string
  /** The last change of $LATEST by anybody, or the publication of a version; ISO 8601 in Lambda's form. */
  lastModified: string
  /** `changing` while Lambda creates or updates it; other updates have to wait. */
  status: 'ready' | 'changing' | 'failed'
  /** Lambda's reason for `failed`. */
  statusReason: string | undefined
  /** The log group of its lines. */
  logGroup: string
  /** The function's tags; undefined if there are none, or the caller may not read them. */
  tags?: Readonly<Record<string, string>>
  /** Its reserved concurrency; 0: stopped by hand. Undefined if nothing is reserved. */
  reserved?: number
  /** Lambda's reason why it could not decrypt the environment variables; the settings then contain none of them. */
  hiddenVariables?: string | undefined
}

/** A function as Lambda lists it. */
export interface ListedFunction {
  name: string
  /** Absent for an image. */
  runtime?: string
  /** The last change of $LATEST by anybody; ISO 8601 in Lambda's form. */
  lastModified: string
}

interface PublishOptions {
  /** The code that $LATEST must have; AWS refuses another. */
  codeSha256: string
  /** The revision that $LATEST must have. */
  revisionId: string
  description: string
}

export interface PublishedVersion {
  version: string
  description: string
  codeSha256: string
  /** The size of its zip; absent for an image. */
  bytes?: number
  /** ISO 8601 in Lambda's form. */
  published: string
}

export interface InvocationResult {
  payload: string
  /** The version that ran. */
  version: string
  /** Set if the function failed. */
  functionError: string | undefined
  /** The last 4 KB of the invocation's log. */
  logTail: string
}

/** Lambda functions and their versions. Names are function names, never ARNs. */
export interface Functions {
  /** Undefined if the function, or its version or alias, does not exist. */
  get(name: string, qualifier?: string): Promise<FunctionState | undefined>
  /** All functions of the account in the Region. */
  all(): Promise<ListedFunction[]>
  /** Deletes a function with its versions, aliases, URL and policy; one that is gone already is no error. */
  delete(name: string): Promise<void>
  /** The names of all functions of the account in the Region. */
  names(): Promise<string[]>
  /** @param codeSigning the ARN of a code signing configuration; empty: none */
  create(name: string, settings: FunctionSettings, code: Code, codeSigning?: string): Promise<void>
  /** @throws LambdactlError CONFLICT if the function has another revision by now, or an update is in progress */
  updateCode(
    name: string,
    settings: Pick<FunctionSettings, 'architecture' | 'sourceKmsKey'>,
    code: Code,
    revisionId: string,
  ): Promise<void>
  /**
   * @param changed the settings that differ from the function's; the log settings all or none
   * @returns its new `lastModified`
   */
  updateSettings(name: string, changed: Partial<FunctionSettings>, revisionId: string): Promise<string>
  /**
   * The uploaded zip of a version, an alias or $LATEST.
   *
   * @throws LambdactlError NOT_FOUND, UNREACHABLE; AWS_REFUSED if the function has no zip to download
   */
  code(name: string, qualifier?: string): Promise<Uint8Array>
  publish(name: string, options: PublishOptions): Promise<PublishedVersion>
  /** The zipped size of a layer version in bytes, by its ARN. */
  layerBytes(arn: string): Promise<number>
  /**
   * The zip of a layer version by its ARN, from any account that shares it.
   *
   * @throws LambdactlError AWS_REFUSED for more than 50 MiB; else as `code`
   */
  layerZip(arn: string): Promise<Uint8Array>
  /** Newest first. */
  versions(name: string): Promise<PublishedVersion[]>
  /**
   * Waits for the answer.
   *
   * @throws LambdactlError STOPPED if its reserved concurrency is 0; AWS_UNAVAILABLE if it is throttled for another
   * reason
   */
  invoke(name: string, qualifier: string | undefined, payload: Uint8Array): Promise<InvocationResult>
}
