import type { FoundFunction, LeftOut } from '../found-function.ts'
import { textOf } from '../json.ts'
import { adviceFor } from './advice.ts'
import { type Caller, callersAmong } from './callers.ts'
import { type Archives, archivesAmong, codeOf } from './code-of.ts'
import { functionsBy } from './functions-by.ts'
import type { Resource } from './resources.ts'
import { toAliasOf } from './to-alias.ts'

/** The place of an output, and what it tells beside its resources. */
export interface OutputPlace {
  /** Paths in the output are relative to it. */
  folder: string
  shownAs: string
  /** The Region of a resource's provider, by the resource's address. */
  regionOf: (address: string) => string | undefined
}

/** The functions among Terraform's resources, each with its aliases, its code, and what to change in Terraform. */
export function functionsAmong(all: readonly Resource[], place: OutputPlace): FoundFunction[] {
  const functions = all.filter(({ type, isData }) => type === 'aws_lambda_function' && !isData)
  const callers = callersAmong(all, functions)
  const aliases = aliasesAmong(all, functions)
  const archives = archivesAmong(all)
  return functions.map((fn) => {
    const around = { callers: callers.get(fn) ?? [], aliases: aliases.get(fn) ?? [], archives }
    return foundFunction(fn, around, place)
  })
}

/** The resources that belong to a function. */
interface Around {
  callers: readonly Caller[]
  aliases: readonly Resource[]
  archives: Archives
}

function aliasesAmong(
  all: readonly Resource[],
  functions: readonly Resource[],
): ReadonlyMap<Resource, readonly Resource[]> {
  const byName = functionsBy(functions, 'function_name', 'arn')
  const found = new Map<Resource, Resource[]>(functions.map((fn) => [fn, []]))
  for (const each of all) {
    if (each.type !== 'aws_lambda_alias' || each.isData) continue
    for (const fn of byName.get(textOf(each.values['function_name']) ?? '') ?? []) found.get(fn)?.push(each)
  }
  return found
}

function foundFunction(
  fn: Resource,
  { callers, aliases, archives }: Around,
  { folder, shownAs, regionOf }: OutputPlace,
): FoundFunction {
  const { function_name: name, arn, region: own } = fn.values
  const [, , , region, account] = (textOf(arn) ?? '').split(':')
  const code = codeOf(fn, archives, folder)
  const unproven: LeftOut[] =
    code && !code.isInLambda
      ? [{ what: fn.address, file: shownAs, why: maybeTheCode(code.shownAs), isAdvice: true }]
      : []
  const alias = aliases.find(({ values }) => values['name'] === 'live') ?? aliases[0]
  return {
    logicalId: fn.address,
    ...has('lambdaName', textOf(name)),
    ...has('region', textOf(own) ?? region ?? regionOf(fn.address)),
    ...has('account', account),
    aliases: aliases.flatMap(({ values }) => textOf(values['name']) ?? []),
    ...(code?.isInLambda && { source: code.source, ...(code.isPacked && { fields: packedAsItIs(fn) }) }),
    left: [...unproven, ...adviceFor(fn, aliases, shownAs)],
    toAlias: toAliasOf(callers, { fn, alias }, shownAs),
  }
}

/** Terraform packs a folder as it is: a release does too, so that it has nothing to do after `init`. */
function packedAsItIs({ values }: Resource): Record<string, false> {
  const runtime = textOf(values['runtime']) ?? ''
  if (runtime.startsWith('nodejs')) return { bundle: false }
  return runtime.startsWith('python') ? { requirements: false } : {}
}

function has<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return (value ? { [name]: value } : {}) as { [Key in Name]?: string }
}

function maybeTheCode(code: string): string {
  return `Terraform gives it ${code}, and Lambda may have other code; without a source, releases take the code of $LATEST; if they shall take this one, write source: ${code}`
}
