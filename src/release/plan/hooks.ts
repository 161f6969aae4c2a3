import type { Verdict } from '../values/observed.ts'

/** The moments of a release at which a command of the user's may run, in their order. */
export const hookPoints = [
  'confirm-rollout',
  'before-shift',
  'after-shift',
  'before-promote',
  'after-rollback',
] as const

export type HookPoint = (typeof hookPoints)[number]

/** The command that runs at a point, from the configuration of this machine; a plan and a journal never have it. */
export interface HookCommand {
  /** The program and its arguments; no shell reads them. */
  args: readonly string[]
  /** Absolute: the folder of lambdactl.yaml. */
  directory: string
  timeoutMs: number
}

/** The hooks that this machine has, or why it can't run one that its configuration names. */
export type Hooks = Readonly<Partial<Record<HookPoint, HookCommand | { unusable: string }>>>

/** How a command came to its end. */
export type CommandEnding =
  | { how: 'exited'; code: number }
  /** By somebody else: out of memory, say. */
  | { how: 'killed'; signal: string }
  | { how: 'timed-out' }
  /** By the signal that it was given. */
  | { how: 'stopped' }
  | { how: 'not-started'; reason: string }

/** The verdict of a hook that has ended, and the time of its end: milliseconds since the epoch. */
export interface HookVerdict extends Verdict {
  ended: number
}

/** How the hooks stand at the present step; one that has not run is not in it. */
export type HookStandings = Readonly<Partial<Record<HookPoint, 'running' | HookVerdict>>>

/** The effect of a hook whose turn has come; undefined where it lets the release go on. */
export type HookGate =
  | { do: 'ask'; hook: HookPoint }
  | { do: 'wait'; hook: HookPoint }
  | { do: 'pause'; reason: string }
  | undefined

/** Whether the release may go past one of its hooks; that one which failed rolls back is settled before. */
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

/** The verdict of a hook that failed, if one did. */
export function failedHook(standings: HookStandings): HookVerdict | undefined {
  return verdictsOf(standings).find(({ outcome }) => outcome === 'fail')
}

/** When the last hook ended, milliseconds since the epoch; 0 where none has. */
export function lastHookEnd(standings: HookStandings): number {
  return Math.max(0, ...verdictsOf(standings).map(({ ended }) => ended))
}

function verdictsOf(standings: HookStandings): HookVerdict[] {
  return Object.values(standings).filter((standing) => standing !== 'running')
}
