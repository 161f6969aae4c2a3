import { isUtf8 } from 'node:buffer'

/** A longer line was not written by a person; characters. */
const longestLine = 2000
/** Longer texts are not compared line by line; bytes. */
const largestText = 5_000_000
/** The time limit for comparing two texts, milliseconds. */
const longestMs = 3000

/** A text that can be shown line by line; undefined for other bytes. */
export function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined
}

/**
 * The differences of two texts in the unified format with its two header lines, or a sentence that says why they are
 * not shown.
 *
 * @param from undefined if there is no such file, as for an added one
 */
export async function unified(
  path: string,
  from: string | undefined,
  to: string | undefined,
): Promise<string> {
  const [before, after] = withSameEnds(from ?? '', to ?? '')
  const longest = Math.max(...[before, after].map(longestIn))
  if (longest > longestLine) {
    return `not shown: it has a line of ${longest.toLocaleString('en')} characters, as a minified bundle has. With a source map in both packages (bundle: {sourcemap: true}) its sources are shown.\n`
  }
  if (Math.max(before.length, after.length) > largestText)
    return 'not shown: it is too large to be compared by lines.\n'
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff')
  const names = [
    from === undefined ? '/dev/null' : `a/${path}`,
    to === undefined ? '/dev/null' : `b/${path}`,
  ] as const
  const options = { context: 3, timeout: longestMs, headerOptions: FILE_HEADERS_ONLY }
  const patch = createTwoFilesPatch(...names, before, after, undefined, undefined, options)
  return patch ?? 'not shown: the two files have too little in common to be compared by lines.\n'
}

function longestIn(text: string): number {
  let longest = 0
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start)
    const stop = end === -1 ? text.length : end
    longest = Math.max(longest, stop - start)
    start = stop + 1
  }
  return longest
}

/** Equal line ends in both texts are dropped; different line ends are shown. */
function withSameEnds(before: string, after: string): [string, string] {
  const [isOld, isNew] = [before, after].map((text) => text.includes('\r\n'))
  if (isOld === isNew || before === '' || after === '')
    return [before.replaceAll('\r\n', '\n'), after.replaceAll('\r\n', '\n')]
  return [before.replaceAll('\r\n', '␍\n'), after.replaceAll('\r\n', '␍\n')]
}
