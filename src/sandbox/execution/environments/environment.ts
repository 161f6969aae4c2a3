import { randomBytes } from 'node:crypto'
import type { ShutdownReason } from '../extensions/extensions.ts'
import type { Executor, Invocation } from '../model/executor.ts'
import { exitFailure, type Failure, isFailure, isTimeout } from '../model/failure.ts'
import { type FunctionFacts, namesOf } from '../model/function-facts.ts'
import { type InitializationType, logStreamName } from '../model/log-lines.ts'
import { createLogStream } from '../model/log-stream.ts'
import { withLambdasPaths } from '../runtime/lambdas-paths.ts'
import { killing } from './killing.ts'
import { type Host, type Machine, startMachine } from './machine.ts'
import { type Initialised, initialise, invoke, type Life, type Result } from './phases.ts'

/**
 * An environment with more output than this is not used again, since its output stays on disk while it lives; bytes.
 */
const wornOutAt = 64 * 1024 * 1024

/** An execution environment: one process that takes one event at a time. */
export interface Environment {
  readonly type: InitializationType
  /** The end of the INIT phase, which waits for its turn; the first run returns its failure too. */
  initialised: Promise<Initialised>
  /** Runs an event, after the end of the INIT phase. */
  run(invocation: Invocation): Promise<Result>
  /** Whether it can get another event. */
  usable(): boolean
  /** Ends it for a fault that means it: at once if it is free, and if the fault strikes while it runs an event. */
  kill: Executor['kill']
  /** Kills the process if it still runs, and removes its files. */
  end(): Promise<void>
  /** Resolves when process and files are gone. */
  gone: Promise<void>
}

export function startEnvironment(facts: FunctionFacts, type: InitializationType, host: Host): Environment {
  const { promise: gone, resolve: isGone } = Promise.withResolvers<void>()
  let ending: Promise<void> | undefined
  const { promise: turn, resolve: isItsTurn } = Promise.withResolvers<void>()
  const life = startLife(facts, type, host, async (start) => {
    await turn
    // An environment that is ending starts no process any more.
    if (ending) return exitFailure({ code: null, signal: 'SIGKILL' })
    const isFailing = type === 'provisioned-concurrency' && host.strikes('fail-provisioning', namesOf(facts))
    return isFailing ? exitFailure({ code: 1, signal: null }) : start()
  })
  const initialised = host.limitInits(() => {
    isItsTurn()
    return initialise(life)
  })
  let activity: Promise<Initialised | Result> = initialised
  let fresh = true
  const end = () => {
    ending ??= dismantle(life, () => activity)
      .catch(report)
      .finally(isGone)
    return ending
  }
  const faults = killing(life, host, () => void end())
  const runFirstOrNext = async (invocation: Invocation) => {
    const init = await initialised
    faults.busy()
    const result = await invoke(life, invocation, fresh ? init : undefined)
    fresh = false
    faults.free()
    if (await isSpent(life.machine)) void end()
    return result
  }
  void lastMoment(initialised, life.machine).then(end)
  // An on-demand environment starts for an event, so it is never free before.
  if (type === 'provisioned-concurrency') {
    initialised.then(
      () => faults.free(),
      () => undefined,
    )
  }
  return {
    type,
    initialised,
    run(invocation) {
      const running = runFirstOrNext(invocation)
      activity = running
      return running
    },
    usable: () => ending === undefined,
    kill: faults.kill,
    end,
    gone,
  }
}

function startLife(
  facts: FunctionFacts,
  type: InitializationType,
  host: Host,
  whenDue: (start: () => Life['machine']) => Life['machine'],
): Life {
  const id = randomBytes(16).toString('hex')
  const { clock } = host
  const logStream = logStreamName(facts, id, clock())
  const stream = createLogStream(
    host.logs,
    { region: facts.region, group: facts.logGroup, name: logStream },
    clock,
    (message) => withLambdasPaths(message, facts),
  )
  const machine = whenDue(() => startMachine(facts, { id, initializationType: type, logStream }, host))
  return { facts, type, clock, stream, machine }
}

async function isSpent(starting: Promise<Machine | Failure>): Promise<boolean> {
  const machine = await starting
  return isFailure(machine) || machine.api.ended() || machine.output.size > wornOutAt
}

/** Resolves when no more work is possible: the INIT phase failed, or the process has ended. */
async function lastMoment(initialised: Promise<Initialised>, starting: Life['machine']): Promise<void> {
  const [init, machine] = await Promise.allSettled([initialised, starting])
  if (init.status === 'rejected' || init.value.failure) return
  if (machine.status === 'fulfilled' && !isFailure(machine.value)) await machine.value.child.exited
}

/** The files go last, since the last lines of the output are still being read. */
async function dismantle(
  { machine: starting, stream }: Life,
  activity: () => Promise<Initialised | Result>,
): Promise<void> {
  const [started] = await Promise.allSettled([starting])
  if (started.status === 'rejected' || isFailure(started.value)) return
  const machine = started.value
  const began = performance.now()
  await machine.stop()
  const [last] = await Promise.allSettled([activity()])
  const reason = last.status === 'fulfilled' ? reasonOf(last.value) : 'failure'
  const patience = machine.extensions.patience()
  await machine.extensions.end(reason, patience - (performance.now() - began))
  if (patience > 0) stream.write(machine.output.rest())
  await machine.close()
}

/** A runtime that reports an error goes on. */
function reasonOf({ failure }: Initialised | Result): ShutdownReason {
  if (!failure || failure.reported) return 'spindown'
  return isTimeout(failure) ? 'timeout' : 'failure'
}

/** A handler may have made files that can't be removed; the sandbox goes on. */
function report(error: unknown): void {
  console.error('An execution environment left something behind:', error)
}
