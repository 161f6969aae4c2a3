import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { type ManagedFile, managedIn } from '../../src/config/service/managed.ts'
import { operationOf } from './operation.ts'

/** Calls that only the tool that makes a function may make; those without a name are by method and path. */
const itsTools = new RegExp(
  `^(${[
    'CreateFunction',
    'DeleteFunction',
    'UpdateFunctionConfiguration',
    'PutFunctionConcurrency',
    '(Put|Delete)ProvisionedConcurrencyConfig',
    'TagResource',
    'UntagResource',
    'PutMetricAlarm',
    '(Register|Deregister)ScalableTarget',
    '(Put|Delete)(ScalingPolicy|ScheduledAction)',
    'PutRetentionPolicy',
    // Policies, URLs, tags, asynchronous invocations, runtime updates, code signing, event source mappings.
    '(POST|PUT|DELETE|PATCH) /.*',
  ].join('|')})$`,
)

/**
 * In an incident a person stops the function, whoever sets its concurrency. Versions get environments if the file has
 * some for them, which the program itself checks.
 */
const exceptions: readonly (readonly [args: RegExp, calls: RegExp])[] = [
  [/^concurrency (stop|start) /, /^(PutFunctionConcurrency|DELETE .*\/concurrency)$/],
  [/^concurrency provision /, /^(Put|Delete)ProvisionedConcurrencyConfig$/],
]

/** The functions of a run's lambdactl.yaml. */
interface Functions {
  /** Lambda's names of those that another tool makes. */
  codeOnly: readonly string[]
  /** Whether that tool makes all of them, so that a call without a name is judged too. */
  isAll: boolean
}

/** A run of the program that is judged, by the id that its requests bear. */
interface Judged {
  functions: Functions
  operations: Set<string>
}

const runs = new Map<string, Judged>()
let count = 0

// The sandbox of a test is in its process, so each request is seen here, and no test has to ask for it.
subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage }
  const [, id = ''] = /\bapp\/(beside-\d+)/.exec(String(request.headers['user-agent'])) ?? []
  const run = runs.get(id)
  if (run && isOthers(request, run.functions)) run.operations.add(operationOf(request))
})

/** Tells whether a request belongs to the tool that makes a function. */
export function isOthers(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { codeOnly, isAll }: Functions,
): boolean {
  if (!itsTools.test(operationOf(request as IncomingMessage))) return false
  const path = decodeURIComponent(request.url ?? '')
  return isAll || codeOnly.some((name) => path.includes(name))
}

/**
 * Watches a run of the program about functions that another tool makes, as its lambdactl.yaml says: the test fails at its
 * end if the run made a call that belongs to that tool.
 *
 * @returns the variables that the run needs besides
 */
export function watchedForOthers(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): NodeJS.ProcessEnv {
  const functions = functionsAt(cwd, environmentOf(args) ?? env['LAMBDACTL_ENV'])
  if (functions.codeOnly.length === 0) return {}
  count += 1
  const id = `beside-${count}`
  const run: Judged = { functions, operations: new Set() }
  runs.set(id, run)
  onTestFinished(() => {
    runs.delete(id)
    const [, allowed] = exceptions.find(([words]) => words.test(args.join(' '))) ?? []
    const wrong = [...run.operations].filter((operation) => !allowed?.test(operation))
    expect(wrong, 'calls that belong to the tool that makes the function').toEqual([])
  })
  return { AWS_SDK_UA_APP_ID: id }
}

function environmentOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((word) => word === '--env' || word === '-e')
  return at === -1 ? /^--env=(.*)$/m.exec(args.join('\n'))?.[1] : args[at + 1]
}

type Written = Partial<ManagedFile> & { service?: string; functions?: Record<string, { name?: string }> }

const none: Functions = { codeOnly: [], isAll: false }

/** Without a readable file, or with several environments and none named, there are none. */
function functionsAt(folder: string, named: string | undefined): Functions {
  const { service, defaults, functions, environments } = fileIn(folder) ?? {}
  if (!functions || !environments) return none
  const [only, ...more] = Object.keys(environments)
  const environment = named ?? (more.length === 0 ? only : undefined)
  if (environment === undefined) return none
  const file = { functions, environments, ...(defaults && { defaults }) }
  const others = Object.entries(functions).filter(([name]) => managedIn(file, environment, name) === 'code')
  return {
    codeOnly: others.map(([name, fields]) => fields.name ?? `${service}-${name}-${environment}`),
    isAll: others.length === Object.keys(functions).length,
  }
}

/** Undefined for a folder without one, and for one that is no YAML. */
function fileIn(folder: string): Written | undefined {
  try {
    return parse(readFileSync(join(folder, 'lambdactl.yaml'), 'utf8')) as Written
  } catch {
    return undefined
  }
}
