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

/** Finds the resources that go to a function's $LATEST, since they name the function and none of its aliases. */
export function callersOf(fn: Resource, all: readonly Resource[]): Caller[] {
  const others = all.filter(({ type, isData }) => !isData && !/^aws_lambda_(function|alias)$/.test(type))
  return others.flatMap((resource) => callsOf(resource, fn.values))
}

function callsOf({ address, type, values }: Resource, fn: Resource['values']): Caller[] {
  const { arn, invoke_arn: invokeArn, function_name: name } = fn
  const { function_name: named, qualifier } = values
  const namesIt = named !== undefined && (named === name || named === arn)
  if (qualified.has(type)) {
    return namesIt && !qualifier ? [{ address, path: ['qualifier'], has: 'qualifier' }] : []
  }
  if (type === 'aws_lambda_event_source_mapping') {
    return namesIt ? [{ address, path: ['function_name'], has: 'arn' }] : []
  }
  return textsIn(values).flatMap(([path, text]): Caller[] => {
    if (text === arn) return [{ address, path, has: 'arn' }]
    return text === invokeArn ? [{ address, path, has: 'invoke_arn' }] : []
  })
}

/** Each text of a resource with the way to it; a block that may be there several times has one name. */
function textsIn(value: unknown, path: readonly string[] = []): [readonly string[], string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, within]) =>
    textsIn(within, Array.isArray(value) ? path : [...path, name]),
  )
}
