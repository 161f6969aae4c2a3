import type { Message } from 'esbuild'
import { firstLines } from '../../errors/first-few.ts'
import { installCommand } from '../select/node-modules/install-command.ts'
import { withPlace } from './with-place.ts'

/** The text for a person about esbuild's errors: the most helpful sentence first, then at most ten lines. */
export function failedText(errors: readonly Message[]): string {
  return [sentence(errors.filter(isUnresolved)), ...firstLines(linesOf(errors))].join('\n')
}

/** The next steps for imports that can't be resolved; none if all can. @param root of the source */
export function unresolvedNext(errors: readonly Message[], root: string): string[] {
  const lost = errors.filter(isUnresolved)
  if (lost.length === 0) return []
  const correct = 'Correct the import, or name the package in bundle: {external: […]} if a layer has it.'
  return lost.some(isOfPackage)
    ? [`Install the function's dependencies: ${installCommand(root)}`, correct]
    : [correct]
}

function sentence(lost: readonly Message[]): string {
  const failed = "The function's code can't be built"
  if (lost.length === 0) return `${failed}.`
  const [lead, what] =
    lost.length === 1 ? ['an import leads', 'the import'] : [`${lost.length} imports lead`, 'the imports']
  const remedy = lost.some(isOfPackage) ? "Install the function's dependencies, or correct" : 'Correct'
  return `${failed}: ${lead} nowhere. ${remedy} ${what}:`
}

/**
 * One entry for each error, those in the function's own files first. Errors of many files about one import become one
 * entry.
 */
function linesOf(errors: readonly Message[]): string[] {
  const entries = new Map<string, string>()
  for (const error of errors.toSorted((a, b) => Number(isDependencys(a)) - Number(isDependencys(b)))) {
    const key = isUnresolved(error) ? error.text : withPlace(error)
    // esbuild's note on an unresolved import only advises to mark it as external.
    const notes = isUnresolved(error) ? [] : error.notes.map((note) => `  ${note.text}`)
    if (!entries.has(key)) entries.set(key, [withPlace(error), ...notes].join('\n'))
  }
  return [...entries.values()]
}

function isUnresolved({ text }: Message): boolean {
  return text.startsWith('Could not resolve')
}

function isOfPackage({ text }: Message): boolean {
  return !/^Could not resolve "[./]/.test(text)
}

function isDependencys({ location }: Message): boolean {
  return location?.file.includes('node_modules/') ?? false
}
