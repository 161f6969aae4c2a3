import { join } from 'node:path'
import type { FunctionKeys } from '../../sts/function-keys.ts'
import type { TemporaryKeys } from '../../sts/sessions.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import type { InitializationType } from '../model/log-lines.ts'
import type { LayersPlace } from './layers.ts'
import type { TaskPlace } from './task-place.ts'

/** The facts that differ between the environments of one function. */
export interface Surroundings {
  /** `host:port` of the environment's Runtime API. */
  runtimeApi: string
  initializationType: InitializationType
  logStream: string
  /** The environment's own folder in place of Lambda's /tmp. */
  temporaryDirectory: string
  task: TaskPlace
  /** Undefined for a function without layers. */
  layers: LayersPlace | undefined
  /** The folder of the packages that Lambda's Node.js has of its own: the AWS SDK. */
  runtimePackages: string
  /** The SDKs that were installed for handlers. */
  runtimeSdks: RuntimeSdkFolders | undefined
  /** The sandbox; undefined until it listens. */
  endpoint: string | undefined
  /** The keys of the function's role. */
  keys: TemporaryKeys
}

/** Folders of packages that were installed for handlers in place of those that Lambda's runtimes have; each may be missing. */
export interface RuntimeSdkFolders {
  /** A folder named node_modules. */
  nodejs: string | undefined
  python: string | undefined
}

/** The way of a handler's AWS calls: the sandbox's endpoint, and keys that only the sandbox accepts. */
export interface SandboxAccess {
  /** Undefined until the sandbox listens. */
  endpoint(): string | undefined
  /** The sandbox's clock for the lines of handlers, as `clockText` tells it; default: this machine's time. */
  clock?: () => string
  runtimeSdks?: RuntimeSdkFolders | undefined
  keys: Pick<FunctionKeys, 'issue' | 'revoke'>
}

/**
 * The variables of an environment's process; none is the sandbox's own. A function may replace the variables before its
 * own; Lambda reserves the variables after them.
 */
export function childVariables(facts: FunctionFacts, around: Surroundings): Record<string, string> {
  const { endpoint } = around
  return {
    HOME: around.temporaryDirectory,
    TMPDIR: around.temporaryDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
    ...searchPaths(facts, around),
    ...reservedVariables(facts, around),
  }
}

/** The variables by which runtimes find programs, libraries and packages, and the function's own variables. */
function searchPaths(
  { runtime, variables }: FunctionFacts,
  { task: { root }, layers, runtimePackages, runtimeSdks }: Surroundings,
): Record<string, string> {
  const opt = layers?.path ?? '/opt'
  const node = runtime.replace(/^nodejs(\d+)\.x$/, 'node$1')
  const nodeLayers = [join(opt, 'nodejs', node, 'node_modules'), join(opt, 'nodejs/node_modules')]
  const pythonLayers = [join(opt, 'python/lib', runtime, 'site-packages'), join(opt, 'python')]
  // boto3 needs Python 3.10.
  const boto3 = /^python3\.[89]$/.test(runtime) ? undefined : runtimeSdks?.python
  const python = [variables['PYTHONPATH'], ...(layers ? pythonLayers : []), boto3].filter(Boolean).join(':')
  return {
    PATH: `/var/lang/bin:/usr/local/bin:/usr/bin:/bin:${join(opt, 'bin')}`,
    LD_LIBRARY_PATH: [root, join(root, 'lib'), join(opt, 'lib')].join(':'),
    NODE_PATH: [...(layers ? nodeLayers : []), runtimeSdks?.nodejs, runtimePackages]
      .filter(Boolean)
      .join(':'),
    ...variables,
    ...(python === '' ? {} : { PYTHONPATH: python }),
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
    // A handler's SDK finds these keys, and looks for no others.
    AWS_ACCESS_KEY_ID: around.keys.accessKey,
    AWS_SECRET_ACCESS_KEY: around.keys.secretKey,
    AWS_SESSION_TOKEN: around.keys.sessionToken,
    LAMBDA_TASK_ROOT: around.task.root,
    LAMBDA_RUNTIME_DIR: around.task.runtime,
  }
}
