/** A message and the stack trace that follows it. */
export interface Trace {
  text: string
  /** Its lines; undefined where there is none. */
  stack: readonly string[] | undefined
}

/**
 * Node, Java and .NET write `    at …`, Python `  File "…"` below `Traceback`, Ruby and Go a path with a line number.
 */
const frame =
  /^\s+at \S|^[\s\u00a0]*File "[^"]+", line \d+|^Traceback \(most recent call last\)|^\s+from \S+:\d+|^\s*\S+\.(?:go|rb):\d+/

/**
 * Parts a message from the stack trace in it. Python writes the trace above its error: then the error is the text where
 * nothing else stands above.
 */
export function traceOf(message: string): Trace {
  if (!message.includes('\n')) return { text: message, stack: undefined }
  const lines = message.split('\n')
  const first = lines.findIndex((line) => frame.test(line))
  if (first === -1) return { text: message, stack: undefined }
  const stack = lines.slice(first).filter((line) => line.trim() !== '')
  const above = lines.slice(0, first).join('\n').trimEnd()
  if (above !== '') return { text: above, stack }
  const error = stack.findLast(
    (line) => /^[\w.]+(?:Error|Exception|Warning|Interrupt|Exit)?(?::|$)/.test(line) && !frame.test(line),
  )
  return { text: error ?? stack.at(-1) ?? message, stack }
}

/** Frames of the runtime, of packages, and of the code of Lambda that calls the handler. */
const foreign =
  /node:internal|\/var\/runtime\/|node_modules|\/var\/lang\/|site-packages|\/opt\/python\/|\bjava\.|\bjdk\.|com\.amazonaws\.services\.lambda\.runtime|<anonymous>\)?$|^\s*\^+\s*$/

/** The frames of the application's own code, the innermost first. */
export function ownFrames(stack: readonly string[]): string[] {
  const frames = stack.filter(
    (line) => frame.test(line) && !line.startsWith('Traceback') && !foreign.test(line),
  )
  return stack[0]?.startsWith('Traceback') ? frames.toReversed() : frames
}

/** `charge (/var/task/pay.mjs:3)` of `    at charge (file:///var/task/pay.mjs:3:9)`. */
export function frameText(line: string): string {
  return line
    .trim()
    .replace(/^at /, '')
    .replace('file://', '')
    .replace(/:(\d+):\d+(\)?)$/, ':$1$2')
}
