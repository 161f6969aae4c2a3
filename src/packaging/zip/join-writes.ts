/** The part of archiver's zip engine through which it writes. */
export interface Sink {
  /** Bytes written so far, which `write` counts. */
  offset: number
  write(chunk: Uint8Array | string): boolean
  end(): unknown
}

const blockSize = 262_144

/**
 * Joins writes to blocks of 256 kB: archiver makes a dozen small writes for each entry, and each costs a turn of a
 * stream.
 */
export function joinWrites(sink: Sink): void {
  const write = sink.write.bind(sink)
  const end = sink.end.bind(sink)
  let block = Buffer.allocUnsafeSlow(blockSize)
  let used = 0
  const pass = (chunk: Uint8Array) => {
    const { offset } = sink
    const result = write(chunk)
    // The block was counted when its parts came.
    sink.offset = offset
    return result
  }
  const flush = () => {
    if (used === 0) return true
    const full = block.subarray(0, used)
    block = Buffer.allocUnsafeSlow(blockSize)
    used = 0
    return pass(full)
  }
  sink.write = (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    sink.offset += bytes.length
    const room = used + bytes.length <= blockSize || flush()
    if (bytes.length > blockSize) return pass(bytes)
    block.set(bytes, used)
    used += bytes.length
    return room
  }
  sink.end = () => {
    flush()
    return end()
  }
}
