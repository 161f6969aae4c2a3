import { posix } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { ownFiles } from './own-files.ts'

export interface Handler {
  /** As written in the configuration. */
  readonly text: string
  /** The module's path without extension; POSIX, relative to the package's root. */
  readonly module: string
  /** The name that the module has to export. */
  readonly exportName: string
}

/**
 * A Node handler, split as Lambda's runtime splits it: at the first dot of the last path segment. For a nested name
 * such as `index.api.get` the module has to export `api`.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function nodeHandler(text: string): Handler {
  const match = /^(?:\/var\/task\/)?((?:.*\/)?[^./]+)\.([^./]+)(?:\.[^./]+)*$/.exec(text)
  // Lambda refuses a handler with `..`, even if its path stays in the package.
  const module = requireInside(
    text,
    text.includes('..') ? undefined : match?.[1] && posix.normalize(match[1]),
  )
  return { text, module, exportName: match?.[2] ?? '' }
}

/**
 * A Python handler, split at the last dot; dots before it are folders, as in an import.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function pythonHandler(text: string): Handler {
  const match = /^([^\s.][^\s]*)\.([\p{L}\p{N}_]+)$/u.exec(text)
  const module = requireInside(text, match?.[1]?.replaceAll('.', '/'))
  return { text, module, exportName: match?.[2] ?? '' }
}

function requireInside(text: string, module: string | undefined): string {
  // Layers lie in /opt, and monitoring services name their wrappers by that path.
  if (module && /^(?:\/opt\/|(?!\/|\.\.))/.test(module)) return module
  throw new LambdactlError(
    'PACKAGE_INVALID',
    `The handler is malformed: expected a module and what it exports, as in index.handler, got ${JSON.stringify(text)}.`,
  )
}

/** The error for a handler whose module is missing; `expected` are the file names that would do. */
export function moduleMissing(
  handler: Handler,
  expected: readonly string[],
  found: readonly string[],
): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The handler ${handler.text} has no module: expected ${listed(expected, 'or')}, got ${foundWords(found) || 'no files'}.`,
    {
      next: [
        (config) =>
          `Correct handler: in ${config.name}, or in the function's own tool with manages: code, or rename the file.`,
      ],
    },
  )
}

const mostFound = 10

/** The function's own files by name, and the number of all others. */
function foundWords(found: readonly string[]): string {
  const own = ownFiles(found)
  const shown = own.slice(0, mostFound)
  const more = own.length > shown.length ? [`${own.length - shown.length} more`] : []
  const others = found.length > own.length ? [`${found.length - own.length} of its dependencies`] : []
  return listed([...shown, ...more, ...others], 'and')
}

/** The error for a module that lacks the handler's name. */
export function exportMissing(handler: Handler, file: string, found: readonly string[]): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The handler ${handler.text} is not in ${file}: expected it to define ${handler.exportName}, got ${listed(found, 'and') || 'no names'}.`,
    {
      next: [
        (config) =>
          `Export ${handler.exportName} from ${file}, or correct handler: in ${config.name}, or in the function's own tool with manages: code.`,
      ],
    },
  )
}

function listed(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1)
  if (last === undefined || words.length === 1) return last ?? ''
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`
}
