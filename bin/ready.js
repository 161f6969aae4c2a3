/**
 * Answers that the build has ready: the version, and help. They need no part of the program, which takes several times as
 * long to load. Whatever is not plain here, such as a narrow terminal, is left to the program.
 */
const { join, dirname } = process.getBuiltinModule('node:path')
const { readFileSync, writeSync, fstatSync } = process.getBuiltinModule('node:fs')
const { stripVTControlCharacters } = process.getBuiltinModule('node:util')

const root = dirname(import.meta.dirname)

/**
 * Whether it has answered these arguments.
 *
 * @param keepWorking has the process survive output that is lost; it loads the streams, so it is called only if needed
 */
export function answerAtOnce(words, keepWorking) {
  if (process.platform === 'win32' || process.env.DEBUG) return false
  try {
    const text = asksForVersion(words) ? versionText() : helpText(words)
    if (text !== undefined) say(text, keepWorking)
    return text !== undefined
  } catch {
    return false
  }
}

function asksForVersion([word, ...more]) {
  return ['--version', '-v', 'version'].includes(word) && more.length === 0
}

/** As oclif says it; it has other words for 32 bits and for Windows' Linux. */
function versionText() {
  if (process.arch === 'ia32') return undefined
  if (process.platform === 'linux' && /microsoft/i.test(readFileSync('/proc/version', 'utf8')))
    return undefined
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return `lambdactl/${version} ${process.platform}-${process.arch} node-${process.version}\n`
}

function helpText(words) {
  const subject = subjectOf(words)
  // A folder with spaces wraps.
  if (subject === undefined || /\s/.test(root)) return undefined
  const isColoured = colours()
  if (isColoured === undefined) return undefined
  const text = readFileSync(join(root, 'dist', 'help', `${subject}.txt`), 'utf8')
  const shown = isColoured ? text : stripVTControlCharacters(text)
  return shown.replaceAll('@INSTALLATION@', root)
}

/** The name of a help text: `canary.status` for `canary status --help`. */
function subjectOf(words) {
  const isFlagged = ['--help', '-h'].includes(words.at(-1))
  const rest = words[0] === 'help' ? words.slice(1) : isFlagged ? words.slice(0, -1) : undefined
  if (words.length === 0) return 'index'
  if (!rest?.every((word) => /^[a-z][a-z-]*$/.test(word))) return undefined
  return rest.join('.') || 'index'
}

/** Whether the reader's terminal has colours; undefined where that, or its width, has to be found out. */
function colours() {
  const { env } = process
  const isPlain = Boolean(env.NO_COLOR)
  if (!isPlain && 'FORCE_COLOR' in env) return undefined
  if (!fstatSync(1).isCharacterDevice() || !process.stdout.isTTY) return false
  if (process.stdout.columns < 80) return undefined
  return !isPlain && !/-mono|dumb/i.test(env.TERM ?? '')
}

/** Nothing can be lost: what can't be written at once, for any reason, is left to the stream that tells of it. */
function say(text, keepWorking) {
  let rest = Buffer.from(text)
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest))
  } catch {
    keepWorking()
    process.stdout.write(rest)
  }
}
