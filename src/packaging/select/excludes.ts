import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import createIgnore, { type Ignore } from 'ignore'
import { limits } from '../model/limits.ts'
import { readBeside } from './read-beside.ts'

const ignoreFileName = '.lambdactlignore'

const clutter = ['.DS_Store', '__pycache__', '*.pyc', '.pytest_cache']
/**
 * Files and folders that installers and tools keep in node_modules and no code reads at run time; one name has a `*`.
 */
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

/** Paths are always relative; without the second option a file called `...` would be an error. */
const options = { ignorecase: false, allowRelativePaths: true }

/** Decides which paths of a source folder stay out of its package. */
export interface Excludes {
  /** @param path a folder's path ends with a slash, as gitignore rules need it */
  excludes: (path: string, name: string) => boolean
  /** Whether a person should know that the path stays out: they didn't ask for it, and it is more than clutter. */
  isNamed: (path: string, name: string) => boolean
  /** Whether a file's name alone marks it as a secret. */
  looksSecret: (path: string) => boolean
  /** Whether the user's rules include a path that would stay out by default; a folder's path ends with a slash. */
  wants: (path: string) => boolean
}

/** Leaves no path out. */
export const excludesNothing: Excludes = {
  excludes: () => false,
  isNamed: () => false,
  looksSecret: () => false,
  wants: () => true,
}

/** A rule that leaves a path out by default. */
interface DefaultRule {
  /** As a line of .gitignore. */
  readonly rule: string
  readonly kind: 'clutter' | 'history' | 'ours' | 'secret' | 'test'
}

/** The default rules, then the gitignore rules of `.lambdactlignore`, which may include a file again with `!`. */
export function readExcludes(directory: string, configPath?: string): Excludes {
  const own = readRules(join(directory, ignoreFileName))
  const defaults = [...clutter, ...history, ...ours, ...secrets]
  const config = configIn(directory, configPath)
  const all = matcher([...defaults, ...tools.map(inModules), ...config.map(literal)]).add(own)
  const byName = nameMatcher(defaults)
  const secret = matcher(secrets)
  const user = createIgnore(options).add(own)
  const isTest = testMatcher(directory)
  const isHistoryOrOurs = nameMatcher([...history, ...ours])
  return {
    // Most folders have no rules of their own; then names decide, which takes a tenth of the time.
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

/** The path of the configuration file if it lies in the folder; the file may have any name. */
function configIn(directory: string, config: string | undefined): string[] {
  if (config === undefined) return []
  const path = relative(realpathSync(directory), realpathSync(config)).split(sep).join('/')
  return path.startsWith('../') ? [] : [path]
}

/** A gitignore rule that matches this path only. */
export function literal(path: string): string {
  return `/${path.replace(/[\\*?[\]!# ]/g, '\\$&')}`
}

/**
 * Returns a function that names the default rule which leaves a path out; undefined for none. Paths as for `Excludes`.
 */
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
 * Tells whether a `.pem` file holds a private key. The name alone does not decide: certificates are public, and
 * packages such as certifi need theirs.
 */
export function holdsPrivateKey(absolutePath: string, size: number): boolean {
  // A file larger than a package is refused for its size.
  return size <= limits.unzipped && isPrivateKey(readFileSync(absolutePath, 'latin1'))
}

/** Tells whether a `.pem` file's text holds a private key. */
export function isPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY-----')
}

/**
 * Test folders and files of the function's own. Those of dependencies stay, since some packages need them: in
 * node_modules, in site-packages, and below the top of a folder that packages were installed into.
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

/** Tells whether installers or tools keep something of that name in node_modules. */
export function isOfInstaller(name: string): boolean {
  return toolName.test(name)
}

function isOfTool(path: string, name: string): boolean {
  return isOfInstaller(name) && /(?:^|\/)node_modules\/[^/]+\/?$/.test(path)
}

/** Matches rules that are names of files or folders, with at most one `*` at the start or end. */
function nameMatcher(rules: readonly string[]): (name: string) => boolean {
  const names = new Set(rules)
  const starts = rules.filter((rule) => rule.endsWith('*')).map((rule) => rule.slice(0, -1))
  const ends = rules.filter((rule) => rule.startsWith('*')).map((rule) => rule.slice(1))
  return (name) =>
    names.has(name) ||
    starts.some((start) => name.startsWith(start)) ||
    ends.some((end) => name.endsWith(end))
}

/** Tells whether a file's or folder's name is a secret's by default. */
export const isSecretName: (name: string) => boolean = nameMatcher(secrets)

function matcher(rules: readonly string[]): Ignore {
  return createIgnore(options).add(rules)
}

/** Editors on Windows may put a byte order mark at the start, which is no part of the first rule. */
function readRules(path: string): string {
  const content = readBeside(path)
  if (content && !isUtf8(content)) throw new Error('it is not UTF-8')
  return content?.toString('utf8').replace(/^\uFEFF/, '') ?? ''
}
