/** The words of a command line up to the cursor. */
export interface TypedWords {
  /** The words before the one at the cursor, without `lambdactl`. */
  before: readonly string[]
  /** The word at the cursor as far as it is typed; empty for a new one. */
  current: string
  /** The beginning of that word that the shell does not replace: `--env=` in bash, else nothing. */
  kept: string
}

/**
 * Reads the words that a shell passes.
 *
 * @param words the last one is that at the cursor, with a colon before it: Windows PowerShell drops an empty word
 */
export function typedWords(shell: string, words: readonly string[]): TypedWords {
  const typed = unquoted((words.at(-1) ?? ':').slice(1))
  const all = [...words.slice(0, -1).map(unquoted), typed]
  const joined = shell === 'bash' ? joinBrokenFlags(all) : all
  const current = joined.at(-1) ?? ''
  const kept = current === typed ? '' : current.slice(0, current.indexOf('=') + 1)
  return { before: joined.slice(0, -1), current, kept }
}

/** bash breaks `--env=prod` into three words. */
function joinBrokenFlags(words: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1) ?? ''
    const goesOn = word === '=' ? /^--[\w-]+$/.test(last) : /^--[\w-]+=$/.test(last)
    if (goesOn) joined[joined.length - 1] = last + word
    else joined.push(word)
  }
  return joined
}

/** Shells pass a quoted word with its quotes, of which the last may not be typed yet. */
function unquoted(word: string): string {
  const [quote = ''] = word
  if (quote !== '"' && quote !== "'") return word
  return word.endsWith(quote) && word.length > 1 ? word.slice(1, -1) : word.slice(1)
}
