/**
 * Collects a stream in memory that is allocated once: joining chunks at the end would hold them twice. Expected bytes
 * that never come cost only address space.
 */
export async function gather(stream: AsyncIterable<unknown>, expectedBytes: number): Promise<Buffer> {
  let room: Buffer = Buffer.allocUnsafeSlow(expectedBytes)
  let used = 0
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    if (used + bytes.length > room.length) room = grown(room.subarray(0, used), bytes.length)
    room.set(bytes, used)
    used += bytes.length
  }
  return used < room.length / 2 ? Buffer.from(room.subarray(0, used)) : room.subarray(0, used)
}

function grown(content: Buffer, more: number): Buffer {
  const room = Buffer.allocUnsafeSlow(2 * (content.length + more))
  room.set(content)
  return room
}
