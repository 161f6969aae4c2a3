/** An event source mapping of a function, as Lambda shows it. */
export interface Mapping {
  uuid: string
  /** The ARN of its source; absent for Kafka brokers of one's own. */
  source?: string
  /** The alias or version that it invokes; undefined for the function itself, which means $LATEST. */
  qualifier: string | undefined
  /** Lambda's word: `Enabled`, `Disabled`; `Creating`, `Enabling`, `Disabling`, `Updating`, `Deleting` while it changes. */
  state: string
  /** The result of its last batch in Lambda's words; absent if Lambda tells none. */
  lastResult?: string
}

/** A statement of a resource policy that lets somebody invoke a function. */
export interface Grant {
  /** The alias or version whose policy has it; undefined for the function's own. */
  qualifier: string | undefined
  /** Its id in the policy; absent if it has none. */
  statement?: string
  /** A service as in `s3.amazonaws.com`, an account or ARN, or `*`. */
  principal: string
  /** The source for which it holds: an ARN, which may have wildcards. */
  sourceArn?: string
  /** The account for which it holds, 12 digits. */
  sourceAccount?: string
  /** True if it lets callers in by a function URL only. */
  isOfUrl: boolean
  /** True if AddPermission can make the same statement from these fields alone. */
  isPlain: boolean
}

/** The URL of a function or of an alias. */
export interface CallerUrl {
  qualifier: string | undefined
  url: string
  auth: 'none' | 'iam'
}
