import { EventEmitter } from 'node:events'

/** A terminal that remembers all that was written to it. */
export class FakeTerminal extends EventEmitter {
  readonly isTTY = true
  columns = 80
  rows = 10
  written = ''

  write(text: string, ...[onWritten]: (() => void)[]): boolean {
    this.written += text
    // ink waits for it at its end.
    onWritten?.()
    return true
  }
}
