// A client of the Runtime API. It speaks HTTP/1.1 by itself, since node:http takes longer to load, and longer for each
// event, than most handlers do.
const { connect } = process.getBuiltinModule('node:net')

const lineBreak = '\r\n'
const endOfHead = '\r\n\r\n'

/**
 * Opens a client for one request at a time.
 *
 * @param address `host:port`
 * @param gone called if no answer comes: there is no connection, it ends before, or the answer is no HTTP
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
      const open = (lost) => (connection = openConnection({ host, port }, lost))
      if (!connection?.isOpen()) return open(gone).ask(text)
      return new Promise((resolve) => {
        // The other side may have closed it while it was idle, before this request came.
        const again = () => open(gone).ask(text).then(resolve)
        connection.ask(text, again).then(resolve)
      })
    },
  }
}

/** @param gone called if the connection ends before an answer */
function openConnection(place, gone) {
  const socket = connect({ ...place, noDelay: true })
  const reader = createReader()
  let waiting
  let isLast = false
  const take = (answers) => {
    for (const { status, headers, body, isLast: isItsLast } of answers) {
      if (status < 200) continue
      isLast = isItsLast
      // A handler's loop runs empty, or the process ends, if nothing else keeps it.
      socket.unref()
      waiting?.resolve({ headers, body })
      waiting = undefined
    }
  }
  const end = () => {
    const { lost } = waiting ?? {}
    waiting = undefined
    if (lost && reader.isEmpty()) lost()
    else if (lost) gone()
  }
  socket.on('data', (chunk) => {
    try {
      take(reader.add(chunk))
    } catch (error) {
      socket.destroy(error)
    }
  })
  socket.on('end', () => take(reader.end()))
  socket.on('error', end)
  socket.on('close', end)
  return {
    isOpen: () => socket.writable && !isLast,
    /** @param lost called in place of `gone` if nothing of an answer came */
    ask(text, lost = gone) {
      socket.ref()
      socket.write(text)
      return new Promise((resolve) => {
        waiting = { resolve, lost }
      })
    },
  }
}

/** Puts answers together from the parts in which they come. */
function createReader() {
  let parts = []
  let held = 0
  let needed = 0
  const joined = () => (parts.length === 1 ? parts[0] : Buffer.concat(parts))
  return {
    *add(chunk) {
      parts.push(chunk)
      held += chunk.length
      while (held > 0 && held >= needed) {
        const bytes = joined()
        const { answer, end } = readAnswer(bytes)
        parts = answer ? [bytes.subarray(end)] : [bytes]
        held = parts[0].length
        needed = answer ? 0 : end
        if (answer) yield answer
      }
    },
    /** The answer that the end of the connection completes, if there is one. */
    *end() {
      if (needed !== Infinity) return
      const { head, start } = readHead(joined())
      yield { ...head, body: joined().utf8Slice(start) }
    },
    isEmpty: () => held === 0,
  }
}

/**
 * Reads the first answer.
 *
 * @returns the index of its end, or without an answer of the least that is missing; Infinity if only the end of the
 *   connection ends it
 * @throws Error if it is no HTTP
 */
function readAnswer(bytes) {
  const { head, start } = readHead(bytes)
  if (!head) return { end: bytes.length + 1 }
  const { headers, status } = head
  if (/chunked/i.test(headers['transfer-encoding'])) return readChunks(bytes, start, head)
  const hasBody = status >= 200 && status !== 204
  const end = start + numberIn(headers['content-length'] ?? (hasBody ? 'Infinity' : '0'))
  if (bytes.length < end) return { end }
  return { answer: { ...head, body: bytes.utf8Slice(start, end) }, end }
}

/** @returns no head while it is incomplete */
function readHead(bytes) {
  const end = bytes.indexOf(endOfHead)
  if (end === -1) return {}
  const [first, ...lines] = bytes.latin1Slice(0, end).split(lineBreak)
  const [version, status] = first.split(' ')
  const headers = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const { connection = version === 'HTTP/1.0' ? 'close' : '' } = headers
  const head = { status: Number(status), headers, isLast: /close/i.test(connection) }
  return { head, start: end + endOfHead.length }
}

/** Reads a body in chunks, as a layer's proxy may send it. Trailers are left out. */
function readChunks(bytes, start, head) {
  const chunks = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf(lineBreak, at)
    if (lineEnd === -1) return { end: bytes.length + 1 }
    const from = lineEnd + lineBreak.length
    const to = from + numberIn(`0x${bytes.latin1Slice(at, lineEnd).split(';')[0].trim()}`)
    if (from === to) return endOfChunks(bytes, lineEnd, { ...head, body: Buffer.concat(chunks).toString() })
    const end = to + lineBreak.length
    if (bytes.length < end) return { end }
    chunks.push(bytes.subarray(from, to))
    at = end
  }
}

/** Finds the end of the trailers, an empty line: there may be no others. */
function endOfChunks(bytes, lastChunk, answer) {
  const end = bytes.indexOf(endOfHead, lastChunk)
  return end === -1 ? { end: bytes.length + 1 } : { answer, end: end + endOfHead.length }
}

function numberIn(text) {
  const number = Number(text)
  if (Number.isNaN(number)) throw new Error(`The Runtime API's answer has a wrong length: ${text}.`)
  return number
}
