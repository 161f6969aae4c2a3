import type { Cors } from '@aws-sdk/client-lambda'

/** The settings of an alias, a version or `$LATEST` for asynchronous invocations. */
export interface EventInvokeConfig {
  /** Seconds since the epoch. */
  lastModified: number
  retries?: number | undefined
  maximumAge?: number | undefined
  onSuccess?: string | undefined
  onFailure?: string | undefined
}

/** When `$LATEST` or a version gets another version of its runtime. */
export interface RuntimeManagement {
  on: 'Auto' | 'FunctionUpdate' | 'Manual'
  /** Only for `Manual`. */
  arn?: string | undefined
}

/** The function URL of a function or an alias. */
export interface UrlConfig {
  /** The part of its address that can't be guessed. */
  id: string
  auth: 'AWS_IAM' | 'NONE'
  /** Undefined for a URL that was never given one. */
  invokeMode?: 'BUFFERED' | 'RESPONSE_STREAM' | undefined
  cors?: Cors | undefined
  /** In Lambda's form of times. */
  created: string
  modified: string
}

/** A statement of a resource policy, as GetPolicy prints it. */
export interface Statement {
  Sid: string
  [element: string]: unknown
}
