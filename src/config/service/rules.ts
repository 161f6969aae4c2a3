import { outputSourceOf } from '../function/output-source.ts'
import { isInS3 } from '../function/s3-source.ts'
import { notWithImage } from '../function/source.ts'
import type { ConfigFields } from '../schema/config.ts'
import type { EnvironmentFields } from '../schema/environment.ts'
import type { FunctionFields, OverrideFields } from '../schema/function.ts'
import { closest } from '../values/closest.ts'
import { type FieldPath, valueAt } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'
import { defaultsProblems } from './defaults.ts'
import { isCodeEverywhere } from './managed.ts'
import { own } from './own.ts'

/** Finds fields that are valid alone but not together. */
export function ruleProblems(config: ConfigFields): Problem[] {
  const functions = Object.entries(config.functions).flatMap(([name, fields]) =>
    functionProblems(name, fields, isCodeEverywhere(config, name)),
  )
  const environments = Object.entries(config.environments).flatMap(([name, environment]) =>
    overrideProblems(name, environment, config),
  )
  return [...defaultsProblems(config), ...functions, ...environments]
}

/** @param isCode whether lambdactl changes only its code, so that AWS has the fields that are left out */
function functionProblems(name: string, fields: FunctionFields, isCode: boolean): Problem[] {
  const at = (field: string, text: string): Problem => ({ field: ['functions', name, field], text })
  if (fields.image !== undefined) {
    const others = notWithImage.filter((field) => fields[field] !== undefined)
    const lacking = valueAt(fields, ['image', 'uri']) === undefined && typeof fields.image !== 'string'
    return [
      ...(lacking ? [at('image', "expected an image's URI with its digest, got nothing.")] : []),
      ...others.map((field) => ({ ...at(field, besideImage), aboutKey: true as const })),
    ]
  }
  const { source, runtime, handler, bundle, requirements } = fields
  const problems: Problem[] = []
  if (source === undefined && !isCode)
    problems.push(at('source', 'expected a folder or a .zip, got nothing.'))
  if (source !== undefined && isReady(source)) {
    const others = besideReady(source).filter((field) => fields[field])
    const text = outputSourceOf(source) ? besideOutput : besideZip
    problems.push(...others.map((field) => ({ ...at(field, text), aboutKey: true as const })))
  }
  // The missing runtime was reported before, since it may be given by AWS's name.
  if (runtime === undefined) return problems
  if (handler === undefined && !isCode && !runtime.startsWith('provided.')) {
    problems.push(
      at('handler', "expected the handler's module and export, as in index.handler, got nothing."),
    )
  }
  if (bundle && !runtime.startsWith('nodejs')) {
    const got = bundle === true ? 'true' : 'a map'
    problems.push(
      at(
        'bundle',
        `expected false, since only Node runtimes are bundled and the runtime is ${runtime}, got ${got}.`,
      ),
    )
  }
  if (requirements && !runtime.startsWith('python')) {
    problems.push(
      at(
        'requirements',
        `expected none, since requirements are for Python and the runtime is ${runtime}, got ${JSON.stringify(requirements)}.`,
      ),
    )
  }
  return problems
}

/** Tells whether the source is packaged by another tool, or at least built. */
function isReady(source: string): boolean {
  return source.endsWith('.zip') || isInS3(source) || outputSourceOf(source) !== undefined
}

/** A build can make a zip in a folder, and none in S3. */
function besideReady(source: string): readonly (keyof FunctionFields)[] {
  return isInS3(source)
    ? ['build', 'bundle', 'include', 'requirements']
    : ['bundle', 'include', 'requirements']
}

const besideZip = "it can't be used with a .zip, which is uploaded unchanged."
const besideOutput = "it can't be used with the output of `cdk synth`, which is packaged as it is."
const besideImage = "it can't be used with image, which already contains everything."

function overrideProblems(
  environment: string,
  { functions = {}, absent = [] }: EnvironmentFields,
  config: ConfigFields,
) {
  const known = Object.keys(config.functions)
  const strangers = absent
    .filter((name) => !known.includes(name))
    .map((name) => stranger(['environments', environment, 'functions', name], name, known))
  const problems = Object.entries(functions).flatMap(([name, override]) => {
    const field = ['environments', environment, 'functions', name]
    const base = own(config.functions, name)
    return base ? kindProblems(field, base, override) : [stranger(field, name, known)]
  })
  return [...strangers, ...problems]
}

function stranger(field: FieldPath, name: string, known: string[]): Problem {
  const meant = closest(name, known)
  const hint = meant ? `Did you mean ${meant}?` : `Expected one of ${known.join(', ')}.`
  return { field, text: `there is no such function. ${hint}`, aboutKey: true as const }
}

/** A function is an image in every environment, or in none. */
function kindProblems(field: FieldPath, base: FunctionFields, override: OverrideFields): Problem[] {
  if (base.image !== undefined) {
    const others = notWithImage.filter((key) => override[key] !== undefined)
    return others.map((key) => ({ field: [...field, key], text: besideImage, aboutKey: true as const }))
  }
  if (override.image === undefined) return []
  const text =
    'the function has a source elsewhere in this file. Expected an image in all environments, or in none.'
  return [{ field: [...field, 'image'], text, aboutKey: true as const }]
}
