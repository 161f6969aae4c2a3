import { textOf } from '../json.ts'
import { type FunctionsBy, functionsBy } from './functions-by.ts'
import type { Resource } from './resources.ts'

/** A resource that calls a function past its aliases, lets others do so, or sets something for such calls. */
export interface Caller {
  address: string
  /** The way to the attribute that has to change, as in `target`, `arn`. */
  path: readonly string[]
  /** The attribute of the function that it has now; `qualifier`: it has the name, and no qualifier. */
  has: 'arn' | 'invoke_arn' | 'qualifier'
}

/** Resources that name a function in one attribute, and its alias in another. */
const qualified = new Set([
  'aws_lambda_permission',
  'aws_lambda_function_url',
  'aws_lambda_function_event_invoke_config',
])

/** The functions by the texts with which resources name them. */
interface Named {
  byNameOrArn: FunctionsBy
  byArn: FunctionsBy
  byInvokeArn: FunctionsBy
}

/** Finds the resources that go to each function's $LATEST, since they name the function and none of its aliases. */
export function callersAmong(
  all: readonly Resource[],
  functions: readonly Resource[],
): ReadonlyMap<Resource, readonly Caller[]> {
  const named = {
    byNameOrArn: functionsBy(functions, 'function_name', 'arn'),
    byArn: functionsBy(functions, 'arn'),
    byInvokeArn: functionsBy(functions, 'invoke_arn'),
  }
  const callers = new Map<Resource, Caller[]>(functions.map((fn) => [fn, []]))
  for (const resource of all) {
    if (resource.isData || /^aws_lambda_(function|alias)$/.test(resource.type)) continue
    for (const [fn, caller] of callsOf(resource, named)) callers.get(fn)?.push(caller)
  }
  return callers
}

function callsOf({ address, type, values }: Resource, named: Named): (readonly [Resource, Caller])[] {
  const { function_name: name, qualifier } = values
  const to = (functions: readonly Resource[] | undefined, caller: Omit<Caller, 'address'>) =>
    (functions ?? []).map((fn) => [fn, { address, ...caller }] as const)
  const its = named.byNameOrArn.get(textOf(name) ?? '')
  if (qualified.has(type)) return qualifier ? [] : to(its, { path: ['qualifier'], has: 'qualifier' })
  if (type === 'aws_lambda_event_source_mapping') return to(its, { path: ['function_name'], has: 'arn' })
  return textsIn(values).flatMap(([path, text]) => [
    ...to(named.byArn.get(text), { path, has: 'arn' }),
    ...to(named.byInvokeArn.get(text), { path, has: 'invoke_arn' }),
  ])
}

/** Each text of a resource with the way to it; a block that may be there several times has one name. */
function textsIn(value: unknown, path: readonly string[] = []): [readonly string[], string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, within]) =>
    textsIn(within, Array.isArray(value) ? path : [...path, name]),
  )
}
