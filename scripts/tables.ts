/** A table of Markdown; the first row is its head. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A document with other content between two marks, which stay. */
export function between(text: string, [start, end]: readonly [string, string], content: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`The document lacks ${start} or ${end}.`)
  return `${text.slice(0, from)}${start}\n\n${content}\n\n${text.slice(to)}`
}
