import { keysIn } from './typed-keys.ts'

/** The begin of what a key sends: a slow line may bring it in parts. */
const begin = new RegExp(`${String.fromCharCode(27)}(?:\\[[\\d;]*|O)?$`)
/** The rest of a key comes within this time, milliseconds; without it, it was Escape. */
const wholeWithinMs = 50

/** Takes input as it comes, and gives each key once it is whole. */
export function keyReader(onKey: (key: string) => void): (typed: string) => void {
  let begun = ''
  let timer: NodeJS.Timeout | undefined
  const give = (text: string) => keysIn(text).forEach(onKey)
  return (typed) => {
    clearTimeout(timer)
    const all = begun + typed
    const whole = begin.exec(all)?.index ?? all.length
    begun = all.slice(whole)
    give(all.slice(0, whole))
    if (begun === '') return
    timer = setTimeout(() => {
      give(begun)
      begun = ''
    }, wholeWithinMs)
  }
}
