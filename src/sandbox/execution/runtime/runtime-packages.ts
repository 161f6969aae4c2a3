import { readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolderSync } from '../../../folders/make-folder.ts'
import { bootstrapDirectory } from './runtime-command.ts'

/** The scope of the packages that Lambda's Node.js has of its own; what they need themselves is beside their files. */
const scope = '@aws-sdk'

/**
 * Makes a folder of the AWS SDK's packages that this machine has, each a link. They come from the folder where the
 * sandbox was started and those above it, from lambdactl's own, and from npm's global ones; the first one counts.
 *
 * @returns the folder, for NODE_PATH
 */
export function linkRuntimePackages(folder: string): string {
  const linked = new Set<string>()
  const packages = join(folder, 'node_modules')
  makeFolderSync(join(packages, scope))
  for (const place of places()) {
    for (const name of namesIn(join(place, scope))) {
      if (!linked.has(name)) symlinkSync(join(place, scope, name), join(packages, scope, name), 'junction')
      linked.add(name)
    }
  }
  return packages
}

function places(): string[] {
  const global = join(dirname(process.execPath), '..', 'lib')
  return [...upwards(process.cwd()), ...upwards(bootstrapDirectory), global].map((place) =>
    join(place, 'node_modules'),
  )
}

function upwards(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/** A folder that is missing or closed has none. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'))
  } catch {
    return []
  }
}
