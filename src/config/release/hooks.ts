import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { HookCommand, HookPoint, Hooks } from '../../release/plan/hooks.ts'
import { mergedFunction } from '../service/locate.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { Config, FieldPath, Variables } from '../types.ts'
import { type Scope, scopeOf } from '../values/interpolate.ts'
import { programSchema, resolveProgram } from '../values/program.ts'

const defaultTimeoutMs = 60_000
const hookSchema = programSchema('npm, run, smoke', '1m')

/** `release.hooks` as it is written. */
export const hooksSchema = z.strictObject({
  'confirm-rollout': hookSchema.optional().describe('Before anything moves.'),
  'before-shift': hookSchema.optional().describe('Before each shift to a step.'),
  'after-shift': hookSchema.optional().describe('After each shift, that to 100% included.'),
  'before-promote': hookSchema.optional().describe('Before the switch to 100%.'),
  'after-rollback': hookSchema.optional().describe('After a rollback; its failure is only a warning.'),
} satisfies Record<HookPoint, z.ZodType>)

/** The commands of a function's hooks, `${…}` filled in; undefined where it has none. */
export function resolveHooks(
  config: Config,
  merged: MergedFunction,
  scope: Scope,
): Partial<Record<HookPoint, HookCommand>> | undefined {
  const written = merged.fields.release?.hooks
  if (!written) return undefined
  return mapPoints(written, (hook, point) =>
    resolveHook(config, hook, scope, merged.origin(['release', 'hooks', point])),
  )
}

/**
 * The hooks of one function, and nothing else of it: a machine that only carries a release on may lack the rest. One that
 * can't be resolved is unusable, and the others are there all the same.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function
 */
export function locateHooks(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): Hooks {
  const { fields, origin } = mergedFunction(config, environment, name)
  const scope = scopeOf(config, environment, name, { variables })
  return mapPoints(fields.release?.hooks ?? {}, (hook, point) => {
    try {
      return resolveHook(config, hook, scope, origin(['release', 'hooks', point]))
    } catch (error) {
      if (!(error instanceof LambdactlError)) throw error
      return { unusable: error.message }
    }
  })
}

type WrittenHook = z.output<typeof hookSchema>

function resolveHook(config: Config, hook: WrittenHook, scope: Scope, field: FieldPath): HookCommand {
  return resolveProgram(hook, scope, field, { directory: config.directory, timeoutMs: defaultTimeoutMs })
}

function mapPoints<Resolved>(
  written: z.output<typeof hooksSchema>,
  resolve: (hook: WrittenHook, point: HookPoint) => Resolved,
): Partial<Record<HookPoint, Resolved>> {
  const entries = Object.entries(written) as [HookPoint, WrittenHook | undefined][]
  return Object.fromEntries(
    entries.flatMap(([point, hook]) => (hook === undefined ? [] : [[point, resolve(hook, point)]])),
  )
}
