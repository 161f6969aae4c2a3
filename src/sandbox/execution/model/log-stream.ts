import type { LogSink } from '../../telemetry.ts'

/** The size of the log tail that a caller can get, as in X-Amz-Log-Result: 4 KB. */
const tailSize = 4096

/** The log stream of one environment. */
export interface LogStream {
  write(messages: string[]): void
  /** Clears the tail for a new invocation. */
  beginTail(): void
  tail(): string
}

/**
 * Opens a stream.
 *
 * @param asInLambda of a message; a function's files lie elsewhere in Lambda
 */
export function createLogStream(
  sink: LogSink,
  place: { region: string; group: string; name: string },
  clock: () => number,
  asInLambda: (message: string) => string,
): LogStream {
  let recent = Buffer.alloc(0)
  return {
    write(written) {
      if (written.length === 0) return
      const messages = written.map((message) => ended(asInLambda(message)))
      const timestamp = clock()
      sink.write(
        place.region,
        place.group,
        place.name,
        messages.map((message) => ({ timestamp, message })),
      )
      recent = lastBytes(recent, messages)
    },
    beginTail() {
      recent = Buffer.alloc(0)
    },
    tail: () => recent.toString(),
  }
}

/** As in Lambda's recorded logs, a line of text ends with a line break. A line of JSON is left as it is. */
function ended(message: string): string {
  return message.startsWith('{') || message.endsWith('\n') ? message : `${message}\n`
}

function lastBytes(before: Buffer, messages: string[]): Buffer<ArrayBuffer> {
  const text = Buffer.from(
    messages.map((message) => (message.endsWith('\n') ? message : `${message}\n`)).join(''),
  )
  return Buffer.from(Buffer.concat([before, text]).subarray(-tailSize))
}
