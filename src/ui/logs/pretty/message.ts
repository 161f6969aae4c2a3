import chalk from 'chalk'
import { ownFrames } from '../../../logs/lines/stack.ts'
import type { Level, Line } from '../../../logs/model/line.ts'
import { formatBytes } from '../../text/figures.ts'
import { plain } from '../../text/plain.ts'
import { pairs, valueText } from '../pairs.ts'

type Colour = (text: string) => string

const same: Colour = (text) => text

interface LevelLook {
  word: string
  text: Colour
}

const looks: Readonly<Record<Level, LevelLook>> = {
  trace: { word: chalk.dim('TRACE'), text: chalk.dim },
  debug: { word: chalk.dim('DEBUG'), text: chalk.dim },
  info: { word: chalk.cyan('INFO'), text: same },
  warn: { word: chalk.yellow('WARN'), text: same },
  error: { word: chalk.red('ERROR'), text: chalk.red },
  fatal: { word: chalk.red.bold('FATAL'), text: chalk.red },
}

/** Masks the secrets of a text; only a whole text shows what is secret in it. */
export type Mask = (text: string) => string

/** `WARN total computed total=6`: a line without its time, in colours. Secrets are masked before anything is cut. */
export function messageText({ level, text, fields }: Line, mask: Mask): string {
  const look = level === undefined ? undefined : looks[level]
  const message = (look?.text ?? same)(shortened(plain(text), mask))
  const told = pairs(fields, (name, value) => dimPair(name, value, mask))
  return [look?.word, message, told].filter(Boolean).join(' ')
}

/** Some secrets are known by their names, so a pair is masked as a whole. */
function dimPair(name: string, value: unknown, mask: Mask): string {
  const pair = shortened(`${name}=${valueText(value)}`, mask)
  const start = `${name}=`
  return pair.startsWith(start) ? `${chalk.dim(start)}${pair.slice(start.length)}` : pair
}

/** The characters of a text that are shown; a line may have 256 KB. */
const longest = 4000

/** A secret at the cut lies in this many characters more. */
const longestSecret = 12_000

function shortened(text: string, mask: Mask): string {
  const masked = mask(text.slice(0, longest + longestSecret))
  if (text.length <= longest) return masked
  const hidden = formatBytes(Buffer.byteLength(text.slice(longest)))
  return `${masked.slice(0, longest)}… ${hidden} more (--output raw has all)`
}

/** The rows of a stack: the application's own frames, and how many rows are left out. */
export function stackRows(stack: readonly string[], mask: Mask): string[] {
  const own = ownFrames(stack).map((frame) =>
    shortened(plain(frame.trim().replace(placeOfPackage, '')), mask),
  )
  const hidden = stack.length - own.length
  return hidden > 0 ? [...own, chalk.dim(`… ${hidden} more`)] : own
}

/** Where Lambda unpacks a function's package: it says nothing. */
const placeOfPackage = /(?:file:\/\/)?\/var\/task\//g
