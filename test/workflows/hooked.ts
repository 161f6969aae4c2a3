import type { HookPoint } from '../../src/release/plan/hooks.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import type { Resuming } from '../../src/workflows/resume.ts'
import { canaryWorld, carry } from './canary.ts'
import { type HookScript, hooksAt } from './fake-commands.ts'
import type { World } from './world.ts'

/** Every point, in their order. */
export const all: readonly HookPoint[] = [
  'confirm-rollout',
  'before-shift',
  'after-shift',
  'before-promote',
  'after-rollback',
]
/** A world whose hooks come out by script; others pass at once. */
export function scripted(
  scripts: Partial<Record<HookPoint, HookScript | ((nth: number) => HookScript)>> = {},
): World {
  const made = canaryWorld()
  made.commands.script = (hook, nth) => {
    const script = scripts[hook] ?? {}
    return typeof script === 'function' ? script(nth) : script
  }
  return made
}

/** Carries the canary out with these hooks. */
export function carryWith(
  made: World,
  hooks: readonly HookPoint[],
  changed: Partial<Plan> = {},
  following: Partial<Resuming> = {},
) {
  return carry(made, { ...changed, hooks }, { hooks: hooksAt(hooks), ...following })
}

/** The hooks that ran, in short: `before-shift @60-65`, in seconds. */
export function ran({ commands }: World): string[] {
  return commands.ran.map(({ hook, from, to }) => `${hook} @${from}${to === from ? '' : `-${to}`}`)
}

/** The events of hooks, in short. */
export function told({ events }: World): string[] {
  return events.flatMap((event) => (event.event === 'hook' ? [`${event.hook} ${event.state}`] : []))
}

/** The point, phase, step and outcome of each hook in the journal. */
export function outcomes({ journal }: World): unknown[] {
  return journal.flatMap(({ entry }) =>
    entry['kind'] === 'hook' ? [[entry['point'], entry['phase'], entry['step'], entry['outcome']]] : [],
  )
}
