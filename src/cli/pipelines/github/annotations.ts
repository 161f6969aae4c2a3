import { relative, resolve } from 'node:path'
import { plain } from '../../../ui/text/plain.ts'
import { mask } from '../../output/mask.ts'
import type { Variables } from '../runner.ts'

/** An error as it is told to a person. */
export interface Annotated {
  code: string
  message: string
  next: readonly string[]
  function?: string
  failures?: readonly Omit<Annotated, 'failures'>[]
}

/** The place of the configuration, for annotations of its lines. */
export interface AnnotatedFile {
  /** The file as messages name it. */
  name: string
  /**
   * `lambdactl.yaml:7:3 functions.hello`: the place of a function in the file, or without a name of the only function of
   * the command; undefined for none, and if the file was not read.
   */
  placeOf: (name?: string) => string | undefined
}

/** GitHub shows so many errors of a step (docs.github.com, 28 November 2026). */
const most = 10

/** Waiting for a person, or ending at a person's wish, is no error. */
const mild: readonly string[] = ['PAUSED', 'INTERRUPTED']

/**
 * The error as commands of GitHub's runner: it shows them above the log, and beside the lines of the file in a pull
 * request.
 */
export function annotationsOf(error: Annotated, file: AnnotatedFile, variables: Variables): string[] {
  const level = mild.includes(error.code) ? 'warning' : 'error'
  const path = pathOf(file.name, variables['GITHUB_WORKSPACE'])
  const parts = error.failures ?? [error]
  const notes = parts.flatMap((part) => notesOf(part, file))
  return notes.slice(0, most).map(({ text, line, col }) => {
    const isAt = path !== undefined && line !== undefined
    const place = isAt ? { file: path, line, ...(col !== undefined && { col }) } : {}
    return commandOf(level, { title: 'lambdactl', ...place }, text)
  })
}

interface Note {
  text: string
  line?: string
  col?: string
}

function notesOf(
  { message, next, function: name }: Annotated,
  { name: file, placeOf }: AnnotatedFile,
): Note[] {
  const lines = message.split('\n')
  const problems = lines.flatMap((text) => at(text, file))
  if (problems.length > 0) return problems
  const text = [message, ...next.map((step) => `→ ${step}`)].join('\n')
  const place = placeOf(name)
  const [known] = place === undefined ? [] : at(place, file)
  return [{ text, ...(known?.line !== undefined && { line: known.line }) }]
}

/** The place in a line of a message, if there is one: `lambdactl.yaml:7:13 functions.hello: expected a number`. */
function at(text: string, file: string): Note[] {
  const begin = text.indexOf(`${file}:`)
  const [whole = '', line, col] = /^:(\d+):(\d+) ?/.exec(text.slice(begin + file.length)) ?? []
  if (begin === -1 || line === undefined || col === undefined) return []
  return [{ text: text.slice(0, begin) + text.slice(begin + file.length + whole.length), line, col }]
}

/** The file's path in the repository; undefined for one outside. */
function pathOf(name: string, workspace: string | undefined): string | undefined {
  const path = relative(workspace ?? process.cwd(), resolve(name)).replaceAll('\\', '/')
  return path.startsWith('..') ? undefined : path
}

/** A command, with everything escaped that would end it or begin another one. */
function commandOf(level: string, properties: Record<string, string>, text: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`)
  return `::${level} ${given.join(',')}::${escaped(plain(mask(text)))}`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
