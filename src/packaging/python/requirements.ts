import { basename, dirname, join, resolve } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { refuseElsewhere, refuseNamed, refuseOtherLock } from './elsewhere.ts'
import { Inputs, isFile } from './inputs.ts'
import { addLock, addProject, declaresDependencies } from './project-file.ts'
import { addRequirementsFile, readText } from './requirements-file.ts'
import { parseToml } from './toml.ts'

/** The file that lists the packages to install. */
export interface Requirements {
  /** Absolute. */
  readonly file: string
  /** `lock`: a uv.lock, beside its pyproject.toml. `pyproject`: another file that only uv reads. */
  readonly kind: 'requirements' | 'pyproject' | 'lock'
  /** The inputs of its install. */
  readonly inputs: Inputs
}

/** In the order of the search. */
const files = ['requirements.txt', 'uv.lock', 'pylock.toml', 'pyproject.toml']

/**
 * Finds the packages that a Python function needs; undefined if it needs none.
 *
 * @param named relative to the source; undefined: the first of requirements.txt, uv.lock, pylock.toml and
 * pyproject.toml that declares a package
 * @throws LambdactlError PACKAGE_INVALID for a named file that is missing, and for dependencies in a form that
 * lambdactl doesn't install
 */
export async function findRequirements(
  source: string,
  named: string | false | undefined,
): Promise<Requirements | undefined> {
  if (named === false) return undefined
  if (named !== undefined) return read(resolve(source, named))
  for (const name of files) {
    const file = join(source, name)
    const found = (await isFile(file)) ? await read(file) : undefined
    if (found) return found
  }
  await refuseElsewhere(source)
  return undefined
}

/** Undefined if the file declares nothing. */
async function read(file: string): Promise<Requirements | undefined> {
  const name = basename(file)
  if (name === 'uv.lock') return readLock(file)
  if (/^pylock(\..+)?\.toml$/.test(name)) return readPylock(file)
  if (file.endsWith('.toml')) {
    return (await isFile(join(dirname(file), 'uv.lock')))
      ? readLock(join(dirname(file), 'uv.lock'))
      : readProject(file)
  }
  refuseNamed(file)
  const inputs = new Inputs()
  const isWanted = await addRequirementsFile(inputs, file)
  return isWanted ? { file, kind: 'requirements', inputs } : undefined
}

async function readProject(file: string): Promise<Requirements | undefined> {
  const text = await readText(file)
  const project = await parseToml(text, file)
  if (!declaresDependencies(project)) return undefined
  await refuseOtherLock(dirname(file))
  const inputs = new Inputs()
  inputs.add(text)
  addProject(inputs, project)
  return { file, kind: 'pyproject', inputs }
}

async function readLock(file: string): Promise<Requirements> {
  const projectFile = join(dirname(file), 'pyproject.toml')
  if (!(await isFile(projectFile))) throw withoutProject(file)
  const texts = [await readText(projectFile), await readText(file)] as const
  const project = await parseToml(texts[0], projectFile)
  const inputs = new Inputs()
  for (const text of texts) inputs.add(text)
  addProject(inputs, project)
  await addLock(inputs, await parseToml(texts[1], file), file)
  return { file, kind: 'lock', inputs }
}

async function readPylock(file: string): Promise<Requirements> {
  const text = await readText(file)
  const inputs = new Inputs()
  inputs.add(text)
  await addLock(inputs, await parseToml(text, file), file)
  return { file, kind: 'pyproject', inputs }
}

function withoutProject(file: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `${file}: expected the pyproject.toml that it locks beside it, got none.`,
    {
      next: [
        'Put it there, or write its packages to a requirements.txt: uv export --no-dev --no-emit-project.',
        (config) => `To install nothing: requirements: false in ${config.name}.`,
      ],
    },
  )
}
