import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LimitFunction } from 'p-limit'
import { makeFolder } from '../../../folders/make-folder.ts'
import { findWall, type Program } from '../../../processes/wall.ts'
import type { LogSink } from '../../telemetry.ts'
import type { StrikeEnvironment } from '../model/executor.ts'
import { exitFailure, type Failure } from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import type { InitializationType } from '../model/log-lines.ts'
import { childVariables, type SandboxAccess } from '../runtime/child-environment.ts'
import { type Child, type ChildOptions, startChild } from '../runtime/child-process.ts'
import type { Families } from '../runtime/families.ts'
import { placeLayers } from '../runtime/layers.ts'
import { type Output, openOutput } from '../runtime/output.ts'
import { openRuntimeApi, type RuntimeApi } from '../runtime/runtime-api.ts'
import { runtimeCommand } from '../runtime/runtime-command.ts'
import type { Watchdog } from '../runtime/watchdog.ts'
import { type MemoryWatch, watchMemory } from './memory-watch.ts'

/** The resources that all environments of an executor share. */
export interface Host {
  logs: LogSink
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Holds each environment's files. */
  folder: string
  watchdog: Watchdog
  families: Families
  access: SandboxAccess
  /** The folder of the packages that Lambda's Node.js has of its own. */
  runtimePackages: string
  strikes: StrikeEnvironment
  /** The queue of INIT phases. */
  limitInits: LimitFunction
}

/** Identifies an environment. */
export interface Identity {
  /** 32 hexadecimal digits. */
  id: string
  initializationType: InitializationType
  logStream: string
}

/** The process of an environment with its API and its output. */
export interface Machine {
  api: RuntimeApi
  child: Child
  output: Output
  memory: MemoryWatch
  /** Closes the listener and removes the files, after the process has ended. */
  close(): Promise<void>
}

/** Starts a function's runtime. */
export async function startMachine(
  facts: FunctionFacts,
  identity: Identity,
  host: Host,
): Promise<Machine | Failure> {
  const layers = await placeLayers(facts)
  const command = await runtimeCommand(facts, layers?.path)
  if ('errorType' in command) return command
  const temporaryDirectory = join(host.folder, identity.id)
  await makeFolder(temporaryDirectory)
  const keys = host.access.keys.issue(facts.role, facts.name)
  const api = await openRuntimeApi(keys.sessionToken)
  const output = openOutput(`${temporaryDirectory}.log`)
  const variables = childVariables(facts, {
    ...identity,
    runtimeApi: api.address,
    temporaryDirectory,
    layers,
    runtimePackages: host.runtimePackages,
    endpoint: host.access.endpoint(),
    keys,
  })
  const overlays = layers?.overlays ?? []
  // The sandbox's own runtimes find out by it whether AWS_LAMBDA_RUNTIME_API is a layer's proxy.
  const args = command.isOwn ? [...command.args, api.address] : command.args
  const program = { file: command.file, args, directory: facts.codeDirectory, variables, overlays }
  const wall = await findWall()
  const options = { mark: identity.id, output: output.descriptor }
  const child = startWatched(wall ? wall(program) : program, options, host)
  void api.initialised.then(() => child.note())
  void child.exited.then((exit) => api.runtimeEnded(exitFailure(exit)))
  return {
    api,
    child,
    output,
    memory: watchMemory(child.pid, facts.memoryMb, host.families),
    async close() {
      api.close()
      output.close()
      host.access.keys.revoke(keys.accessKey)
      // Either file may be missing: a handler can remove them.
      await rm(`${temporaryDirectory}.log`, { force: true })
      await rm(temporaryDirectory, { recursive: true, force: true })
    },
  }
}

function startWatched(program: Program, options: ChildOptions, { watchdog, families }: Host): Child {
  const child = startChild(program, options)
  const { pid } = child
  if (pid !== undefined) {
    watchdog.add(pid, options.mark)
    families.add(pid)
    void child.exited.then(() => watchdog.remove(pid))
    void child.exited.then(() => families.remove(pid))
  }
  return child
}
