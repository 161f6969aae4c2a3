/** One statement of a line in a requirements file. */
export type Said =
  /** Another requirements file. */
  | { readonly says: 'file'; readonly path: string; readonly isConstraint: boolean }
  /** A place that has packages by name. */
  | { readonly says: 'links'; readonly path: string }
  | { readonly says: 'editable' }
  | Wanted
  /** Another option, which may name a file of this machine. */
  | { readonly says: 'setting'; readonly isLocal: boolean }

/** A wanted package. */
export type Wanted =
  /** A package by its name, or from another machine. */
  | { readonly says: 'package' }
  /** A file or a folder of this machine. */
  | { readonly says: 'local'; readonly path: string }
  | { readonly says: 'unknown' }

/** A line without its comment, joined with its continuation lines. */
export interface Line {
  readonly number: number
  readonly text: string
}

const settings =
  /^--(?:no-index|pre|prefer-binary|require-hashes|trusted-host|no-binary|only-binary|use-feature)$/
const flags = /^--(?:no-index|pre|prefer-binary|require-hashes)$/
const name = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?/
const archive = /\.(?:whl|zip|tar|tar\.\w+|tgz|tbz|txz)$/i
const remote = /^(?:https?|(?:git|hg|svn|bzr)\+(?:https?|ssh|git)):/i

/** The lines that are not empty. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let open: Line | undefined
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const isOpen = raw.endsWith('\\') && !raw.trimStart().startsWith('#')
    const joined = `${open?.text ?? ''} ${isOpen ? raw.slice(0, -1) : raw}`
    const line: Line = { number: open?.number ?? index + 1, text: joined }
    open = isOpen ? line : undefined
    if (!isOpen) lines.push({ ...line, text: line.text.replace(/(^|\s)#.*$/, '').trim() })
  }
  return [...lines, ...(open ? [open] : [])].filter(({ text: said }) => said.trim() !== '')
}

/** Reads a line, which may have several options. */
export function parseLine(text: string): Said[] {
  return text.startsWith('-') ? parseOptions(text) : [parseRequirement(text)]
}

/** A requirement, as in `name[extra]>=1`, `name @ URL` or `./folder`. */
export function parseRequirement(text: string): Wanted {
  const [said = ''] = text.split(/\s+--?[a-z]/)
  const target = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@\s*(.+)$/.exec(said)?.[1]
  if (target === undefined && isNamed(said)) return { says: 'package' }
  const place = (target ?? said).replace(/\s*;.*$/, '').trim()
  if (remote.test(place)) return { says: 'package' }
  // A variable of the environment, or another URL scheme.
  if (place.includes('${') || /^(?!file:)[a-z+]{2,}:/i.test(place)) return { says: 'unknown' }
  return { says: 'local', path: place.replace(/\[[^\]]*\]$/, '') }
}

function isNamed(text: string): boolean {
  const [found = ''] = name.exec(text) ?? []
  const [plain = ''] = text.split(/[\s;]/)
  return found !== '' && !archive.test(plain) && /^\s*(?:$|[<>=!~;(,])/.test(text.slice(found.length))
}

function parseOptions(text: string): Said[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  const said: Said[] = []
  for (let at = 0; at < words.length; at += 1) {
    const [, long, longValue, short, shortValue] =
      /^(?:(--[\w-]+)(?:=(.*))?|(-[a-zA-Z])(.*))$/.exec(words[at] ?? '') ?? []
    const option = long ?? short
    // The rest is a marker, for example; the part before it is valid.
    if (option === undefined) return [...said, { says: 'setting', isLocal: true }]
    const glued = longValue ?? (shortValue || undefined)
    const value = glued ?? (flags.test(option) ? '' : words[(at += 1)])
    said.push(optionOf(option, plainWord(value ?? '')))
  }
  return said
}

function plainWord(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, '$2')
}

function optionOf(option: string, value: string): Said {
  if (/^(-r|--requirement)$/.test(option)) return { says: 'file', path: value, isConstraint: false }
  if (/^(-c|--constraint)$/.test(option)) return { says: 'file', path: value, isConstraint: true }
  if (/^(-f|--find-links)$/.test(option)) return { says: 'links', path: value }
  if (/^(-e|--editable)$/.test(option)) return { says: 'editable' }
  const isIndex = /^(?:-i|--(?:extra-)?index-url|--pypi-url)$/.test(option)
  return { says: 'setting', isLocal: isIndex ? !/^https?:/.test(value) : !settings.test(option) }
}
