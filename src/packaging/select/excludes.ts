import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import createIgnore, { type Ignore } from 'ignore'
import { configPath } from '../../errors/config-file.ts'
import { limits } from '../model/limits.ts'
import { readBeside } from './read-beside.ts'

const ignoreFileName = '.lambdactlignore'

const clutter = ['.DS_Store', '__pycache__', '*.pyc', '.pytest_cache']
/** Files and folders of installers and tools in node_modules, which no code asks for at run time; `*` stands in one. */
const tools = [
  '.bin',
  '.cache',
  '.modules.yaml',
  '.package-lock.json',
  '.pnpm-workspace-state*.json',
  '.yarn-integrity',
  '.yarn-state.yml',
]
const history = ['.git', '.hg', '.svn', '.venv']
const ours = ['lambdactl.yaml', 'lambdactl.yml', 'lambdactl.schema.json', '.lambdactl*']
const secrets = ['.env*', '*.key', 'id_rsa', 'id_ed25519']

const testFolders = new Set(['test', 'tests', '__tests__'])
const testFile = /\.(?:test|spec)\./

/** Paths are relative always; without the second one a file called `...` would be an error. */
const options = { ignorecase: false, allowRelativePaths: true }

/** Which paths of a source folder stay out of its package. */
export interface Excludes {
  /** @param path of a folder with a slash at its end, as gitignore rules want it */
  excludes: (path: string, name: string) => boolean
  /** Whether a person should be told that it stays out: they didn't ask for it, and it is more than clutter. */
  isNamed: (path: string, name: string) => boolean
  /** Whether a file's name alone says that it is a secret. */
  looksSecret: (path: string) => boolean
  /** Whether the user's rules take a path in that would stay out otherwise; a folder's ends with a slash. */
  wants: (path: string) => boolean
}

/** A rule that leaves a path out by default. */
interface DefaultRule {
  /** As a line of .gitignore. */
  readonly rule: string
  readonly kind: 'clutter' | 'history' | 'ours' | 'secret' | 'test'
}

/** The defaults, then the gitignore rules of `.lambdactlignore`, which may take a file back in with `!`. */
export function readExcludes(directory: string): Excludes {
  const own = readRules(join(directory, ignoreFileName))
  const defaults = [...clutter, ...history, ...ours, ...secrets]
  const config = configIn(directory)
  const all = matcher([...defaults, ...tools.map(inModules), ...config.map(literal)]).add(own)
  const byName = nameMatcher(defaults)
  const secret = matcher(secrets)
  const user = createIgnore(options).add(own)
  const isTest = testMatcher(directory)
  const isHistoryOrOurs = nameMatcher([...history, ...ours])
  return {
    // Most folders have no rules of their own: then names decide, a tenth of the work.
    excludes:
      own === ''
        ? (path, name) => byName(name) || isOfTool(path, name) || isTest(path, name) || config.includes(path)
        : (path, name) => all.ignores(path) || (isTest(path, name) && !user.test(path).unignored),
    isNamed: (path, name) =>
      (isHistoryOrOurs(name) || isTest(path, name) || config.includes(path)) &&
      (own === '' || !user.ignores(path)),
    looksSecret: (path) => secret.ignores(path),
    wants: (path) => user.test(path).unignored,
  }
}

/** The path of the command's configuration file, whatever it is called, where it lies in the folder. */
function configIn(directory: string): string[] {
  const config = configPath()
  if (config === undefined) return []
  const path = relative(realpathSync(directory), realpathSync(config)).split(sep).join('/')
  return path.startsWith('../') ? [] : [path]
}

/** A path as a gitignore rule that means nothing but it. */
export function literal(path: string): string {
  return `/${path.replace(/[\\*?[\]!# ]/g, '\\$&')}`
}

/** Says of a path in a folder which rule leaves it out by default; undefined for none. Paths as for `Excludes`. */
export function defaultRules(directory: string): (path: string, name: string) => DefaultRule | undefined {
  const kinds = { clutter, history, ours, secret: secrets }
  const byName = Object.entries(kinds).flatMap(([kind, rules]) =>
    rules.map((rule) => ({ rule, kind: kind as keyof typeof kinds, matches: nameMatcher([rule]) })),
  )
  const isTest = testMatcher(directory)
  return (path, name) => {
    const found = byName.find(({ matches }) => matches(name))
    if (found) return { rule: found.rule, kind: found.kind }
    const tool = isOfTool(path, name) && tools.find((rule) => toolPattern(rule).test(name))
    if (tool) return { rule: inModules(tool), kind: 'clutter' }
    if (!isTest(path, name)) return undefined
    const rule = path.endsWith('/') ? `${name}/` : `*${testFile.exec(name)?.[0]}*`
    return { rule, kind: 'test' }
  }
}

/**
 * Whether a `.pem` file holds a private key. Certificates are public, and packages such as certifi break without
 * theirs: so the name alone does not decide.
 */
export function holdsPrivateKey(absolutePath: string, size: number): boolean {
  // One that is larger than a package may be is refused for that.
  return size <= limits.unzipped && isPrivateKey(readFileSync(absolutePath, 'latin1'))
}

/** Whether the text of a `.pem` file holds one. */
export function isPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY-----')
}

/**
 * Test folders and files of the function's own. Those of dependencies stay, since some need them: in node_modules, in
 * site-packages, and below the top of a folder that packages were installed into.
 */
function testMatcher(directory: string): (path: string, name: string) => boolean {
  const isInstalled = readdirSync(directory).some((name) => name.endsWith('.dist-info'))
  return (path, name) => {
    const isFolder = path.endsWith('/')
    const isTest = isFolder ? testFolders.has(name) : testFile.test(name)
    if (!isTest || /(^|\/)(node_modules|site-packages)\//.test(path)) return false
    return !isInstalled || !path.slice(0, -1).includes('/')
  }
}

/** The rule for a name in any node_modules. */
function inModules(rule: string): string {
  return `**/node_modules/${rule}`
}

function toolPattern(rule: string): RegExp {
  return new RegExp(`^${rule.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`)
}

const toolName = new RegExp(tools.map((rule) => toolPattern(rule).source).join('|'))

/** Whether installers or tools keep something of that name in a node_modules for themselves. */
export function isOfInstaller(name: string): boolean {
  return toolName.test(name)
}

function isOfTool(path: string, name: string): boolean {
  return isOfInstaller(name) && /(?:^|\/)node_modules\/[^/]+\/?$/.test(path)
}

/** For rules that are names of files or folders, with a `*` at most before or after them. */
function nameMatcher(rules: readonly string[]): (name: string) => boolean {
  const names = new Set(rules)
  const starts = rules.filter((rule) => rule.endsWith('*')).map((rule) => rule.slice(0, -1))
  const ends = rules.filter((rule) => rule.startsWith('*')).map((rule) => rule.slice(1))
  return (name) =>
    names.has(name) ||
    starts.some((start) => name.startsWith(start)) ||
    ends.some((end) => name.endsWith(end))
}

/** Whether the name of a file or folder is that of a secret by default. */
export const isSecretName: (name: string) => boolean = nameMatcher(secrets)

function matcher(rules: readonly string[]): Ignore {
  return createIgnore(options).add(rules)
}

/** Editors on Windows may begin a file with a mark of UTF-8, which is no part of the first rule. */
function readRules(path: string): string {
  const content = readBeside(path)
  if (content && !isUtf8(content)) throw new Error('it is not UTF-8')
  return content?.toString('utf8').replace(/^\uFEFF/, '') ?? ''
}
