import { resolveFunction } from '../config/resolve.ts'
import { referencesOf } from '../config/service/collect-references.ts'
import type { ResolvedFunction } from '../config/types.ts'
import { isSelfContained, readFrom } from '../config/values/references.ts'
import { interruptible, type Run } from '../workflows/run/run.ts'
import { readOutside } from '../workflows/settings/read-references.ts'
import type { Located } from './environment-command.ts'
import { keepSecret } from './output/mask.ts'

/**
 * The chosen functions with everything that a release needs. The file itself is checked at once. References to AWS are
 * read when the returned function is called; their values are masked in all output from then on.
 *
 * @param allowed the project's code that may run: `load` loads handlers before they are uploaded, `build` allows the
 * rest of making a package
 * @throws LambdactlError CONFIG_INVALID with the field's place
 */
export function functionsToRelease(
  { config, environment, functions }: Located,
  { load, build }: { load: boolean; build: boolean },
): (run: Run) => Promise<ResolvedFunction[]> {
  const running = { load: load && build, runsNothing: !build }
  const names = functions.map(({ name }) => name)
  const references = referencesOf(config, environment.name, names)
  if (isSelfContained(references)) {
    const resolved = names.map((name) => ({ ...resolveFunction(config, environment.name, name), ...running }))
    return async () => resolved
  }
  return async (run) => {
    const values = await interruptible(run.signal, () => readOutside(run.aws, config.directory, references))
    const plain = new Set([environment.name, environment.alias, config.service, ...names])
    const read = [...values.parameters.values(), ...values.secrets.values()]
    // A parameter that holds `prod`, for example, is no secret if the file has that word too.
    for (const value of read) if (!plain.has(value)) keepSecret(value)
    const readReference = readFrom(values)
    return names.map((name) => ({
      ...resolveFunction(config, environment.name, name, { variables: process.env, readReference }),
      ...running,
    }))
  }
}
