import type { Verdict } from '../values/observed.ts'

/** The moments of a release at which a command of the user's may run, in order. */
export const hookPoints = [
  'confirm-rollout',
  'before-shift',
  'after-shift',
  'before-promote',
  'after-rollback',
] as const

export type HookPoint = (typeof hookPoints)[number]

/**
 * The command that runs at a point. It comes from the configuration of this machine, never from a plan or a journal.
 */
export interface HookCommand {
  /** The program and its arguments; no shell reads them. */
  args: readonly string[]
  /** The absolute path of the folder of lambdactl.yaml. */
  directory: string
  timeoutMs: number
}

/** The hooks of this machine, or the reason why it can't run one that its configuration names. */
export type Hooks = Readonly<Partial<Record<HookPoint, HookCommand | { unusable: string }>>>

/** The way in which a command ended. */
export type CommandEnding =
  | { how: 'exited'; code: number }
  /** Killed by another program, for example for lack of memory. */
  | { how: 'killed'; signal: string }
  | { how: 'timed-out' }
  /** Ended by the abort signal. */
  | { how: 'stopped' }
  | { how: 'not-started'; reason: string }

/** The verdict of a hook that has ended, and the time of its end: milliseconds since the epoch. */
export interface HookVerdict extends Verdict {
  ended: number
}

/** The state of the hooks at the present step; a hook that has not run is absent. */
export type HookStandings = Readonly<Partial<Record<HookPoint, 'running' | HookVerdict>>>

/** The effect of a hook at its turn; undefined if it lets the release go on. */
export type HookGate =
  | { do: 'ask'; hook: HookPoint }
  | { do: 'wait'; hook: HookPoint }
  | { do: 'pause'; reason: string }
  | undefined

/**
 * Tells whether the release may go past one of its hooks. A failed hook has been handled before, since it rolls back.
 */
export function hookGate(
  planned: readonly HookPoint[],
  standings: HookStandings,
  hook: HookPoint | undefined,
): HookGate {
  if (hook === undefined || !planned.includes(hook)) return undefined
  const standing = standings[hook]
  if (standing === undefined) return { do: 'ask', hook }
  if (standing === 'running') return { do: 'wait', hook }
  return standing.outcome === 'pass' ? undefined : { do: 'pause', reason: standing.reason }
}

/** The verdict of a failed hook, if there is one. */
export function failedHook(standings: HookStandings): HookVerdict | undefined {
  return verdictsOf(standings).find(({ outcome }) => outcome === 'fail')
}

/** The end of the last hook, milliseconds since the epoch; 0 if none has ended. */
export function lastHookEnd(standings: HookStandings): number {
  return Math.max(0, ...verdictsOf(standings).map(({ ended }) => ended))
}

function verdictsOf(standings: HookStandings): HookVerdict[] {
  return Object.values(standings).filter((standing) => standing !== 'running')
}
