import { randomUUID } from 'node:crypto'
import type { Invocation } from '../model/executor.ts'
import { type ExtensionState, extensionLines } from '../model/extension-lines.ts'
import {
  type Failure,
  failureLines,
  failurePayload,
  isFailure,
  isTimeout,
  outOfMemoryFailure,
  timeoutFailure,
} from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import {
  type InitializationType,
  initReportLines,
  initStartLines,
  type Report,
  reportLines,
  startLines,
} from '../model/log-lines.ts'
import type { LogStream } from '../model/log-stream.ts'
import { withLambdasPaths } from '../runtime/lambdas-paths.ts'
import type { RuntimeAnswer, RuntimeEvent } from '../runtime/runtime-api.ts'
import type { Machine } from './machine.ts'

/** Lambda's limits for the INIT phase: 10 s, or 130 s for provisioned environments. */
const initLimits: Record<InitializationType, number> = {
  'on-demand': 10_000,
  'provisioned-concurrency': 130_000,
}

/** How often a running handler's output is passed on, in milliseconds. */
const outputInterval = 100

/** The resources and facts for the phases of an environment's life. */
export interface Life {
  facts: FunctionFacts
  type: InitializationType
  /** Milliseconds since the epoch. */
  clock: () => number
  stream: LogStream
  machine: Promise<Machine | Failure>
}

/** The result of the INIT phase. */
export interface Initialised {
  failure: Failure | undefined
  durationMs: number
}

/** One run of a handler. */
export interface Result {
  payload: Uint8Array
  failure: Failure | undefined
  /** Without the INIT phase. */
  durationMs: number
  logTail: string
}

/** The INIT phase: from the start of the process to its first request for an event. */
export async function initialise(life: Life): Promise<Initialised> {
  const { facts, type, clock, stream } = life
  const started = performance.now()
  stream.write(initStartLines(facts, type, clock()))
  const failure = await initFailure(life)
  const durationMs = performance.now() - started
  stream.write(extensionLines(facts, await extensionsOf(life), clock()))
  if (failure) {
    const status = isTimeout(failure) ? 'timeout' : 'error'
    stream.write(initReportLines(facts, type, { durationMs, status, errorType: failure.errorType }, clock()))
  }
  return { failure, durationMs }
}

async function extensionsOf(life: Life): Promise<readonly ExtensionState[]> {
  const machine = await life.machine
  return isFailure(machine) ? [] : machine.extensions.states()
}

async function initFailure(life: Life): Promise<Failure | undefined> {
  const machine = await life.machine
  if (isFailure(machine)) return machine
  const limit = initLimits[life.type]
  return await attempt<Failure | undefined>(life.stream, machine, {
    work: machine.initialised,
    limit,
    failed: (failure) => failure,
  })
}

/**
 * Runs one event, from START to REPORT.
 *
 * @param init the result of the INIT phase, if this event is the first
 */
export async function invoke(
  life: Life,
  invocation: Invocation,
  init: Initialised | undefined,
): Promise<Result> {
  const { facts, clock, stream } = life
  const { requestId } = invocation
  // The caller's log tail includes the cause of a failed INIT phase.
  if (!init?.failure) stream.beginTail()
  stream.write(startLines(facts, requestId, clock()))
  const started = performance.now()
  const answer = init?.failure ? { failure: init.failure } : await answerOf(life, invocation)
  const durationMs = performance.now() - started
  const { failure } = answer
  if (failure) stream.write(failureLines(failure, requestId, clock()))
  const report: Report = {
    requestId,
    // A runtime whose INIT phase failed has ended, also where it told why.
    status: init?.failure && !isTimeout(init.failure) ? 'failure' : statusOf(failure),
    errorType: failure?.errorType,
    durationMs,
    initMs: life.type === 'on-demand' ? init?.durationMs : undefined,
    maxMemoryMb: await memoryOf(life),
  }
  stream.write(reportLines(facts, report, clock()))
  const payload = failure ? errorPayload(failure, requestId, facts) : answer.body
  return { payload, failure, durationMs, logTail: stream.tail() }
}

/** A runtime of the function's own may report any bytes; those of the sandbox's own runtimes name files in stack traces. */
function errorPayload(failure: Failure, requestId: string, facts: FunctionFacts): Uint8Array {
  const payload = failurePayload(failure, requestId)
  if (facts.runtime.startsWith('provided')) return payload
  return Buffer.from(withLambdasPaths(Buffer.from(payload).toString(), facts))
}

async function answerOf(life: Life, invocation: Invocation): Promise<RuntimeAnswer> {
  const machine = await life.machine
  if (isFailure(machine)) return { failure: machine }
  const limit = life.facts.timeoutMs
  return attempt<RuntimeAnswer>(life.stream, machine, {
    work: machine.deliver(eventOf(invocation, Date.now() + limit)),
    limit,
    failed: (failure) => ({ failure }),
  })
}

/** Waits for the runtime and passes its output on. At the limit of time or memory the process is killed. */
async function attempt<T>(
  stream: LogStream,
  machine: Machine,
  { work, limit, failed }: { work: Promise<T>; limit: number; failed: (failure: Failure) => T },
): Promise<T> {
  const { promise: limitReached, resolve } = Promise.withResolvers<'limit reached'>()
  const timer = setTimeout(resolve, limit, 'limit reached')
  const pump = setInterval(() => stream.write(machine.output.lines()), outputInterval)
  const { memory, child } = machine
  const stopLooking = memory.untilOver(() => void child.kill())
  try {
    const result = await Promise.race([work, limitReached])
    await memory.measure()
    if (!memory.isOver() && result !== 'limit reached') return result
    await child.kill()
    return failed(memory.isOver() ? outOfMemoryFailure() : timeoutFailure(limit))
  } finally {
    stopLooking()
    clearTimeout(timer)
    clearInterval(pump)
    stream.write(machine.output.rest())
  }
}

async function memoryOf(life: Life): Promise<number> {
  const machine = await life.machine
  return isFailure(machine) ? 0 : machine.memory.peak()
}

function eventOf(invocation: Invocation, deadline: number): RuntimeEvent {
  const { requestId, payload, invokedArn, clientContext, onChunk } = invocation
  return {
    requestId,
    payload,
    deadline,
    invokedArn,
    traceId: newTraceId(),
    clientContext: clientContext && Buffer.from(clientContext, 'base64').toString(),
    onChunk,
  }
}

/** An X-Ray header for a request that is not sampled. */
function newTraceId(): string {
  // These random digits come from a cache of Node's, so they cost little.
  const [root, parent] = [randomUUID(), randomUUID()].map((id) => id.replaceAll('-', ''))
  return `Root=1-${root?.slice(0, 8)}-${root?.slice(8)};Parent=${parent?.slice(16)};Sampled=0`
}

function statusOf(failure: Failure | undefined): Report['status'] {
  if (!failure) return 'success'
  if (isTimeout(failure)) return 'timeout'
  return failure.reported ? 'error' : 'failure'
}
