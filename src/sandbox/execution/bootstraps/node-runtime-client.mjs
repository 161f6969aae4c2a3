// A client of the Runtime API. It speaks HTTP/1.1 by itself, since node:http takes longer to load, and longer for each
// event, than most handlers do.
const { connect } = process.getBuiltinModule('node:net')

const lineBreak = '\r\n'
const endOfHead = '\r\n\r\n'

/**
 * Opens a client for one request at a time.
 *
 * @param address `host:port`
 * @param gone called if the connection ends before an answer
 */
export function openClient(address, gone) {
  const [host, port] = address.split(':')
  let connection
  return {
    /** @returns a promise of the answer's headers, with their names in small letters, and its body */
    request(method, path, { body, headers = {} } = {}) {
      const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
      const lines = Object.entries({ Host: address, ...length, ...headers }).map((pair) => pair.join(': '))
      const text = [`${method} ${path} HTTP/1.1`, ...lines, '', body ?? ''].join(lineBreak)
      if (!connection?.isOpen()) connection = openConnection({ host, port }, gone)
      return connection.ask(text)
    },
  }
}

function openConnection(place, gone) {
  const socket = connect({ ...place, noDelay: true })
  const reader = createReader()
  let answer
  let isLast = false
  socket.on('data', (chunk) => {
    for (const { status, headers, body } of reader.add(chunk)) {
      if (status < 200) continue
      isLast = /close/i.test(headers.connection)
      // A handler's loop runs empty, or the process ends, if nothing else keeps it.
      socket.unref()
      answer?.({ headers, body })
      answer = undefined
    }
  })
  const end = () => answer && gone()
  socket.on('error', end)
  socket.on('close', end)
  return {
    isOpen: () => socket.writable && !isLast,
    ask(text) {
      socket.ref()
      socket.write(text)
      return new Promise((resolve) => {
        answer = resolve
      })
    },
  }
}

/** Puts answers together from the parts in which they come. */
function createReader() {
  let parts = []
  let held = 0
  let needed = 0
  return {
    *add(chunk) {
      parts.push(chunk)
      held += chunk.length
      while (held > 0 && held >= needed) {
        const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts)
        const { answer, end } = readAnswer(bytes)
        parts = answer ? [bytes.subarray(end)] : [bytes]
        held = parts[0].length
        needed = answer ? 0 : end
        if (answer) yield answer
      }
    },
  }
}

/** Reads the first answer. @returns the index of its end, or without an answer of the least that is missing */
function readAnswer(bytes) {
  const headEnd = bytes.indexOf(endOfHead)
  if (headEnd === -1) return { end: bytes.length + 1 }
  const [first, ...lines] = bytes.latin1Slice(0, headEnd).split(lineBreak)
  const status = Number(first.split(' ')[1])
  const headers = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const start = headEnd + endOfHead.length
  if (/chunked/i.test(headers['transfer-encoding'])) return readChunks(bytes, start, { status, headers })
  const end = start + Number(headers['content-length'] ?? 0)
  if (bytes.length < end) return { end }
  return { answer: { status, headers, body: bytes.utf8Slice(start, end) }, end }
}

/** Reads a body in chunks, as a layer's proxy may send it; it has no trailers. */
function readChunks(bytes, start, head) {
  const chunks = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf(lineBreak, at)
    if (lineEnd === -1) return { end: bytes.length + 1 }
    const from = lineEnd + lineBreak.length
    const to = from + Number.parseInt(bytes.latin1Slice(at, lineEnd), 16)
    const end = to + lineBreak.length
    if (bytes.length < end) return { end }
    if (from === to) return { answer: { ...head, body: Buffer.concat(chunks).toString() }, end }
    chunks.push(bytes.subarray(from, to))
    at = end
  }
}
