// Handlers that stream their answer. The caller gets the whole answer at once, as from Invoke.
const { Writable } = process.getBuiltinModule('node:stream')
const { finished } = process.getBuiltinModule('node:stream/promises')

const mark = Symbol.for('aws.lambda.runtime.handler.streaming')
/** The bytes after the status and headers of an HTTP answer. */
const endOfPrelude = '\0'.repeat(8)

/** Defines the global of Lambda's runtime for handlers. */
export function defineAwslambda() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [mark]: 'response' }),
    HttpResponseStream: {
      from(stream, prelude) {
        stream.write(`${JSON.stringify(prelude)}${endOfPrelude}`)
        return stream
      },
    },
  }
}

export function streamsAnswer(handler) {
  return handler[mark] === 'response'
}

/** Runs a streaming handler until it has ended its stream. @returns everything that it wrote */
export async function streamedAnswer(handler, event, context) {
  const chunks = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  stream.setContentType = () => undefined
  const ended = finished(stream)
  await Promise.all([handler(event, stream, context), ended])
  return Buffer.concat(chunks)
}
