import chalk, { type ChalkInstance } from 'chalk'
import type { Role, ShownLine } from '../../logs/model/shown-line.ts'

/** Of the ends of a canary: they are not the colours of success and failure. */
const roleColours: Readonly<Record<Role, ChalkInstance>> = { stable: chalk.cyan, candidate: chalk.magenta }

/** Of functions; red, yellow and green mean something elsewhere in a line. */
const colours: readonly ChalkInstance[] = [
  chalk.cyan,
  chalk.magenta,
  chalk.blue,
  chalk.cyanBright,
  chalk.magentaBright,
  chalk.blueBright,
]

/** The text in front of a line, in colours; empty where all lines have the same. */
export type Label = (line: ShownLine) => string

/** Names in front of lines end at one column, as far as this one. */
const widest = 24

/** @param namesFunctions false where all lines are of one function */
export function labels(namesFunctions: boolean): Label {
  let width = 0
  return (line) => {
    const text = labelOf(line, namesFunctions)
    if (text === '') return ''
    width = Math.min(widest, Math.max(width, text.length))
    const colour = line.role === undefined ? colourOf(line.function) : roleColours[line.role]
    return `${colour(text.padEnd(width))} `
  }
}

/** `shop`, `candidate v8`, `shop candidate v8`. */
export function labelOf(line: ShownLine, namesFunctions: boolean): string {
  const part = line.role === undefined ? '' : `${line.role} ${versionText(line.version)}`
  return [namesFunctions ? line.function : '', part].filter(Boolean).join(' ').trimEnd()
}

/** `v7`, `$LATEST`; empty for a stream that tells none. */
export function versionText(version: string | undefined): string {
  return version === undefined || version === '$LATEST' ? (version ?? '') : `v${version}`
}

/** A function keeps its colour at each start. */
function colourOf(name: string): ChalkInstance {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return colours[hash % colours.length] ?? chalk.cyan
}
