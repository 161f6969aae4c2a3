import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { NamedConfig, NextStep } from '../../errors/next-step.ts'
import { foreignBinaries, foreignNext } from '../binaries/foreign.ts'
import { isOnMissingFiles } from '../bundle/reads/missing-files.ts'
import { isOfSdk, listedOn, packageName } from '../model/runtime-sdk.ts'
import { missingModuleNext } from '../select/node-modules/missing-module.ts'
import { isOnNativePackages } from '../select/node-modules/native-packages.ts'
import { excuseFor, notHere, wrongModuleKind } from './excuses.ts'
import type { LayerModules } from './layer-modules.ts'
import type { FailedLoad, Loaded, LoadFacts, LoadResult } from './load-outcome.ts'
import { isOfVersion } from './other-pythons.ts'
import { absentOf, judgeTrusted, layersWords } from './trusted.ts'

export const loaded: Loaded = { outcome: 'loaded' }

/** Tells whether code imports a module that the package lacks, so that a layer must have it. */
export function importsElsewhere(result: LoadResult): boolean {
  if ((result.trusted ?? []).length > 0) return true
  if (result.outcome === 'loaded') return (result.missing ?? []).length > 0
  return result.outcome === 'failed' && result.kind === 'missing-module'
}

/** Tells whether a loaded handler needs no note. */
export function isSilent({ missing = [], trusted = [] }: Loaded & LoadResult, looked: LayerModules): boolean {
  return absentOf([...missing, ...trusted], looked).length === 0
}

/**
 * Returns notes on a loaded handler, one sentence each. A part that may be missing on this machine only is no error.
 *
 * @throws LambdactlError PACKAGE_INVALID for a handler that Lambda can't load either
 */
export function judgeLoad(result: LoadResult, facts: LoadFacts): string[] {
  const { fn, interpreter, looked } = facts
  const { layers = [], handler } = fn
  const trusted = result.trusted ?? []
  const late = result.outcome === 'loaded' && looked.unread.length > 0 ? (result.missing ?? []) : []
  const trust = judgeTrusted(handler, [...trusted, ...late], layers, looked)
  if (result.outcome === 'loaded') {
    const version = interpreter.isSameVersion
      ? []
      : [`the handler was loaded by this machine's ${interpreter.name}`]
    return [...version, ...trust, ...missingNotes(result, facts)]
  }
  if (trusted.length > 0 && result.outcome !== 'failed')
    return [`the value of ${handler} was not checked, since ${notHere(trusted)}`, ...trust]
  return [...judgeOther(result, facts), ...trust]
}

/** Judges every result except a callable function. */
function judgeOther(result: Exclude<LoadResult, Loaded>, facts: LoadFacts): string[] {
  const { fn } = facts
  switch (result.outcome) {
    case 'no-function':
      throw new LambdactlError(
        'PACKAGE_INVALID',
        `The handler ${fn.handler} was loaded: expected a function, got ${result.got}.`,
        { next: [(config) => `Export it under that name, or correct handler: in ${config.name}.`, skip] },
      )
    case 'callback':
      return judgeCallback(fn)
    case 'uncallable':
      throw new LambdactlError(
        'PACKAGE_INVALID',
        `The handler ${fn.handler} was loaded: expected a function of an event and a context, got ${result.got}.`,
        { next: [(config) => `Correct the function that handler: names in ${config.name}.`, skip] },
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

/** Notes on modules that will be missing in the first call that needs them. */
function missingNotes({ missing = [] }: Loaded, { fn, interpreter, looked }: LoadFacts): string[] {
  if (looked.unread.length > 0) return []
  const absent = absentOf(missing, looked).filter(
    ({ name }) => interpreter.isSameVersion || !isOfVersion(name),
  )
  if (absent.length === 0) return []
  const told = absent.map(({ path, name }) => `${path} imports ${name}`)
  const { layers = [] } = fn
  const nowhere =
    layers.length === 0
      ? 'neither the package nor Python has that module: declare it as a dependency, or name the layer that has it'
      : `neither the package nor ${layersWords(layers)} nor Python has that module: declare it as a dependency`
  return [`${firstNames(told, mostMissing)}, and ${nowhere}`]
}

/** The end of a module's output, without the stack of a Node error. */
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

/** Refuses a handler with three parameters. If a program that runs before the handler may wrap it, a note is enough. */
function judgeCallback({ handler, runtime, environment = {}, versioned }: LoadFacts['fn']): string[] {
  const where = versioned?.capacityProvider ? ' on managed instances' : ''
  const what = `${runtime}${where} does not start a handler of three parameters (Runtime.CallbackHandlerDeprecated), and ${handler} has three`
  const wrapper = ['AWS_LAMBDA_EXEC_WRAPPER', 'NODE_OPTIONS'].find((name) => name in environment)
  if (wrapper) return [`${what}, unless the program in ${wrapper} wraps it`]
  throw new LambdactlError('PACKAGE_INVALID', `${what}: a callback as the third one is not supported.`, {
    next: [
      'Have it return its answer and throw its error, and declare two parameters: export const handler = async (event, context) => ….',
      'If a library makes the handler, and it returns a promise without a callback, wrap it: export const handler = (event, context) => made(event, context).',
      ...(where === ''
        ? [
            (config: NamedConfig) =>
              `Until then use nodejs22.x, which accepts it: runtime: in ${config.name}.`,
          ]
        : []),
    ],
  })
}

function failedLoad(
  { kind, module, text, refused }: FailedLoad,
  { fn, binaries, built, whole = [] }: LoadFacts,
): LambdactlError {
  const foreign = foreignBinaries(binaries)
  const asked = binaries.filter(({ path }) => refused.includes(path))
  const named = asked.length > 0 ? asked : kind === 'missing-module' || foreign.length > 0 ? foreign : []
  const why = "can't be loaded, so Lambda couldn't start it"
  const { architecture = 'x86_64' } = fn
  const lines = [
    text,
    ...named.map(({ path, problem }) => `${path} is ${problem}; the function is ${architecture}.`),
  ]
  const next = [
    ...(kind === 'missing-module' && module ? missingNext(fn, module) : []),
    ...(named.length === 0 && addOnWords.test(text) ? built.notes.filter(isOnNativePackages) : []),
    ...(named.length > 0 ? [foreignNext(fn.runtime, architecture)] : []),
    ...(wrongModuleKind.test(text) ? [moduleKindNext(fn.runtime)] : []),
    ...(text.includes('ENOENT') ? built.notes.filter(isOnMissingFiles) : []),
  ]
  // A more certain next step replaces the general one.
  return notLoaded(fn.handler, why, lines.join('\n'), next.length > 0 ? next : whole)
}

/** Texts of failures that a native add-on may cause; then the note on bundled add-ons becomes a next step. */
const addOnWords = /Could not load|Cannot find module|dlopen|\.node\b|\bnative\b|bindings?\b|prebuil|binary/i

function missingNext(fn: LoadFacts['fn'], module: string): string[] {
  return isOfSdk(module) ? [sdkNext(fn.runtime, module)] : missingModuleNext(fn, module)
}

function sdkNext(runtime: string, module: string): string {
  return `${runtime} is not known to have ${packageName(module)} (as of ${listedOn}): install it, and add it to the package; a bundle adds it by itself.`
}

function moduleKindNext(runtime: string): string {
  return `${runtime} reads a .js file as CommonJS, and require() refuses ES modules: name the file .mjs, set "type": "module" in a package.json of the package, or have it bundled (bundle: true). The variable NODE_OPTIONS: --experimental-require-module --experimental-detect-module turns both on; Lambda turns them off.`
}

/**
 * The error for a module that fails while it is loaded, with the end of its output.
 *
 * @param why as in `can't be loaded`
 */
export function notLoaded(
  handler: string,
  why: string,
  text: string,
  next: readonly NextStep[] = [],
): LambdactlError {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return new LambdactlError(
    'PACKAGE_INVALID',
    [`The handler ${handler} ${why}.`, ...lines.map((line) => `  ${line}`)].join('\n'),
    {
      next: [
        ...next,
        'Correct the error above; a missing module has to be in the package or in a layer.',
        `The handler is loaded without credentials, and only with the function's own variables. If it fails only for lack of things that Lambda has, do not load it: --no-load.`,
      ],
    },
  )
}

const skip = 'To package without loading the handler: --no-load.'
