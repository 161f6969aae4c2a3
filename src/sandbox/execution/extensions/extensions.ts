import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExtensionState } from '../model/extension-lines.ts'
import type { Exit, Failure } from '../model/failure.ts'
import { signalNames } from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import type { Child } from '../runtime/child-process.ts'
import type { RuntimeEvent } from '../runtime/runtime-api.ts'
import { answerExtension } from './extensions-api.ts'
import { createRegistry, type Extension, type Registry } from './registry.ts'

/** The reason of an environment's end, as extensions get it. */
export type ShutdownReason = 'spindown' | 'timeout' | 'failure'

/** The extensions of one environment, at Lambda's Extensions API. */
export interface Extensions {
  /** Answers a request to the API. @returns false if it is none */
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
  /** Starts those that are processes of their own, and waits until each has registered or one has failed. */
  start(): Promise<void>
  /** The time for an orderly end, in milliseconds, as Lambda allots it; 0 without extensions. */
  patience(): number
  /** Hands out an event; `ready` then resolves when all extensions have handled it. */
  invoke(event: RuntimeEvent): void
  /** Waits until all extensions wait for an event, or one has failed. The first call ends registration. */
  ready(): Promise<void>
  /** Resolves with the first failure, which ends the environment. */
  failed: Promise<Failure>
  states(): readonly ExtensionState[]
  /**
   * Hands out SHUTDOWN, and kills the processes that don't end in time or did not register for it.
   *
   * @param leftMs the rest of the time for an orderly end, in which the runtime has ended already
   */
  end(reason: ShutdownReason, leftMs: number): Promise<void>
}

/** The means to run extensions. */
export interface ExtensionHost {
  facts: FunctionFacts
  /** The names of the files in `/opt/extensions`. */
  external: readonly string[]
  start: (name: string) => Child
  /** Writes a line of the sandbox into the function's log. */
  tell: (line: string) => void
}

/** Lambda's time for the end of an environment with extensions, in milliseconds. */
const patience = { internal: 500, external: 2000 }

export function createExtensions({ facts, external, start, tell }: ExtensionHost): Extensions {
  const registry = createRegistry(external)
  const { promise: failed, resolve: fail } = Promise.withResolvers<Failure>()
  const running = new Map<Extension, Child>()
  let [isOpen, isEnding] = [true, false]
  const hasEnded = (extension: Extension, exit: Exit) => {
    running.delete(extension)
    extension.give = undefined
    if (!isEnding) fail(failureOf(extension, exit))
    registry.changed()
  }
  return {
    answer: (request, response) =>
      answerExtension({ facts, registry, isOpen: () => isOpen, tell }, request, response),
    async start() {
      for (const extension of registry.all()) {
        const child = start(extension.name)
        running.set(extension, child)
        void child.exited.then((exit) => hasEnded(extension, exit))
      }
      const registered = registry.until((all) => all.every(({ state }) => state !== 'Started'))
      await Promise.race([registered, failed])
    },
    patience() {
      const all = registry.all()
      if (all.length === 0) return 0
      return all.some(({ isExternal }) => isExternal) ? patience.external : patience.internal
    },
    invoke: (event) => registry.send('INVOKE', invokeEvent(event)),
    async ready() {
      isOpen = false
      await Promise.race([registry.until((all) => all.every((each) => each.give)), failed])
    },
    failed,
    states: () => registry.all(),
    async end(reason, leftMs) {
      isEnding = true
      await shutDown(registry, running, { reason, leftMs: Math.max(0, leftMs) })
    },
  }
}

function invokeEvent({ deadline, requestId, invokedArn, traceId }: RuntimeEvent): object {
  return {
    eventType: 'INVOKE',
    deadlineMs: deadline,
    requestId,
    invokedFunctionArn: invokedArn,
    tracing: { type: 'X-Amzn-Trace-Id', value: traceId },
  }
}

async function shutDown(
  registry: Registry,
  running: ReadonlyMap<Extension, Child>,
  { reason, leftMs }: { reason: ShutdownReason; leftMs: number },
): Promise<void> {
  // The machine's time, as that of a deadline: processes know no other.
  const deadlineMs = Date.now() + Math.floor(leftMs)
  registry.send('SHUTDOWN', { eventType: 'SHUTDOWN', deadlineMs, shutdownReason: reason })
  const { promise: isLate, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, leftMs)
  const ends = [...running].map(async ([{ events }, child]) => {
    if (events.includes('SHUTDOWN')) await Promise.race([child.exited, isLate])
    await child.kill()
  })
  await Promise.all(ends)
  clearTimeout(timer)
}

/** In Lambda's words, as people see them in logs. */
function failureOf(extension: Extension, { code, signal, error }: Exit): Failure {
  const { name, state } = extension
  if (error) {
    const denied = error.code === 'EACCES'
    Object.assign(extension, {
      state: 'LaunchError',
      errorType: denied ? 'PermissionDenied' : 'UnknownError',
    })
    const reason = denied ? 'permission denied' : error.message
    return { errorType: 'Extension.LaunchError', message: `fork/exec /opt/extensions/${name}: ${reason}` }
  }
  const isReported = state === 'InitError' || state === 'ExitError'
  if (!isReported) Object.assign(extension, { state: 'Exited', errorType: 'Extension.Crash' })
  const status = signal
    ? `signal: ${signalNames[signal] ?? signal}`
    : code
      ? `exit status ${code}`
      : 'exit code 0'
  return { errorType: isReported ? `Extension.${state}` : 'Extension.Crash', message: status }
}
