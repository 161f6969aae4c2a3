import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type CiEnvironment, ciEnvironments, ciFunctions } from '../../config/adopt/ci-environments.ts'
import { loadConfig } from '../../config/load.ts'
import { LambdactlError } from '../../errors/error.ts'
import { pipelineSteps } from '../../ui/results/pipeline.ts'
import {
  type CiFile,
  type CiSystem,
  ciFiles,
  lacksInclude,
  writeCiFiles,
} from '../../workflows/adoption/ci-files.ts'
import { confirm } from '../interrupt/confirm.ts'
import { repositoryOf } from './repository.ts'

/** The files of a pipeline that were written, and what a person still has to do. */
export interface WrittenCi {
  /** The folder of the repository, absolute. */
  root: string
  /** Relative to the root; those that were there already, and the same, are left out. */
  files: string[]
  environments: { staging: CiEnvironment; prod: CiEnvironment }
  /** The next steps, one sentence each. */
  next: string[]
}

/** The wishes of a person. */
interface Wishes {
  /** The folder with one folder for each system. */
  templatesDirectory: string
  system: CiSystem
  /** Whether files that differ may be written over. */
  force: boolean
  /** Whether a person can be asked. */
  canAsk: boolean
  /** The same command line with --force. */
  again: string
}

/**
 * Writes the pipeline of the service in a folder into its repository.
 *
 * @param directory absolute
 * @throws LambdactlError CONFIG_NOT_FOUND, CONFIG_INVALID, USAGE without a function, PATH_TAKEN for files that differ,
 * INTERRUPTED
 */
export async function writeCi(directory: string, wishes: Wishes): Promise<WrittenCi> {
  const config = await loadConfig(join(directory, 'lambdactl.yaml'))
  const { root, folder, packages } = await repositoryOf(directory)
  const environments = ciEnvironments(config)
  const { staging, prod } = environments
  const { promoted: names, onlyInProd } = ciFunctions(config, environments)
  if (names.length === 0) throw nothingToPromote(config.shownAs, environments)
  const values = {
    staging: staging.name,
    'staging-region': staging.region,
    prod: prod.name,
    'prod-region': prod.region,
    functions: names.join(' '),
    'function-list': names.map((name) => JSON.stringify(name)).join(', '),
    folder,
    packages,
  }
  const { templatesDirectory, system } = wishes
  const files = await ciFiles({ templatesDirectory, system, root, values })
  await requireLeave(root, files, wishes)
  const written = await writeCiFiles(root, files)
  const next = pipelineSteps({
    system,
    environments,
    config: relative(process.cwd(), join(directory, 'lambdactl.yaml')),
    unpackagedIn: await missingPackage(join(root, packages)),
    lacksInclude: await lacksInclude(root, files),
    onlyInProd,
  })
  return { root, files: written, environments, next }
}

function nothingToPromote(file: string, { staging, prod }: WrittenCi['environments']): LambdactlError {
  return new LambdactlError(
    'USAGE',
    `${file} has no function that is in ${staging.name} and in ${prod.name}, so a pipeline has nothing to release.`,
    { next: [`Add a function to both, then run the command again.`] },
  )
}

async function requireLeave(
  root: string,
  files: readonly CiFile[],
  { force, canAsk, again }: Wishes,
): Promise<void> {
  const taken = files.filter(({ is }) => is === 'different').map(({ path }) => path)
  if (taken.length === 0 || force) return
  if (canAsk) return confirm({ what: `write over ${taken.join(', ')}`, name: undefined, again })
  const verb = taken.length === 1 ? 'is' : 'are'
  throw new LambdactlError(
    'PATH_TAKEN',
    `${taken.join(', ')} ${verb} in ${root} already, with another content; nothing was written.`,
    { next: [`To write over: ${again}`] },
  )
}

/** The folder with package.json, relative to this one, if it does not name lambdactl. */
async function missingPackage(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '')
  return text.includes('"lambdactl"') ? undefined : relative(process.cwd(), folder)
}
