import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { framesOf } from '../../scripts/record/frames.ts'
import { picture } from '../../scripts/record/picture.ts'

const root = join(import.meta.dirname, '../..')
const committed = readFileSync(join(root, 'docs/images/canary.svg'), 'utf8')

const errorsOf = async (contents: string) =>
  (await validateXML({ xml: { fileName: 'picture.svg', contents }, normalization: 'format' })).errors

describe('the picture of a canary', () => {
  test('is well-formed, runs nothing, and asks for nothing from elsewhere', async () => {
    expect(await errorsOf(committed)).toEqual([])
    expect(committed).not.toMatch(
      /<script|<foreignObject|<image|\son\w+=|javascript:|@import|@font-face|url\(/i,
    )
    const references = Array.from(committed.matchAll(/(?:href|src)="([^"]*)"/g), ([, target = '']) => target)
    expect(references.filter((target) => !/^#l\d+$/.test(target))).toEqual([])
    expect(committed.match(/https?:\/\/(?!127\.0\.0\.1)[^"<\s]*/g)).toEqual(['http://www.w3.org/2000/svg'])
  })

  test('tells of the steps, the alarm and the way back, and stands still for a person who wants that', () => {
    const words = committed.replaceAll(/<[^>]*>/g, ' ')
    for (const said of [
      'lambdactl canary hello',
      '10% on version 2',
      '50% on version 2',
      'ALARM',
      'rolled back',
    ])
      expect(words).toContain(said)
    expect(words).not.toMatch(/Warning|\/tmp\/|\/home\//)
    expect(committed).toContain('prefers-reduced-motion')
  })

  test('is drawn from what is on the screen, each line once, and escaped', async () => {
    const chunks = [
      { time: 0, text: 'one & two\r\n\u001B[31ma <b>\u001B[39m  c' },
      { time: 500, text: '\u001B[2K\rgone' },
    ]
    const frames = await framesOf(chunks, { columns: 20, rows: 4 })
    expect(frames.map(({ lines }) => lines.map((line) => line.map(({ text }) => text)))).toEqual([
      [['one & two'], ['a <b>', 'c'], [], []],
      [['one & two'], ['gone'], [], []],
    ])
    const drawn = picture(frames, 20, 'A <title>')
    expect(await errorsOf(drawn)).toEqual([])
    expect(drawn).toContain('class="red">a &lt;b&gt;</tspan>')
    expect(drawn.match(/one &amp; two/g)).toHaveLength(1)
  })
})
