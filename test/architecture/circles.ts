import { importsOf, sourceFiles, targetOf } from './imports.ts'

/** The circles of imports in `root/src`, of types and dynamic ones too: the files of each, in no order that means anything. */
export function circles(root: string): string[][] {
  const imported = new Map(
    sourceFiles(root, 'src').map((file) => [
      file,
      importsOf(root, file).flatMap(({ specifier }) => targetOf(root, file, specifier) ?? []),
    ]),
  )
  const reached = new Map(Array.from(imported.keys(), (file) => [file, reachedFrom(file, imported)]))
  const seen = new Set<string>()
  return [...imported.keys()].flatMap((file) => {
    const circle = [...(reached.get(file) ?? [])].filter((other) => reached.get(other)?.has(file)).toSorted()
    if (circle.length === 0 || seen.has(file)) return []
    for (const each of circle) seen.add(each)
    return [circle]
  })
}

/** The files that a file imports, by others as well; itself only where it is in a circle. */
function reachedFrom(file: string, imported: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const waiting = [...(imported.get(file) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    waiting.push(...(imported.get(next) ?? []))
  }
  return reached
}
