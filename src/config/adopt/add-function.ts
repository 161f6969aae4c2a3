import { type Document, isMap, parseDocument } from 'yaml'

/** A function to write into `lambdactl.yaml`, with its fields in their final form. */
export interface FunctionToAdd {
  service: string
  name: string
  fields: Readonly<Record<string, unknown>>
  environment: string
  /** The fields of a new environment. */
  environmentFields: Readonly<Record<string, unknown>>
  /** Fields for this environment only. */
  override: Readonly<Record<string, unknown>>
}

/** The first line of a new file, for editors. */
const namesSchema = '# yaml-language-server: $schema=./lambdactl.schema.json\n'

/**
 * The text of `lambdactl.yaml` with one more function, and its environment if it is missing. Comments and everything
 * else stay.
 *
 * @param text the file's text; undefined for a new file. It has been parsed before, so it is valid
 */
export function addFunction(text: string | undefined, added: FunctionToAdd): string {
  const { service, name, fields, environment, environmentFields, override } = added
  const document = parseDocument(text ?? namesSchema)
  if (text === undefined) document.set('service', service)
  put(document, ['functions', name], fields)
  if (!document.hasIn(['environments', environment])) {
    put(document, ['environments', environment], environmentFields)
  }
  if (Object.keys(override).length > 0) {
    put(document, ['environments', environment, 'functions', name], override)
  }
  return document.toString({
    lineWidth: 0,
    indent: /^( +)\S/m.exec(text ?? '')?.[1]?.length ?? 2,
    flowCollectionPadding: !/\{\w/.test(text ?? ''),
  })
}

/** Missing maps in the path are made in their own style. */
function put(document: Document, path: readonly string[], value: unknown): void {
  const [parent, key] = [path.slice(0, -1), path.at(-1)]
  if (!isMap(document.getIn(parent))) document.setIn(parent, document.createNode({}, { flow: false }))
  document.setIn([...parent, key], document.createNode(value))
}
