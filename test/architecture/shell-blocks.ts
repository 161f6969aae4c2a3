/** The commands that the pages show: those in blocks of a shell, and those in a sentence. */

/** A block of a shell: its mark, such as `aws` (none: a test runs it), and its text. */
export interface ShellBlock {
  readonly mark: string
  readonly text: string
}

/** The blocks of a page that begin with ```sh or ```console, in their order; a console's have only what is typed. */
export function shellBlocks(page: string): ShellBlock[] {
  const found = page.matchAll(/^ *```(sh|bash|shell|console)\b *(\S*)\n([^]*?)^ *```$/gm)
  return Array.from(found, ([, language = '', mark = '', text = '']) =>
    language === 'console' ? { mark: 'console', text: typed(text) } : { mark, text },
  )
}

/** The words after each `lambdactl` of a page, in its blocks and its sentences, quotes taken off. */
export function shownCommands(page: string): string[][] {
  const inBlocks = shellBlocks(page).flatMap(({ text }) => linesOf(text))
  const prose = page.replaceAll(/^ *```[^]*?^ *```$/gm, '')
  const inSentences = Array.from(prose.matchAll(/`(lambdactl [^`]+)`/g), ([, text = '']) => text)
  return [...inBlocks, ...inSentences].flatMap(commandsOf)
}

function typed(text: string): string {
  return linesOf(text)
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2))
    .join('\n')
}

/** The lines, with those that end in a backslash joined to the next, and without comments. */
function linesOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
}

function commandsOf(line: string): string[][] {
  const parts = line.replaceAll(/\s+/g, ' ').split(/; | && | \|\| | \| | > /)
  return parts.flatMap((part) => {
    const [, rest] = /(?:^|^.*\s)lambdactl (?!=)(.*)$/.exec(part) ?? []
    return rest === undefined ? [] : [wordsOf(rest)]
  })
}

function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g), ([word]) => word.replaceAll(/["']/g, ''))
}
