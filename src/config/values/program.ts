import * as z from 'zod'
import type { HookCommand } from '../../release/plan/hooks.ts'
import { duration } from './fields.ts'
import type { Position } from './position.ts'

const longestTimeoutMs = 3_600_000

/** A program as the file writes it: a list, or a map with the list and a time-out. */
export type WrittenProgram = readonly string[] | { run: readonly string[]; timeout?: number | undefined }

/**
 * A program and its arguments, alone or with a time-out of up to an hour.
 *
 * @param example a program and its arguments, as in `npm, run, smoke`
 * @param timeout the default, in words
 */
export function programSchema(example: string, timeout: string) {
  const { list, map, expected } = programForms(example, timeout)
  return z.union([list, map], `${expected}, or a map of run and timeout`)
}

/** The two forms of a program, and the words for the expected shorter form. */
export function programForms(example: string, timeout: string) {
  const expected = `a list of a program and its arguments, as in [${example}]`
  const list = z
    .array(z.string('text in quotes'), expected)
    .min(1, expected)
    .refine(([program]) => program !== '', expected)
  const map = z.strictObject({
    run: list.describe('The program and its arguments. ${…} is replaced; no shell reads them.'),
    timeout: duration(1000, longestTimeoutMs).optional().describe(`From 1s to 1h. Default: ${timeout}.`),
  })
  return { list, map, expected }
}

/** The program with `${…}` replaced, its directory, and its time-out or the default. */
export function resolveProgram(
  written: WrittenProgram,
  at: Position,
  { directory, timeoutMs }: Pick<HookCommand, 'directory' | 'timeoutMs'>,
): HookCommand {
  const { run, timeout = timeoutMs } = 'run' in written ? written : { run: written }
  const atList = 'run' in written ? at.below('run') : at
  return {
    args: run.map((arg, index) => atList.fill(arg, index)),
    directory,
    timeoutMs: timeout,
  }
}
