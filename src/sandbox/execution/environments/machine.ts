import type { ChildProcess } from 'node:child_process'
import { writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LimitFunction } from 'p-limit'
import { makeFolder } from '../../../folders/make-folder.ts'
import type { SpareWall } from '../../../processes/spare-wall.ts'
import { findWall, type Program } from '../../../processes/wall.ts'
import type { LogSink } from '../../telemetry.ts'
import { createExtensions, type Extensions } from '../extensions/extensions.ts'
import { extensionProgram, externalExtensions } from '../extensions/external-extensions.ts'
import type { StrikeEnvironment } from '../model/executor.ts'
import { exitFailure, type Failure } from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import type { InitializationType } from '../model/log-lines.ts'
import { childVariables, type SandboxAccess } from '../runtime/child-environment.ts'
import { type Child, startAfter, startProcess, watchChild } from '../runtime/child-process.ts'
import type { Families } from '../runtime/families.ts'
import { placeLayers } from '../runtime/layers.ts'
import { type Output, openOutput } from '../runtime/output.ts'
import {
  openRuntimeApi,
  type RuntimeAnswer,
  type RuntimeApi,
  type RuntimeEvent,
} from '../runtime/runtime-api.ts'
import { type RuntimeCommand, runtimeCommand } from '../runtime/runtime-command.ts'
import { placeTask } from '../runtime/task-place.ts'
import type { Watchdog } from '../runtime/watchdog.ts'
import { deliverToAll, initialiseAll, stopRuntime } from './all-processes.ts'
import { type MemoryWatch, watchMemory } from './memory-watch.ts'

/** The time for the first event of an environment before the wall of the next one is built, in milliseconds. */
const untilNextWall = 50

/** The resources that all environments of an executor share. */
export interface Host {
  logs: LogSink
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Holds each environment's files. */
  folder: string
  watchdog: Watchdog
  families: Families
  spareWall: SpareWall
  access: SandboxAccess
  /** The folder of the packages that Lambda's Node.js has of its own. */
  runtimePackages: string
  /** The folder that is laid over /var. */
  skeleton: string
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

/** The processes of an environment with their API and their output. */
export interface Machine {
  api: Pick<RuntimeApi, 'ended'>
  /** The runtime. */
  child: Child
  extensions: Extensions
  output: Output
  memory: MemoryWatch
  /** The end of the INIT phase: the runtime and all extensions wait for an event, or one of them has failed. */
  initialised: Promise<Failure | undefined>
  /** Gives an event to the runtime and the extensions, and waits for all of them. */
  deliver(event: RuntimeEvent): Promise<RuntimeAnswer>
  /** Ends the runtime: at once, or after SIGTERM where extensions have registered. */
  stop(): Promise<void>
  /** Closes the listener and removes the files, after the processes have ended. */
  close(): Promise<void>
}

/** Starts a function's extensions and its runtime. */
export async function startMachine(
  facts: FunctionFacts,
  identity: Identity,
  host: Host,
): Promise<Machine | Failure> {
  const [task, layers] = await Promise.all([placeTask(facts, host.skeleton), placeLayers(facts)])
  const overlays = [...task.overlays, ...(layers?.overlays ?? [])]
  const command = await runtimeCommand(facts, { task: task.root, opt: layers?.path ?? '/opt' })
  if ('errorType' in command) return command
  const { id } = identity
  const external = await externalExtensions(facts)
  const { temporaryDirectory, output, keys, remove } = await openPlace(facts, id, host)
  const start = await startsApart(output, host)
  const run = (program: Program, mark: string) => watched(start(program), mark, host, id)
  const extensions = createExtensions({
    facts,
    external,
    start(name) {
      const mark = `${id}-${external.indexOf(name)}`
      return run(extensionProgram(name, facts, variables, { overlays, mark }), mark)
    },
    tell: (line) => void writeSync(output.descriptor, `${line}\n`),
  })
  const api = await openRuntimeApi(keys.sessionToken, extensions.answer).catch(undone(remove))
  const variables = childVariables(facts, {
    ...identity,
    runtimeApi: api.address,
    temporaryDirectory,
    task,
    layers,
    runtimePackages: host.runtimePackages,
    runtimeSdks: host.access.runtimeSdks,
    endpoint: host.access.endpoint(),
    keys,
  })
  const place = { directory: task.root, variables, overlays }
  const program = runtimeProgram(command, place, ownVariables(api, host))
  // The name of its log stream ends so, and no extension has it.
  const startRuntime = () => run(program, `]${id}`)
  const child = external.length === 0 ? startRuntime() : startAfter(extensions.start(), startRuntime)
  follow(api, child, extensions)
  // Not before: this start and the building of the next wall would slow each other.
  void api.initialised.then(() => setTimeout(() => host.spareWall.renew(), untilNextWall).unref())
  return {
    api,
    child,
    extensions,
    output,
    memory: watchMemory(child, facts.memoryMb, () => host.families.membersOf(id)),
    initialised: initialiseAll(api, extensions),
    deliver: (event) => deliverToAll(api, extensions, event),
    stop: () => stopRuntime(child, extensions.patience()),
    async close() {
      api.close()
      await remove()
    },
  }
}

/**
 * The variables of the sandbox's own runtimes: the address of their API, by which they find out whether
 * AWS_LAMBDA_RUNTIME_API is a layer's proxy, and the sandbox's clock. They can't be arguments, since a wrapper may put its
 * own before the last one.
 */
function ownVariables({ address }: RuntimeApi, { access }: Host): Record<string, string> {
  return { _LAMBDACTL_API: address, _LAMBDACTL_CLOCK: access.clock?.() ?? '' }
}

function runtimeProgram(
  { file, args, isOwn }: RuntimeCommand,
  place: Omit<Program, 'file' | 'args'>,
  own: Record<string, string>,
): Program {
  return { ...place, file, args, variables: isOwn ? { ...place.variables, ...own } : place.variables }
}

/** The files and the keys of an environment. */
async function openPlace(facts: FunctionFacts, id: string, { folder, access }: Host) {
  const temporaryDirectory = join(folder, id)
  await makeFolder(temporaryDirectory)
  const output = openOutput(`${temporaryDirectory}.log`)
  const keys = access.keys.issue(facts.role, facts.name)
  return {
    temporaryDirectory,
    output,
    keys,
    remove: async () => {
      output.close()
      access.keys.revoke(keys.accessKey)
      // Either file may be missing: a handler can remove them.
      await rm(`${temporaryDirectory}.log`, { force: true })
      await rm(temporaryDirectory, { recursive: true, force: true })
    },
  }
}

/** Undoes a part of a start before its error is thrown on. */
function undone(undo: () => Promise<void>) {
  return async (error: unknown): Promise<never> => {
    await undo()
    throw error
  }
}

function follow(api: RuntimeApi, child: Child, extensions: Extensions): void {
  void api.initialised.then(() => child.note())
  void child.exited.then((exit) => api.runtimeEnded(exitFailure(exit)))
  void extensions.failed.then((failure) => {
    api.runtimeEnded(failure)
    return child.kill()
  })
}

/** Returns the way to start programs: behind a wall, if that can be had. */
async function startsApart(output: Output, { spareWall }: Host): Promise<(program: Program) => ChildProcess> {
  const wall = (await findWall()) ?? ((program: Program) => program)
  return (program) => spareWall.start(program, output.path) ?? startProcess(wall(program), output.descriptor)
}

function watched(started: ChildProcess, mark: string, { watchdog, families }: Host, family: string): Child {
  const child = watchChild(started, mark)
  const { pid } = child
  if (pid !== undefined) {
    watchdog.add(pid, mark)
    families.add(pid, family)
    void child.exited.then(() => watchdog.remove(pid))
    void child.exited.then(() => families.remove(pid))
  }
  return child
}
