import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { createSpareWall } from '../../../processes/spare-wall.ts'
import type { ExecutionTarget, Executor, Provisioned } from '../model/executor.ts'
import { factsOf } from '../model/function-facts.ts'
import type { InitializationType } from '../model/log-lines.ts'
import { createFamilies } from '../runtime/families.ts'
import { linkRuntimePackages } from '../runtime/runtime-packages.ts'
import { startWatchdog } from '../runtime/watchdog.ts'
import { type Environment, startEnvironment } from './environment.ts'
import type { Host } from './machine.ts'
import { createPool, type Pool } from './pool.ts'

/** The most INIT phases at a time: hundreds at once would slow each other until all are too late. */
const initialisedAtOnce = 16

/** All environments of an executor, one pool for each version of each function. */
export interface Fleet {
  /** The version's pool; its new environments use this target. */
  pool(target: ExecutionTarget): Pool
  provisioned(functionArn: string, version: string): Provisioned | undefined
  /** The number of environments that are alive. */
  alive(): number
  kill: Executor['kill']
  retire(functionArn: string, version?: string): void
  close(): Promise<void>
}

interface Entry {
  current: { target: ExecutionTarget }
  pool: Pool
}

type Start = (current: Entry['current'], type: InitializationType) => Environment

/** The part of the host that exists before the first environment. */
type Shared = Pick<Host, 'logs' | 'clock' | 'access' | 'strikes'>

export function createFleet(shared: Shared): Fleet {
  /** By the function's ARN, then by version. */
  const functions = new Map<string, Map<string, Entry>>()
  const alive = new Set<Environment>()
  let host: Host | undefined
  let closed = false
  const start: Start = ({ target }, type) => {
    if (closed) throw new Error('The executor is closed.')
    host ??= openHost(shared)
    const environment = startEnvironment(factsOf(target), type, host)
    alive.add(environment)
    void environment.gone.then(() => alive.delete(environment))
    return environment
  }
  return {
    pool(target) {
      const entry = entryOf(functions, target, start)
      entry.current.target = target
      return entry.pool
    },
    alive: () => alive.size,
    kill(isMeant) {
      for (const environment of alive) environment.kill(isMeant)
    },
    provisioned: (arn, version) => functions.get(arn)?.get(version)?.pool.provisioned(),
    retire(arn, version) {
      const versions = functions.get(arn) ?? new Map<string, Entry>()
      for (const [known, { pool }] of versions) {
        if (version !== undefined && version !== known) continue
        pool.retire()
        versions.delete(known)
      }
    },
    async close() {
      for (const versions of functions.values()) for (const { pool } of versions.values()) pool.retire()
      closed = true
      host?.spareWall.close()
      await Promise.all([...alive].map((environment) => environment.end()))
      await host?.watchdog.close()
    },
  }
}

function openHost(shared: Shared): Host {
  if (process.platform !== 'linux') {
    console.error('Functions run without a limit of memory: the sandbox can see their memory on Linux only.')
  }
  const folder = mkdtempSync(join(tmpdir(), 'lambdactl-sandbox-'))
  const runtimePackages = linkRuntimePackages(join(folder, 'runtime'))
  const watchdog = startWatchdog(folder)
  const skeleton = join(folder, 'var')
  const families = createFamilies()
  const spareWall = createSpareWall()
  return {
    ...shared,
    folder,
    runtimePackages,
    skeleton,
    watchdog,
    families,
    spareWall,
    limitInits: pLimit(initialisedAtOnce),
  }
}

function entryOf(functions: Map<string, Map<string, Entry>>, target: ExecutionTarget, start: Start): Entry {
  const { FunctionArn: arn = '', Version: version = '$LATEST' } = target.configuration
  const versions = functions.get(arn) ?? new Map<string, Entry>()
  functions.set(arn, versions)
  const known = versions.get(version)
  if (known) return known
  const current = { target }
  const entry = { current, pool: createPool((type) => start(current, type)) }
  versions.set(version, entry)
  return entry
}
