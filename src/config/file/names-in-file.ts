import { isMap, isScalar, parseDocument } from 'yaml'

/** The names in a configuration file. */
export interface FileNames {
  functions: readonly string[]
  environments: readonly string[]
  /** The Regions of its environments. */
  regions: readonly string[]
}

/** The names in the text of a file that may be wrong or half written: it is not checked. */
export function namesIn(text: string): FileNames {
  // The check of each key against all others takes long in a large map.
  const { contents } = parseDocument(text, { logLevel: 'silent', uniqueKeys: false })
  const environments = entriesOf(contents, 'environments')
  const regions = environments.flatMap(([, environment]) => {
    const region = isMap(environment) ? environment.get('region') : undefined
    return typeof region === 'string' ? [region] : []
  })
  return {
    functions: entriesOf(contents, 'functions').map(([name]) => name),
    environments: environments.map(([name]) => name),
    regions: [...new Set(regions)],
  }
}

function entriesOf(map: unknown, field: string): (readonly [name: string, value: unknown])[] {
  const entries = isMap(map) ? map.get(field, true) : undefined
  if (!isMap(entries)) return []
  return entries.items.flatMap(({ key, value }) => {
    return isScalar(key) && typeof key.value === 'string' ? [[key.value, value] as const] : []
  })
}
