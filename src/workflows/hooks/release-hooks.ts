import { LambdactlError } from '../../errors/error.ts'
import { type PassedHook, placeKey } from '../../release/journal/passed-hooks.ts'
import type { HookPoint, HookStandings, Hooks, HookVerdict } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { PlannedRelease, Release, ReleaseHooks } from '../run/release.ts'
import { unusable } from './run-hook.ts'
import { type StartedHook, startHook } from './started-hook.ts'

/**
 * Gives a release its hooks, for the process that carries it.
 *
 * @param commands from the configuration of this machine
 * @param passed the hooks that passed already, by the journal
 */
export function withHooks(
  release: PlannedRelease,
  commands: Hooks = {},
  passed: readonly PassedHook[] = [],
): Release {
  return { ...release, hooks: releaseHooks(release, commands, passed) }
}

function releaseHooks(release: PlannedRelease, commands: Hooks, passed: readonly PassedHook[]): ReleaseHooks {
  const started: StartedHook[] = []
  const journal = async () => {
    for (const one of started) await one.journal()
  }
  return {
    commands,
    journal,
    tell() {
      for (const one of started) one.tell()
    },
    standings(record) {
      const place = record ? placeKey(record) : ''
      for (const one of started) if (one.place !== place) one.stop()
      return standingsAt(place, release.plan, commands, { started, passed })
    },
    start(hook, at) {
      const command = commands[hook]
      if (!command || 'unusable' in command) throw new LambdactlError('BUG', unusable(hook, command))
      started.push(startHook(release, { hook, command }, at))
    },
    running: () => started.find((one) => !one.isTold())?.over,
    stop() {
      for (const one of started) {
        one.stop()
        one.tell(true)
      }
    },
    async end() {
      for (const one of started) one.stop()
      await Promise.all(started.map(({ done }) => done))
      await journal()
    },
  }
}

/** The hooks that were started here, and the passed ones in the journal. */
interface KnownHooks {
  started: readonly StartedHook[]
  passed: readonly PassedHook[]
}

/**
 * A failure counts at any later place of the release; a hook that was not started here may have passed in another
 * process.
 */
function standingsAt(
  place: string,
  { hooks: planned = [] }: Plan,
  commands: Hooks,
  { started, passed }: KnownHooks,
): HookStandings {
  return Object.fromEntries(
    planned.flatMap((hook) => {
      const own = started.filter((one) => one.hook === hook)
      const failed = own.map((one) => one.ended()?.verdict).find((verdict) => verdict?.outcome === 'fail')
      const here = own.findLast((one) => one.place === place)
      const before = passed.find((one) => one.hook === hook && one.place === place)
      const standing =
        failed ??
        (here && (here.ended()?.verdict ?? 'running')) ??
        (before && verdictOf('pass', `hook ${hook} has passed`, before.ended)) ??
        lacking(hook, commands[hook])
      return standing ? [[hook, standing]] : []
    }),
  )
}

/** A hook of the plan that this machine can't run is inconclusive, never a pass. */
function lacking(hook: HookPoint, command: Hooks[HookPoint]): HookVerdict | undefined {
  if (command && 'args' in command) return undefined
  return verdictOf('inconclusive', unusable(hook, command), 0)
}

function verdictOf(outcome: HookVerdict['outcome'], reason: string, ended: number): HookVerdict {
  return { outcome, reason, ended }
}
