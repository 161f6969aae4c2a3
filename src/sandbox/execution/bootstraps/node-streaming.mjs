// Handlers that stream their answer: each part goes to the Runtime API when the handler writes it.
const { Writable } = process.getBuiltinModule('node:stream')
const { finished } = process.getBuiltinModule('node:stream/promises')

const mark = Symbol.for('aws.lambda.runtime.handler.streaming')
/** The bytes after the status and headers of an HTTP answer. */
const endOfPrelude = '\0'.repeat(8)
const httpAnswer = 'application/vnd.awslambda.http-integration-response'

/** Defines the global of Lambda's runtime for handlers. */
export function defineAwslambda() {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [mark]: 'response' }),
    HttpResponseStream: {
      from(stream, prelude) {
        stream.setContentType(httpAnswer)
        stream.write(`${JSON.stringify(prelude)}${endOfPrelude}`)
        return stream
      },
    },
  }
}

export function streamsAnswer(handler) {
  return handler[mark] === 'response'
}

/**
 * Runs a streaming handler until it has ended its stream. An error before the first part is thrown.
 *
 * @param open opens the request that carries the answer; takes its content type
 * @param describe the trailers of an error
 */
export async function streamAnswer(handler, event, context, { open, describe }) {
  let request
  let contentType
  const begin = () => (request ??= open(contentType))
  const stream = new Writable({
    write: (chunk, _encoding, done) => begin().sent.write(chunk, () => done()),
    final(done) {
      begin()
      done()
    },
  })
  stream.setContentType = (type) => {
    contentType = type
  }
  const ended = finished(stream)
  try {
    await Promise.all([handler(event, stream, context), ended])
  } catch (error) {
    if (!request) throw error
    request.sent.addTrailers(describe(error))
  }
  request.sent.end()
  await request.answered
}
