import { type Document, isCollection, isMap, parseDocument } from 'yaml'

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
 * The text of `lambdactl.yaml` with more functions, and their environment if it is missing. Comments and everything
 * else stay.
 *
 * @param text the file's text; undefined for a new file. It has been parsed before, so it is valid
 */
export function addFunctions(
  text: string | undefined,
  { service, environment, environmentFields }: EnvironmentToAdd,
  added: readonly FunctionToAdd[],
): string {
  const document = parseDocument(text ?? namesSchema)
  if (text === undefined) document.set('service', service)
  for (const { name, fields } of added) {
    if (!fields) continue
    put(document, ['functions', name], fields)
    putOnOneLine(document, ['functions', name, 'build'])
  }
  if (!document.has('functions')) put(document, ['functions'], {})
  if (!document.hasIn(['environments', environment])) {
    put(document, ['environments', environment], environmentFields)
  }
  for (const { name, override } of added) {
    const at = ['environments', environment, 'functions', name]
    for (const [key, value] of Object.entries(override)) put(document, [...at, key], value)
    putOnOneLine(document, [...at, 'build'])
  }
  const lines = document.toString({
    lineWidth: 0,
    indent: /^( +)\S/m.exec(text ?? '')?.[1]?.length ?? 2,
    flowCollectionPadding: !/\{\w/.test(text ?? ''),
  })
  return text?.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines
}

/** A command is read on one line. */
function putOnOneLine(document: Document, path: readonly string[]): void {
  const build = document.getIn(path)
  if (isCollection(build)) build.flow = true
}

/** Missing maps in the path are made in their own style. */
function put(document: Document, path: readonly string[], value: unknown): void {
  const [parent, key] = [path.slice(0, -1), path.at(-1)]
  if (parent.length > 0 && !isMap(document.getIn(parent)))
    document.setIn(parent, document.createNode({}, { flow: false }))
  document.setIn([...parent, key], document.createNode(value))
}
