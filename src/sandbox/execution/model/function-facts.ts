import type { ExecutionTarget } from './executor.ts'

/** The facts about a function that its execution environment needs, with Lambda's defaults filled in. */
export interface FunctionFacts {
  name: string
  /** `$LATEST` or a number. */
  version: string
  /** Unqualified. */
  arn: string
  region: string
  /** The ARN of its role. */
  role: string
  runtime: string
  handler: string
  timeoutMs: number
  memoryMb: number
  /** The function's own environment variables. */
  variables: Readonly<Record<string, string>>
  codeDirectory: string
  /** A folder with the files of its layers; undefined without any. */
  layersDirectory: string | undefined
  logGroup: string
  logFormat: 'Text' | 'JSON'
  /** The lowest level of an application's JSON lines; undefined in the Text format, which filters nothing. */
  applicationLogLevel: string | undefined
  /** The lowest level of the platform's JSON lines; the Text format always has all. */
  systemLogLevel: string
}

/** The names of a version in faults: its function's, and with the version as in `shop:2`. */
export function namesOf({ name, version }: Pick<FunctionFacts, 'name' | 'version'>): string[] {
  return [name, `${name}:${version}`]
}

/** Reads a target's configuration; time-out and memory default to Lambda's 3 s and 128 MB. */
export function factsOf(target: ExecutionTarget): FunctionFacts {
  const { configuration, codeDirectory, layersDirectory } = target
  const name = configuration.FunctionName ?? ''
  const arn = configuration.FunctionArn ?? ''
  return {
    name,
    version: configuration.Version ?? '$LATEST',
    arn,
    region: arn.split(':')[3] ?? '',
    role: configuration.Role ?? '',
    runtime: configuration.Runtime ?? '',
    handler: configuration.Handler ?? '',
    timeoutMs: (configuration.Timeout ?? 3) * 1000,
    memoryMb: configuration.MemorySize ?? 128,
    variables: configuration.Environment?.Variables ?? {},
    codeDirectory,
    layersDirectory,
    ...loggingOf(configuration.LoggingConfig ?? {}, name),
  }
}

type LoggingFacts = Pick<FunctionFacts, 'logGroup' | 'logFormat' | 'applicationLogLevel' | 'systemLogLevel'>

function loggingOf(
  config: NonNullable<ExecutionTarget['configuration']['LoggingConfig']>,
  name: string,
): LoggingFacts {
  const json = config.LogFormat === 'JSON'
  return {
    logGroup: config.LogGroup ?? defaultLogGroup(name),
    logFormat: json ? 'JSON' : 'Text',
    applicationLogLevel: json ? (config.ApplicationLogLevel ?? 'INFO') : undefined,
    systemLogLevel: config.SystemLogLevel ?? 'INFO',
  }
}

/** The log group of a function without a LoggingConfig.LogGroup. */
export function defaultLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`
}
