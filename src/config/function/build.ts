import { resolve } from 'node:path'
import * as z from 'zod'
import type { HookCommand } from '../../release/plan/hooks.ts'
import { text } from '../values/fields.ts'
import { requireOwnPath } from '../values/own-path.ts'
import type { Position } from '../values/position.ts'
import { programForms, resolveProgram } from '../values/program.ts'

const defaultTimeoutMs = 600_000
const { list, map, expected } = programForms('npm, run, build', '10m')

/** `build` as the file writes it: a program, or a map with the folder in which it runs. */
export const buildSchema = z.union(
  [
    list,
    map.extend({
      in: text('a folder')
        .optional()
        .describe(
          'The folder in which it runs, relative to lambdactl.yaml. Default: that of lambdactl.yaml.',
        ),
    }),
  ],
  `${expected}, or a map of run, in and timeout`,
)

/**
 * The command that makes a function's source. Like hooks, it runs in the folder of the file, unless the file names
 * another: the source may not exist before.
 *
 * @throws LambdactlError CONFIG_INVALID
 */
export function resolveBuild(build: z.output<typeof buildSchema>, at: Position): HookCommand {
  const folder = 'run' in build && build.in !== undefined ? at.fill(build.in, 'in') : '.'
  const directory = resolve(at.directory, folder)
  requireOwnPath(directory, at.directory, at.place('in'))
  return resolveProgram(build, at, { directory, timeoutMs: defaultTimeoutMs })
}
