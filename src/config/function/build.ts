import { resolve } from 'node:path'
import * as z from 'zod'
import type { HookCommand } from '../../release/plan/hooks.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { Config } from '../types.ts'
import { text } from '../values/fields.ts'
import { interpolate, type Scope } from '../values/interpolate.ts'
import { requireOwnPath } from '../values/own-path.ts'
import { programForms, resolveProgram } from '../values/program.ts'

const defaultTimeoutMs = 600_000
const { list, map, expected } = programForms('npm, run, build', '10m')

/** `build` as it is written: a program, or a map with the folder that it runs in. */
export const buildSchema = z.union(
  [
    list,
    map.extend({
      in: text('a folder')
        .optional()
        .describe('The folder that it runs in, relative to lambdactl.yaml. Default: that of lambdactl.yaml.'),
    }),
  ],
  `${expected}, or a map of run, in and timeout`,
)

/**
 * The command that makes a function's source; undefined where there is none. It runs where hooks do, in the folder of the
 * file, unless the file names another: the source may be there only once it has run.
 *
 * @throws LambdactlError CONFIG_INVALID
 */
export function resolveBuild(
  config: Config,
  { fields: { build }, origin }: MergedFunction,
  scope: Scope,
): HookCommand | undefined {
  if (!build) return undefined
  const place = origin(['build', 'in'])
  const folder = 'run' in build && build.in !== undefined ? interpolate(build.in, scope, place) : '.'
  const directory = resolve(config.directory, folder)
  requireOwnPath(directory, config.directory, config.place(place))
  return resolveProgram(build, scope, origin(['build']), { directory, timeoutMs: defaultTimeoutMs })
}
