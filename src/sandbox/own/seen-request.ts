/** A request that the sandbox has answered. */
export interface SeenRequest {
  /** When it came in, milliseconds since the epoch. */
  time: number
  /** As requests are signed, as in `lambda` or `monitoring`; absent where the credential could not be read. */
  service?: string
  /** By its AWS name; absent where no operation was found. */
  operation?: string
  /** The thing that it is about, as in `shop-hello-sandbox:live`; absent where its input names nothing, or could not be read. */
  resource?: string
  region?: string
  /** Of the HTTP answer. */
  status: number
  /** AWS's code, where the answer is an error. */
  error?: string
  /** From the whole request to the answer, milliseconds. */
  durationMs: number
  /** Of an invocation that was waited for: the version that ran. */
  version?: string
  /** Of an invocation whose function failed: `Unhandled` or `Handled`. */
  functionError?: string
}

/** Is told of each request of interest once its answer is known. */
export type OnRequest = (request: SeenRequest) => void

/** Operations that clients ask for again and again, and those by which lambdactl writes its journal, a line for each decision. */
const routine = /^(?:Get|List|Describe|Filter|Head)|^(?:PutLogEvents|CreateLogStream|PutMetricData)$/
/** The answers that what was asked for is not there, and that a group is there already: both are looked for that way. */
const lookedFor = /NotFound|NoSuch|^ResourceAlreadyExistsException$/

/** Whether a person wants to see it: what changes something, invocations, and failures; not what clients ask while they wait. */
export function isOfInterest({ operation = '', error }: SeenRequest): boolean {
  if (error !== undefined) return !lookedFor.test(error) || !routine.test(operation)
  return !routine.test(operation)
}

type Fields = Readonly<Record<string, unknown>>

/** By what their inputs name it, the most telling first. */
const names = ['FunctionName', 'AlarmName', 'logGroupName', 'Bucket', 'Name', 'SecretId', 'Resource', 'UUID']

/** Returns what a request is about, from its decoded input; undefined where that names nothing. */
export function resourceOf(input: object): string | undefined {
  const fields = input as Fields
  const name = names.map((field) => textOf(fields[field])).find(Boolean)
  if (name === undefined) return undefined
  const short = name.replace(/^arn:[^:]*:lambda:[^:]*:[^:]*:function:/, '')
  const key = textOf(fields['Key'])
  if (key !== undefined) return `${short}/${key}`
  const part = textOf(fields['Qualifier']) ?? aliasOf(fields)
  return part === undefined ? short : `${short}:${part}`
}

/** An alias is the Name of an input that names its function as well. */
function aliasOf({ FunctionName, Name }: Fields): string | undefined {
  return FunctionName === undefined ? undefined : textOf(Name)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Returns what an answer says of an invocation; nothing of other answers. */
export function invocationOf(output: object): Pick<SeenRequest, 'version' | 'functionError'> {
  const { ExecutedVersion, FunctionError } = output as Fields
  const version = textOf(ExecutedVersion)
  const functionError = textOf(FunctionError)
  return { ...(version && { version }), ...(functionError && { functionError }) }
}
