import { Document, isCollection, isPair, isScalar, visit } from 'yaml'

/** The style of a file. */
export interface Style {
  /** Spaces of a level. */
  indent: number
  /** Whether there is a space within brackets. */
  flowCollectionPadding: boolean
}

/** The style of a file's text, as far as it shows one. */
export function styleOf(text: string | undefined): Style {
  return {
    indent: /^( +)\S/m.exec(text ?? '')?.[1]?.length ?? 2,
    flowCollectionPadding: !/\{\w/.test(text ?? ''),
  }
}

/** Entries of a map as YAML: lines with the last line's end, or one line without the brackets. */
export function entryText(
  entries: Readonly<Record<string, unknown>>,
  style: Style,
  form: 'block' | 'flow',
): string {
  const document = new Document(entries)
  putBuildsOnOneLine(document)
  if (form === 'block') return document.toString({ ...style, lineWidth: 0 })
  if (isCollection(document.contents)) document.contents.flow = true
  return document
    .toString({ ...style, lineWidth: 0 })
    .trimEnd()
    .slice(1, -1)
}

/** A command is read on one line. */
export function putBuildsOnOneLine(document: Document): void {
  visit(document, {
    Pair(_, pair) {
      if (isPair(pair) && isScalar(pair.key) && pair.key.value === 'build' && isCollection(pair.value))
        pair.value.flow = true
    },
  })
}
