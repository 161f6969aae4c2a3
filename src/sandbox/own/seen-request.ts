/** A request that the sandbox has answered. */
export interface SeenRequest {
  /** The time of its arrival, milliseconds since the epoch. */
  time: number
  /** The service in the signature, as in `lambda` or `monitoring`; absent if the credential could not be read. */
  service?: string
  /** The operation's AWS name; absent if no operation was found. */
  operation?: string
  /**
   * The resource of the request, as in `shop-hello-sandbox:live`; absent if its input names none, or could not be read.
   */
  resource?: string
  region?: string
  /** The status of the HTTP answer. */
  status: number
  /** AWS's error code if the answer is an error. */
  error?: string
  /** The time from the whole request to the answer, milliseconds. */
  durationMs: number
  /** For a synchronous invocation: the version that ran. */
  version?: string
  /** For an invocation whose function failed: `Unhandled` or `Handled`. */
  functionError?: string
  /** The fault on demand that struck, as in `throttle`; the last one if several did. */
  fault?: string
}

/** Called with each request of interest after its answer. */
export type OnRequest = (request: SeenRequest) => void

/** Operations that clients repeat often, and those that write lambdactl's journal, a line for each decision. */
const routine =
  /^(?:Get|List|Describe|Filter|Head)|^(?:PutLogEvents|CreateLogStream|PutMetricData|ReceiveMessage)$/
/** Answers that a resource does not exist, or that a group exists already: clients test for existence with them. */
const lookedFor = /NotFound|NoSuch|^ResourceAlreadyExistsException$/

/**
 * Tells whether a person wants to see the request: changes, invocations and failures, but not the reads of waiting
 * clients.
 */
export function isOfInterest({ operation = '', error, fault }: SeenRequest): boolean {
  if (fault !== undefined) return true
  if (error !== undefined) return !lookedFor.test(error) || !routine.test(operation)
  return !routine.test(operation)
}

type Fields = Readonly<Record<string, unknown>>

/** The members of an input that name its resource, the most telling first. */
const names = [
  'FunctionName',
  'AlarmName',
  'logGroupName',
  'Bucket',
  'Name',
  'SecretId',
  'Resource',
  'UUID',
  'QueueName',
  'QueueUrl',
  'TableName',
]

/** Returns the resource of a request from its decoded input; undefined if the input names none. */
export function resourceOf(input: object): string | undefined {
  const fields = input as Fields
  const name = names.map((field) => textOf(fields[field])).find(Boolean)
  if (name === undefined) return undefined
  const short = name.replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '').replace(/^https?:.*\//, '')
  const key = textOf(fields['Key'])
  if (key !== undefined) return `${short}/${key}`
  const part = textOf(fields['Qualifier']) ?? aliasOf(fields)
  return part === undefined ? short : `${short}:${part}`
}

/** The Name in an input with a FunctionName is an alias. */
function aliasOf({ FunctionName, Name }: Fields): string | undefined {
  return FunctionName === undefined ? undefined : textOf(Name)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Returns the facts about an invocation from its answer; empty for other answers. */
export function invocationOf(output: object): Pick<SeenRequest, 'version' | 'functionError'> {
  const { ExecutedVersion, FunctionError } = output as Fields
  const version = textOf(ExecutedVersion)
  const functionError = textOf(FunctionError)
  return { ...(version && { version }), ...(functionError && { functionError }) }
}
