import { LambdactlError } from '../errors/error.ts'
import { foreignBinaries, foreignNext } from './binaries/foreign.ts'
import type { Binary } from './binaries/survey.ts'
import { ownTarget } from './binaries/target.ts'
import { isOnMissingFiles } from './bundle/missing-files.ts'
import { isInRuntime, isOfSdk, listedOn, packageName } from './bundle/runtime-sdk.ts'
import type { Interpreter } from './interpreter.ts'
import { lackIn, lackWords } from './load/lacks-here.ts'
import type { FunctionPackage, LoadingSource } from './types.ts'

export const loaded: Loaded = { outcome: 'loaded' }

/** The result that a loader writes. */
export type LoadResult =
  | Loaded
  | { outcome: 'no-function'; got: string }
  /** A Node handler of three parameters, where the runtime takes none. */
  | { outcome: 'callback' }
  /** A Python handler that fails at each call; `got` says how. */
  | { outcome: 'uncallable'; got: string }
  | FailedLoad

interface Loaded {
  outcome: 'loaded'
  /** Modules that Python code imports late, and that nothing known has; `path` is that of the code. */
  missing?: readonly { path: string; name: string }[]
}

interface FailedLoad {
  outcome: 'failed'
  /** `foreign`: by a binary that Lambda can't load. */
  kind: 'missing-module' | 'foreign' | 'other'
  module?: string | null
  text: string
  /** Name, code and message of the error and of all that it comes from; absent where it came to no error. */
  chain?: readonly string[]
  /** The binaries that were asked for and that Lambda can't load. */
  refused: readonly string[]
  /** Those that only this machine can't. */
  elsewhere: readonly string[]
}

/** The facts, beside the loader's result, that the verdict on a handler depends on. */
export interface LoadFacts {
  readonly fn: Pick<LoadingSource, 'handler' | 'runtime' | 'architecture' | 'layers' | 'environment' | 'more'>
  readonly interpreter: Interpreter
  /** All binaries of the package. */
  readonly binaries: readonly Binary[]
  /** Its files, and notes on how it was made. */
  readonly built: Pick<FunctionPackage, 'files' | 'notes'>
}

/**
 * Returns notes on a handler that was loaded, a sentence each. A part that may be missing on this machine only is no error.
 *
 * @throws LambdactlError PACKAGE_INVALID for a handler that Lambda can't load either
 */
export function judgeLoad(result: LoadResult, facts: LoadFacts): string[] {
  const { fn, interpreter } = facts
  switch (result.outcome) {
    case 'loaded':
      return [
        ...(interpreter.isSameVersion
          ? []
          : [`the handler was loaded by this machine's ${interpreter.name}`]),
        ...missingNotes(result, fn),
      ]
    case 'no-function':
      throw new LambdactlError(
        'PACKAGE_INVALID',
        `The handler ${fn.handler} was loaded: expected a function, got ${result.got}.`,
        { next: ['Export it under that name, or correct handler: in lambdactl.yaml.', skip] },
      )
    case 'callback':
      return judgeCallback(fn)
    case 'uncallable':
      throw new LambdactlError(
        'PACKAGE_INVALID',
        `The handler ${fn.handler} was loaded: expected a function of an event and a context, got ${result.got}.`,
        { next: ['Correct the function that handler: names in lambdactl.yaml.', skip] },
      )
    case 'failed': {
      const [away] = result.elsewhere
      if (result.kind !== 'foreign' && away !== undefined)
        return [`binaries for another machine were not loaded, so the handler was not tried: ${away}`]
      const excuse = excuseFor(result, facts)
      if (excuse) return [`the handler was not loaded, ${excuse}: ${lastWords(result.text)}`]
      throw failedLoad(result, facts)
    }
  }
}

const mostMissing = 3

/** Modules that are missing in the first call that needs them. */
function missingNotes({ missing = [] }: Loaded, { layers = [] }: LoadFacts['fn']): string[] {
  if (layers.length > 0) return []
  const told = missing.slice(0, mostMissing).map(({ path, name }) => `${path} imports ${name}`)
  if (told.length === 0) return []
  const more = missing.length > told.length ? ` and ${missing.length - told.length} more` : ''
  return [
    `${told.join(', ')}${more}, and neither the package nor Python has that: declare it for installing, or name the layer that has it`,
  ]
}

/** The end of what a module said, without the place that a Node error has behind it. */
function lastWords(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('in '))
      .at(-1)
      ?.trim() ?? ''
  )
}

/** Judges a handler of three parameters. A program that runs before the handler may wrap it; then it is a note, no error. */
function judgeCallback({ handler, runtime, environment = {}, more }: LoadFacts['fn']): string[] {
  const where = more?.capacityProvider ? ' on managed instances' : ''
  const what = `${runtime}${where} starts no handler of three parameters (Runtime.CallbackHandlerDeprecated), and ${handler} has them`
  const wrapper = ['AWS_LAMBDA_EXEC_WRAPPER', 'NODE_OPTIONS'].find((name) => name in environment)
  if (wrapper) return [`${what}, unless what ${wrapper} runs wraps it`]
  throw new LambdactlError('PACKAGE_INVALID', `${what}: a callback as the third is not supported.`, {
    next: [
      'Have it return its answer and throw its error, and declare two parameters: export const handler = async (event, context) => ….',
      'Where a library makes it and returns a promise without a callback, wrap it: export const handler = (event, context) => made(event, context).',
      ...(where === '' ? ['Until then nodejs22.x takes it: runtime: in lambdactl.yaml.'] : []),
    ],
  })
}

function failedLoad(
  { kind, module, text, refused }: FailedLoad,
  { fn, binaries, built }: LoadFacts,
): LambdactlError {
  const foreign = foreignBinaries(binaries)
  const asked = binaries.filter(({ path }) => refused.includes(path))
  const named = asked.length > 0 ? asked : kind === 'missing-module' || foreign.length > 0 ? foreign : []
  const why = "it can't be loaded, so Lambda couldn't start it"
  const { architecture = 'x86_64' } = fn
  const lines = [
    text,
    ...named.map(({ path, problem }) => `${path} is ${problem}; the function is ${architecture}.`),
  ]
  const next = [
    ...(kind === 'missing-module' && module && isOfSdk(module) ? [sdkNext(fn.runtime, module)] : []),
    ...(named.length > 0 ? [foreignNext(fn.runtime, architecture)] : []),
    ...(wrongModuleKind.test(text) ? [moduleKindNext(fn.runtime)] : []),
    ...(text.includes('ENOENT') ? built.notes.filter(isOnMissingFiles) : []),
  ]
  return notLoaded(fn.handler, why, lines.join('\n'), next)
}

function sdkNext(runtime: string, module: string): string {
  return `${runtime} is not known to have ${packageName(module)} (as of ${listedOn}): install it, and have it in the package; a bundle takes it in.`
}

function moduleKindNext(runtime: string): string {
  return `${runtime} takes a .js file for CommonJS and requires no ES module: name it .mjs, set "type": "module" in a package.json that is in the package, or have it bundled (bundle: true). NODE_OPTIONS: --experimental-require-module --experimental-detect-module among the variables switches on what Lambda switches off.`
}

/** The error for a module that fails while it is loaded, with the end of what it said. */
export function notLoaded(
  handler: string,
  why: string,
  text: string,
  next: readonly string[] = [],
): LambdactlError {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return new LambdactlError(
    'PACKAGE_INVALID',
    [`The handler ${handler}: ${why}.`, ...lines.map((line) => `  ${line}`)].join('\n'),
    {
      next: [
        ...next,
        'Correct what it says; a module that is missing has to be in the package or in a layer.',
        `It was loaded without credentials and with no variables but the function's own: where it lacks only what Lambda has, skip this. ${skip}`,
      ],
    },
  )
}

const skip = 'Without loading it: --no-load.'

/** An ES module where the runtime takes the file for CommonJS, or may not ask for one: whichever version this machine has. */
const wrongModuleKind =
  /ERR_REQUIRE_ESM|Cannot use import statement outside a module|SyntaxError: Unexpected token 'export'/

/** Why a failure may be this machine's alone. */
function excuseFor(
  { kind, module, text, chain = [text] }: FailedLoad,
  { fn: { layers = [], architecture, runtime }, interpreter, binaries, built }: LoadFacts,
): string | undefined {
  if (kind === 'foreign' || isForeign(module, binaries)) return undefined
  if (kind === 'missing-module') {
    if (layers.length > 0) return 'since a layer may have what it imports'
    if (module && isInRuntime(runtime, module)) return "since the runtime's AWS SDK isn't on this machine"
    if (interpreter.name.startsWith('Node') && !module?.startsWith('node:')) return undefined
  }
  if (layers.length > 0 && foreignBinaries(binaries).length > 0)
    return `since a layer may have its binaries for ${architecture ?? 'x86_64'}`
  const lack = lackIn(chain)
  if (lack) return lackWords[lack]
  if (wrongModuleKind.test(text)) return undefined
  if (isAtTaskRoot(text, built.files)) return 'since on this machine the package is not in /var/task'
  // Libraries that are loaded in another way than as modules.
  const isAway = !isLambdasMachine(architecture)
  if (isAway && binaries.some(({ problem, runsHere }) => problem === undefined && !runsHere))
    return 'since it has binaries for another machine'
  if (interpreter.isSameVersion) return undefined
  // A function of another version may need what this one lacks; its own failures can't be told apart from that.
  return kind === 'other' && !/SyntaxError|ImportError|AttributeError|ERR_UNKNOWN_BUILTIN/.test(text)
    ? undefined
    : `since this machine has ${interpreter.name}`
}

/** Whether a Python module that is missing is there, for another machine or another Python. */
function isForeign(module: string | null | undefined, binaries: readonly Binary[]): boolean {
  const start = `${(module ?? '').replaceAll('.', '/')}.`
  const found = binaries.filter(({ path }) => path.startsWith(start) && path.endsWith('.so'))
  return found.length > 0 && found.every(({ problem }) => problem !== undefined)
}

/** Whether a file was not found by its place on Lambda, where the package has it. */
function isAtTaskRoot(text: string, files: FunctionPackage['files']): boolean {
  const asked = Array.from(
    text.matchAll(/(?:ENOENT|Errno 2)\b.*?\/var\/task\/([^'"\n]+)/g),
    ([, path]) => path,
  )
  return asked.some((path) => files.some((file) => file.path === path || file.path.startsWith(`${path}/`)))
}

function isLambdasMachine(architecture: LoadingSource['architecture']): boolean {
  return ownTarget()?.architecture === (architecture ?? 'x86_64')
}
