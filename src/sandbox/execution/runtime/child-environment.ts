import type { FunctionFacts } from '../model/function-facts.ts'
import type { InitializationType } from '../model/log-lines.ts'
import { type LayersPlace, layerVariables } from './layers.ts'
import { bootstrapDirectory } from './runtime-command.ts'

/** The facts that differ between the environments of one function. */
export interface Surroundings {
  /** `host:port` of the environment's Runtime API. */
  runtimeApi: string
  initializationType: InitializationType
  logStream: string
  /** The environment's own folder in place of Lambda's /tmp. */
  temporaryDirectory: string
  /** Undefined for a function without layers. */
  layers: LayersPlace | undefined
  access: SandboxAccess
}

/** The sandbox's endpoint and key for the AWS calls of handlers. */
export interface SandboxAccess {
  /** Access key and secret key are the same. */
  accessKey: string
  /** Undefined until the sandbox listens. */
  endpoint(): string | undefined
}

/**
 * The variables of an environment's process; only PATH is taken from the sandbox's own. A function may replace the
 * variables before its own; Lambda reserves the variables after them.
 */
export function childVariables(facts: FunctionFacts, around: Surroundings): Record<string, string> {
  const endpoint = around.access.endpoint()
  const programs = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
  return {
    PATH: programs,
    HOME: around.temporaryDirectory,
    TMPDIR: around.temporaryDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
    ...(around.layers ? layerVariables(facts, around.layers, programs) : facts.variables),
    ...reservedVariables(facts, around),
  }
}

function reservedVariables(facts: FunctionFacts, around: Surroundings): Record<string, string> {
  return {
    _HANDLER: facts.handler,
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${facts.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: facts.name,
    AWS_LAMBDA_FUNCTION_VERSION: facts.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: around.initializationType,
    AWS_LAMBDA_LOG_GROUP_NAME: facts.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: around.logStream,
    AWS_LAMBDA_LOG_FORMAT: facts.logFormat,
    ...(facts.applicationLogLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: facts.applicationLogLevel }),
    AWS_LAMBDA_RUNTIME_API: around.runtimeApi,
    // Credentials that no real AWS accepts: a handler's SDK finds them and looks for no others.
    AWS_ACCESS_KEY_ID: around.access.accessKey,
    AWS_SECRET_ACCESS_KEY: around.access.accessKey,
    AWS_SESSION_TOKEN: 'sandbox',
    LAMBDA_TASK_ROOT: facts.codeDirectory,
    LAMBDA_RUNTIME_DIR: bootstrapDirectory,
  }
}
