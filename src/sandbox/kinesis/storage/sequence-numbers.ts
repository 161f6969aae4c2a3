/** A sequence number of Kinesis has 56 digits: these, 21 of the record, zeros, four of the shard, and a 2. */
const first = '49'
const zeros = '0'.repeat(28)

/** @param number 21 digits that grow from record to record */
export function sequenceNumber(number: string, shard: number): string {
  return `${first}${number}${zeros}${String(shard).padStart(4, '0')}2`
}

/** The growing part of a sequence number, and the index of its shard; undefined if Kinesis gives no such number. */
export function partsOf(text: string): { number: string; shard: number } | undefined {
  const found = /^49(\d{21})0{28}(\d{4})2$/.exec(text)
  return found ? { number: found[1] ?? '', shard: Number(found[2]) } : undefined
}
