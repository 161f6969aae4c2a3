import type { ShownLine } from '../../../../logs/model/shown-line.ts'
import { failureOf } from '../../../../logs/requests/failure.ts'
import { requestKey } from '../../../../logs/requests/request-key.ts'
import { isShown } from '../../../logs/is-shown.ts'

/** The lines of one request, or one line that belongs to none. It never changes: more lines make another block. */
export interface Block {
  key: string
  /** By time. Lambda's own lines are among them. */
  lines: readonly ShownLine[]
  requestId: string | undefined
  hasFailed: boolean
}

/**
 * The newest lines of a tail. The block that got a line last is at the end. A later buffer takes the map over: there may be
 * 20,000 blocks, and a batch changes some of them. So who keeps them copies the map.
 */
export interface Buffer {
  blocks: Map<string, Block>
  lines: number
  characters: number
}

/** The most that a buffer keeps; the blocks that got no line for the longest time go first. */
export interface Limits {
  lines: number
  characters: number
  /** Of one block; its first lines go. */
  linesOfBlock: number
}

const usualLimits: Limits = { lines: 20_000, characters: 32_000_000, linesOfBlock: 2000 }

export function emptyBuffer(): Buffer {
  return { blocks: new Map(), lines: 0, characters: 0 }
}

/** A buffer after a batch of lines; the one before is not used any more. */
export function withLines(buffer: Buffer, batch: readonly ShownLine[], limits: Limits = usualLimits): Buffer {
  const next = { ...buffer }
  for (const [key, added] of byBlock(batch)) {
    const known = next.blocks.get(key)
    const block = joined(known, key, added, limits.linesOfBlock)
    next.blocks.delete(key)
    next.blocks.set(key, block)
    next.lines += block.lines.length - (known?.lines.length ?? 0)
    next.characters += sizeOf(block) - (known ? sizeOf(known) : 0)
  }
  for (const [key, block] of next.blocks) {
    if (next.lines <= limits.lines && next.characters <= limits.characters) break
    next.blocks.delete(key)
    next.lines -= block.lines.length
    next.characters -= sizeOf(block)
  }
  return next
}

/** The lines of a batch by their block, in the order of each block's last line. */
function byBlock(batch: readonly ShownLine[]): Map<string, ShownLine[]> {
  const blocks = new Map<string, ShownLine[]>()
  for (const line of batch) {
    if (line.requestId === undefined && !isShown(line)) continue
    const key = line.requestId === undefined ? line.event.id : requestKey(line)
    const lines = blocks.get(key) ?? []
    lines.push(line)
    blocks.delete(key)
    blocks.set(key, lines)
  }
  return blocks
}

function joined(known: Block | undefined, key: string, added: readonly ShownLine[], most: number): Block {
  const lines = [...(known?.lines ?? [])]
  for (const line of added) place(lines, line)
  return {
    key,
    lines: lines.slice(-most),
    requestId: added[0]?.requestId,
    hasFailed: known?.hasFailed === true || added.some((line) => failureOf(line) !== undefined),
  }
}

function place(lines: ShownLine[], line: ShownLine): void {
  const after = lines.findLastIndex(({ event }) => event.timestamp <= line.event.timestamp)
  lines.splice(after + 1, 0, line)
}

const sizes = new WeakMap<Block, number>()

/** In characters. A block never changes, so its size is counted once. */
function sizeOf(block: Block): number {
  const known = sizes.get(block)
  if (known !== undefined) return known
  const size = block.lines.reduce((sum, { event }) => sum + event.message.length, 0)
  sizes.set(block, size)
  return size
}
