// Handlers that stream their answer. Whoever invokes such a function has its answer as a whole, as of Invoke.
const { Writable } = process.getBuiltinModule('node:stream')
const { finished } = process.getBuiltinModule('node:stream/promises')

const mark = Symbol.for('aws.lambda.runtime.handler.streaming')
/** The bytes that end the status and headers of an answer over HTTP. */
const endOfPrelude = '\0'.repeat(8)

/** Gives handlers the global that Lambda's runtime has. */
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

/** Runs a handler that streams, until it has ended its stream. @returns all that it wrote */
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
