import type { Readable } from 'node:stream'

/** A terminal's keyboard: process.stdin, if it is a terminal. */
export type Keyboard = Readable & { setRawMode(raw: boolean): unknown }

/** While single keys are read, Ctrl-C is a key like others and no signal. */
export const ctrlC = '\u0003'

/**
 * Reads keys as they are pressed, without Enter, until disposed; then restores the keyboard. A keyboard that disappears
 * gives Ctrl-C.
 *
 * @param onTyped gets the input that came at once: one key, or a paste
 */
export function readKeys(keyboard: Keyboard, onTyped: (typed: string) => void): Disposable {
  let reading = true
  const onData = (typed: unknown) => onTyped(String(typed))
  // setRawMode itself may report it, before there is anything to dispose.
  const onGone = () => queueMicrotask(() => reading && onTyped(ctrlC))
  keyboard.on('data', onData).on('end', onGone).on('error', onGone)
  keyboard.setRawMode(true)
  keyboard.resume()
  return {
    [Symbol.dispose]() {
      if (!reading) return
      reading = false
      keyboard.setRawMode(false)
      keyboard.pause()
      keyboard.off('data', onData).off('end', onGone).off('error', onGone)
    },
  }
}
