import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseDocument } from 'yaml'
import { LambdactlError } from '../../errors/error.ts'
import { isFile } from './inputs.ts'
import { linesOf } from './requirement-line.ts'
import { readText } from './requirements-file.ts'
import { at, isFilled, parseToml } from './toml.ts'

/** A kind of file that may declare dependencies in a form that lambdactl doesn't install. */
interface Elsewhere {
  /** Matches the path in the source folder. */
  readonly path: RegExp
  declares(text: string, path: string): boolean | Promise<boolean>
  /** The way to get its dependencies into a requirements.txt. */
  readonly way: string
}

const poetry = 'poetry export --output requirements.txt'
const pdm = 'pdm export --prod --output requirements.txt'
const pixi = 'pixi list --explicit, which lists them'
const pipenv = 'pipenv requirements > requirements.txt'

const kinds: readonly Elsewhere[] = [
  { path: /^pyproject\.toml$/, declares: declaresForPoetry, way: poetry },
  {
    path: /^pyproject\.toml$/,
    declares: declaresForFlit,
    way: 'pip-compile, once they are in its [project]',
  },
  { path: /^pyproject\.toml$/, declares: declaresForPixi, way: pixi },
  {
    path: /^Pipfile$/,
    declares: async (text, path) => isFilled((await parseToml(text, path))['packages']),
    way: pipenv,
  },
  { path: /^pixi\.toml$/, declares: declaresForPixi, way: pixi },
  {
    path: /^setup\.cfg$/,
    declares: declaresInCfg,
    way: 'uv pip compile setup.cfg --output-file requirements.txt',
  },
  {
    path: /^setup\.py$/,
    declares: declaresInSetup,
    way: 'uv pip compile setup.py --output-file requirements.txt',
  },
  { path: /^environment\.ya?ml$/, declares: declaresForConda, way: 'conda list --export, which lists them' },
  {
    path: /^requirements(\.in|[-_./].+\.(txt|in))$|^[\w.-]+[-_.]requirements\.(txt|in)$/,
    declares: (text) => linesOf(text).length > 0,
    way: 'uv pip compile FILE --output-file requirements.txt',
  },
]

/** A lock file counts if the file that it locks is missing. */
const locks: readonly (Elsewhere & { readonly of: string })[] = [
  { path: /^poetry\.lock$/, declares: locksPackages, way: poetry, of: 'pyproject.toml' },
  { path: /^pdm\.lock$/, declares: locksPackages, way: pdm, of: 'pyproject.toml' },
  {
    path: /^Pipfile\.lock$/,
    declares: (text) => /"default"\s*:\s*\{\s*"/.test(text),
    way: pipenv,
    of: 'Pipfile',
  },
]

/** Lists of dependencies for development only. */
const development =
  /(^|[-_./])(dev|develop|development|tests?|testing|lint|docs?|ci|typing|types|local)([-_./]|$)/

/** Tells whether a file of this path may declare dependencies, in any form. */
export function mayDeclare(path: string): boolean {
  const installed = ['requirements.txt', 'uv.lock', 'pylock.toml']
  return installed.includes(path) || [...kinds, ...locks].some((kind) => kind.path.test(path))
}

/**
 * Refuses a folder whose dependencies are declared in a form that lambdactl doesn't install: the package would lack
 * them silently.
 *
 * @throws LambdactlError PACKAGE_INVALID naming the file and the next step
 */
export async function refuseElsewhere(source: string): Promise<void> {
  const paths = await pathsOf(source)
  const open = locks.filter(({ of }) => !paths.includes(of))
  for (const kind of [...kinds, ...open]) {
    for (const path of paths.filter((each) => kind.path.test(each) && !development.test(each))) {
      if (await kind.declares(await readText(join(source, path)), path))
        throw declaredElsewhere(path, kind.way)
    }
  }
}

/** Refuses a file if its name is one of those. @throws LambdactlError PACKAGE_INVALID */
export function refuseNamed(file: string): void {
  const name = basename(file)
  const isOther = !/\.(txt|in)$/.test(name)
  const kind = [...kinds, ...locks].find(({ path }) => isOther && path.test(name))
  if (kind) throw declaredElsewhere(name, kind.way)
}

/** Refuses a project that a tool other than uv has locked. @throws LambdactlError PACKAGE_INVALID */
export async function refuseOtherLock(folder: string): Promise<void> {
  for (const [name, way] of [
    ['poetry.lock', poetry],
    ['pdm.lock', pdm],
  ] as const) {
    if (await isFile(join(folder, name))) throw declaredElsewhere(name, way)
  }
}

async function pathsOf(source: string): Promise<string[]> {
  const names = await readdir(source).catch((): string[] => [])
  const more = names.includes('requirements')
    ? await readdir(join(source, 'requirements')).catch(() => [])
    : []
  const paths = [...names, ...more.map((name) => `requirements/${name}`)]
  const files = await Promise.all(paths.map((path) => isFile(join(source, path))))
  return paths.filter((_, index) => files[index]).toSorted()
}

function declaredElsewhere(path: string, way: string): LambdactlError {
  const isList = /requirements.*\.(txt|in)$/.test(path)
  return new LambdactlError(
    'PACKAGE_INVALID',
    `${path} declares dependencies, and nothing installs them: expected a requirements.txt, a uv.lock or a pyproject.toml with dependencies in [project].`,
    {
      next: [
        isList
          ? (config) => `Name the file to install: requirements: ${path} in ${config.name}.`
          : `Write them to a requirements.txt in that folder, by hand or by build:, with ${way}.`,
        (config) =>
          `To install nothing, since they are in the folder or in a layer: requirements: false in ${config.name}.`,
      ],
    },
  )
}

async function declaresForPoetry(text: string, path: string): Promise<boolean> {
  return isFilled(at(await parseToml(text, path), 'tool', 'poetry', 'dependencies'), ['python'])
}

/** The form of flit before `[project]`. */
async function declaresForFlit(text: string, path: string): Promise<boolean> {
  return isFilled(at(await parseToml(text, path), 'tool', 'flit', 'metadata', 'requires'))
}

/** The form of pixi: a file of its own, or a table of pyproject.toml. */
async function declaresForPixi(text: string, path: string): Promise<boolean> {
  const file = await parseToml(text, path)
  const table = path === 'pixi.toml' ? file : at(file, 'tool', 'pixi')
  return isFilled(at(table, 'dependencies'), ['python']) || isFilled(at(table, 'pypi-dependencies'))
}

async function locksPackages(text: string, path: string): Promise<boolean> {
  return isFilled((await parseToml(text, path))['package'])
}

function declaresInCfg(text: string): boolean {
  return /^install_requires\s*[=:][ \t]*(?:[^\s#]|\r?\n[ \t]+[^\s#])/m.test(text)
}

function declaresInSetup(text: string): boolean {
  return /\binstall_requires\b/.test(text.replaceAll(/\binstall_requires\s*=\s*[[(]\s*[\])]/g, ''))
}

function declaresForConda(text: string): boolean {
  const dependencies = at(parseDocument(text).toJS(), 'dependencies')
  return Array.isArray(dependencies) && dependencies.some(isPackage)
}

function isPackage(dependency: unknown): boolean {
  return typeof dependency !== 'string' || !/^(python|pip)\b(?!-)/.test(dependency)
}
