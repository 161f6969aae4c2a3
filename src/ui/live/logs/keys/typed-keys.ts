/** The keys of a terminal that send more than a character, or one that can't be seen. */
const names: ReadonlyMap<string, string> = new Map([
  ['\u001B[A', 'up'],
  ['\u001BOA', 'up'],
  ['\u001B[B', 'down'],
  ['\u001BOB', 'down'],
  ['\u001B[C', 'right'],
  ['\u001BOC', 'right'],
  ['\u001B[D', 'left'],
  ['\u001BOD', 'left'],
  ['\u001B[5~', 'page-up'],
  ['\u001B[6~', 'page-down'],
  ['\u001B[H', 'home'],
  ['\u001BOH', 'home'],
  ['\u001B[1~', 'home'],
  ['\u001B[F', 'end'],
  ['\u001BOF', 'end'],
  ['\u001B[4~', 'end'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u001B', 'escape'],
  ['\u007F', 'backspace'],
  ['\b', 'backspace'],
  ['\u0015', 'ctrl-u'],
  ['\u000C', 'ctrl-l'],
  [' ', 'space'],
])

const escape = '\u001B'
const sequence = new RegExp(`${escape}\\[[\\d;]*[A-Za-z~]|${escape}O[A-Z]|.`, 'gsu')

/** The keys in input that came at once: names such as `page-up`, or the character itself. Unknown sequences are left out. */
export function keysIn(typed: string): string[] {
  return (typed.match(sequence) ?? []).flatMap((key) => {
    const name = names.get(key)
    if (name !== undefined) return [name]
    return /^\P{Cc}$/u.test(key) ? [key] : []
  })
}
