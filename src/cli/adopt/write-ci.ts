import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type CiEnvironment, ciEnvironments, ciFunctions } from '../../config/adopt/ci-environments.ts'
import { loadConfig } from '../../config/load.ts'
import { LambdactlError } from '../../errors/error.ts'
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
  const next = [
    ...missingEnvironments(environments, relative(process.cwd(), join(directory, 'lambdactl.yaml'))),
    ...(await missingPackage(join(root, packages))),
    ...((await lacksInclude(root, files)) ? includeSteps : []),
    ...onlyInProd.map((name) => `${name} is not in ${staging.name}, so the pipeline leaves it out.`),
    ...settings[system](staging.name, prod.name),
  ]
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

function missingEnvironments(environments: WrittenCi['environments'], file: string): string[] {
  return Object.entries(environments).flatMap(([kind, { name, isKnown }]) =>
    isKnown
      ? []
      : [`Add the environment ${name} to ${file}${kind === 'prod' ? ', with protected: true' : ''}.`],
  )
}

async function missingPackage(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '')
  if (text.includes('"lambdactl"')) return []
  const where = relative(process.cwd(), folder)
  return [
    `Make lambdactl a package of the project: npm install --save-dev lambdactl${where ? `, in ${where}` : ''}.`,
  ]
}

const includeSteps = ['Add to .gitlab-ci.yml: include: [{local: .gitlab/lambdactl.yml}]']

const steering = 'a role for `canary resume` and `rollback`'

const settings: Record<CiSystem, (staging: string, prod: string) => string[]> = {
  github: (staging, prod) => [
    `In the repository's settings, make the environments ${staging} and ${prod}, each with the variable AWS_ROLE_ARN; give ${prod} required reviewers.`,
    `Make the repository's variables AWS_DIFF_ROLE_ARN, a role for \`diff\`, and AWS_STEER_ROLE_ARN, ${steering} in ${prod}.`,
    `See the policy of a role: lambdactl iam policy --env ${prod} --for diff`,
  ],
  gitlab: (staging, prod) => [
    `In the project's settings, make the variable AWS_ROLE_ARN for each of the environments ${staging} and ${prod}, and protect ${prod}.`,
    `Make the variables AWS_DIFF_ROLE_ARN, a role for \`diff\`, and AWS_STEER_ROLE_ARN, ${steering} in ${prod}; and a pipeline schedule.`,
    `See the policy of a role: lambdactl iam policy --env ${prod} --for diff`,
  ],
}
