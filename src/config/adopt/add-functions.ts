import { isDeepStrictEqual } from 'node:util'
import { type Document, isMap, parseDocument } from 'yaml'
import { putBuildsOnOneLine, styleOf } from './entry-text.ts'
import { type Entries, inLineEnds, insertEntries } from './insert-entries.ts'

/** A function to write into `lambdactl.yaml`, with its fields in their final form. */
export interface FunctionToAdd {
  name: string
  /** Undefined for a function that the file has. */
  fields: Readonly<Record<string, unknown>> | undefined
  /** Fields for this environment only. */
  override: Readonly<Record<string, unknown>>
}

/** The place of functions in the file. */
interface EnvironmentToAdd {
  service: string
  environment: string
  /** The fields of a new environment. */
  environmentFields: Readonly<Record<string, unknown>>
}

/** The first line of a new file, for editors. */
const namesSchema = '# yaml-language-server: $schema=./lambdactl.schema.json\n'

/**
 * The text of `lambdactl.yaml` with more functions, and their environment if it is missing. Everything else stays as it
 * is.
 *
 * @param text the file's text; undefined for a new file. It has been parsed before, so it is valid
 */
export function addFunctions(
  text: string | undefined,
  place: EnvironmentToAdd,
  added: readonly FunctionToAdd[],
): string {
  const whole = withFunctions(text, place, added)
  const written = () => inLineEnds(whole.toString({ ...styleOf(text), lineWidth: 0 }), text)
  if (text === undefined) return written()
  const entries = entriesOf(parseDocument(text), place, added)
  const inserted = insertEntries(text, entries, styleOf(text))
  // A form that can't be inserted, as into an alias, is written by the library, which spaces the file in its own way.
  const isSame = inserted !== undefined && isDeepStrictEqual(dataOf(inserted), whole.toJS())
  return isSame ? inserted : written()
}

/** Undefined for a text that is no YAML. */
function dataOf(text: string): unknown {
  const document = parseDocument(text)
  return document.errors.length > 0 ? undefined : document.toJS()
}

function entriesOf(
  document: Document,
  { environment, environmentFields }: EnvironmentToAdd,
  added: readonly FunctionToAdd[],
): Entries {
  const fields = added.flatMap(({ name, fields: all }) => (all ? [[name, all] as const] : []))
  const overrides = added.flatMap(({ name, override }) =>
    Object.keys(override).length > 0 ? [[name, override] as const] : [],
  )
  const isNew = !document.hasIn(['environments', environment])
  const here = {
    ...(isNew && environmentFields),
    ...(overrides.length > 0 && { functions: Object.fromEntries(overrides) }),
  }
  return {
    ...((fields.length > 0 || !document.has('functions')) && { functions: Object.fromEntries(fields) }),
    ...((isNew || overrides.length > 0) && { environments: { [environment]: here } }),
  }
}

function withFunctions(
  text: string | undefined,
  { service, environment, environmentFields }: EnvironmentToAdd,
  added: readonly FunctionToAdd[],
): Document {
  const document = parseDocument(text ?? namesSchema)
  if (text === undefined) document.set('service', service)
  for (const { name, fields } of added) if (fields) put(document, ['functions', name], fields)
  if (!document.has('functions')) put(document, ['functions'], {})
  if (!document.hasIn(['environments', environment])) {
    put(document, ['environments', environment], environmentFields)
  }
  for (const { name, override } of added) {
    const at = ['environments', environment, 'functions', name]
    for (const [key, value] of Object.entries(override)) put(document, [...at, key], value)
  }
  if (text === undefined) putBuildsOnOneLine(document)
  return document
}

/** Missing maps in the path are made in their own style. */
function put(document: Document, path: readonly string[], value: unknown): void {
  const [parent, key] = [path.slice(0, -1), path.at(-1)]
  if (parent.length > 0 && !isMap(document.getIn(parent)))
    document.setIn(parent, document.createNode({}, { flow: false }))
  document.setIn([...parent, key], document.createNode(value))
}
