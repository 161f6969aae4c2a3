import chalk from 'chalk'
import { isShown } from '../is-shown.ts'
import type { LineWriter, Writing } from '../writing.ts'
import { blockTexts, looseTexts } from './block-texts.ts'
import { type Part, requestBlocks } from './blocks.ts'
import { canaryCounts } from './canary-counts.ts'

/** A line waits no longer than this for the end of its request, milliseconds. */
const holdMs = 1000

/** Writes each request as a block: its lines, then `✖ 3 ms cold +59 ms 52/320 MB TypeError: …` with its version and id. */
export function prettyWriter(writing: Writing): LineWriter {
  return writing.isFiltered ? looseWriter(writing) : blockWriter(writing)
}

function looseWriter(writing: Writing): LineWriter {
  const textOf = looseTexts(writing)
  return { lines: (lines) => lines.filter(isShown).map(textOf).join(''), end: () => '' }
}

function blockWriter(writing: Writing): LineWriter {
  const blocks = requestBlocks(holdMs)
  const counts = canaryCounts()
  const textOf = blockTexts(writing)
  const texts = (parts: readonly Part[]) => {
    for (const { request, hasEnded, last } of parts) {
      if (request && hasEnded && last.role) counts.add(request, last.role)
    }
    return parts.map(textOf).join('')
  }
  return {
    lines(lines, now) {
      for (const line of lines) blocks.add(line, now)
      return texts(blocks.take(now)) + countRow(counts.due(now))
    },
    end: () => texts(blocks.end()) + countRow(counts.text()),
  }
}

function countRow(text: string): string {
  return text === '' ? '' : `${chalk.bold(text)}\n`
}
