import type { Provisioned } from '../model/executor.ts'
import type { Environment } from './environment.ts'

/** The most INIT phases at a time, so that they don't slow each other. */
const startedAtOnce = 4

/** The provisioned environments of one version. Each is started ahead, and replaced if it dies. */
export interface WarmEnvironments {
  hasFree(): boolean
  take(): Environment | undefined
  give(environment: Environment): void
  resize(count: number): void
  state(): Provisioned | undefined
}

interface State {
  start: () => Environment
  requested: number
  starting: Set<Environment>
  /** Free and busy ones. */
  ready: Set<Environment>
  free: Environment[]
  failure?: string | undefined
}

export function createWarmEnvironments(start: () => Environment): WarmEnvironments {
  const state: State = { start, requested: 0, starting: new Set(), ready: new Set(), free: [] }
  return {
    hasFree: () => state.free.some((environment) => environment.usable()),
    take: () => take(state),
    give(environment) {
      if (state.ready.has(environment)) keepOrEnd(state, environment)
      else void environment.end()
    },
    resize: (count) => resize(state, count),
    state: () => stateOf(state),
  }
}

function take(state: State): Environment | undefined {
  const environment = state.free.findLast((candidate) => candidate.usable())
  state.free = state.free.filter((other) => other !== environment)
  return environment
}

function stateOf({ requested, ready, failure }: State): Provisioned | undefined {
  if (requested === 0) return undefined
  const available = ready.size
  return { requested, available, allocated: available, ...(failure === undefined ? {} : { failure }) }
}

function resize(state: State, count: number): void {
  state.requested = count
  state.failure = undefined
  abandonStarting(state, Math.max(0, count - state.ready.size))
  while (state.ready.size > count) {
    const environment = state.free.shift()
    if (!environment) break
    dismiss(state, environment)
  }
  fill(state)
}

function abandonStarting(state: State, kept: number): void {
  for (const environment of [...state.starting].slice(kept)) {
    state.starting.delete(environment)
    void environment.end()
  }
}

function fill(state: State): void {
  while (
    state.failure === undefined &&
    state.starting.size < startedAtOnce &&
    state.starting.size + state.ready.size < state.requested
  ) {
    void startOne(state)
  }
}

async function startOne(state: State): Promise<void> {
  const environment = state.start()
  state.starting.add(environment)
  const [init] = await Promise.allSettled([environment.initialised])
  // It was removed meanwhile, so nobody needs it.
  if (!state.starting.delete(environment)) return
  if (init.status === 'rejected' || init.value.failure) {
    state.failure = 'FUNCTION_ERROR_INIT_FAILURE'
    abandonStarting(state, 0)
    return
  }
  state.ready.add(environment)
  void environment.gone.then(() => replace(state, environment))
  keepOrEnd(state, environment)
  fill(state)
}

function keepOrEnd(state: State, environment: Environment): void {
  if (state.ready.size > state.requested) dismiss(state, environment)
  else if (environment.usable()) state.free.push(environment)
}

function replace(state: State, environment: Environment): void {
  forget(state, environment)
  fill(state)
}

function dismiss(state: State, environment: Environment): void {
  forget(state, environment)
  void environment.end()
}

function forget(state: State, environment: Environment): void {
  state.ready.delete(environment)
  state.free = state.free.filter((other) => other !== environment)
}
