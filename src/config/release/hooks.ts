import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { HookCommand, HookPoint, Hooks } from '../../release/plan/hooks.ts'
import type { Position } from '../values/position.ts'
import { programSchema, resolveProgram } from '../values/program.ts'

const defaultTimeoutMs = 60_000
const hookSchema = programSchema('npm, run, smoke', '1m')

/** `release.hooks` as the file writes it. */
export const hooksSchema = z.strictObject({
  'confirm-rollout': hookSchema.optional().describe('Before anything moves.'),
  'before-shift': hookSchema.optional().describe('Before each shift to a step.'),
  'after-shift': hookSchema.optional().describe('After each shift, including the one to 100%.'),
  'before-promote': hookSchema.optional().describe('Before the switch to 100%.'),
  'after-rollback': hookSchema.optional().describe('After a rollback; its failure is only a warning.'),
} satisfies Record<HookPoint, z.ZodType>)

type WrittenHooks = z.output<typeof hooksSchema>
type WrittenHook = z.output<typeof hookSchema>

/**
 * The commands of a function's hooks with `${…}` replaced.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a value that can't be replaced
 */
export function resolveHooks(hooks: WrittenHooks, at: Position): Partial<Record<HookPoint, HookCommand>> {
  return mapPoints(hooks, (hook, point) => resolveHook(hook, at.below(point)))
}

/** The hooks of this machine: one that can't be resolved is unusable, and the others still work. */
export function usableHooks(hooks: WrittenHooks, at: Position): Hooks {
  return mapPoints(hooks, (hook, point) => {
    try {
      return resolveHook(hook, at.below(point))
    } catch (error) {
      if (!(error instanceof LambdactlError)) throw error
      return { unusable: error.message }
    }
  })
}

function resolveHook(hook: WrittenHook, at: Position): HookCommand {
  return resolveProgram(hook, at, { directory: at.directory, timeoutMs: defaultTimeoutMs })
}

function mapPoints<Resolved>(
  written: WrittenHooks,
  resolve: (hook: WrittenHook, point: HookPoint) => Resolved,
): Partial<Record<HookPoint, Resolved>> {
  const entries = Object.entries(written) as [HookPoint, WrittenHook | undefined][]
  return Object.fromEntries(
    entries.flatMap(([point, hook]) => (hook === undefined ? [] : [[point, resolve(hook, point)]])),
  )
}
