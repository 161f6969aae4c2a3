import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { adoptInto } from '../../../src/config/adopt.ts'
import { configFrom } from '../config-from.ts'

const found = (id: string, stage: string) => ({
  lambdaName: `shop-${stage}-${id}-7Yj3kQ9z`,
  logicalId: id,
  manages: 'code' as const,
  region: 'eu-west-1',
  account: '123456789012',
  alias: 'live',
  role: 'arn:aws:iam::123456789012:role/shop',
  isZip: false,
  source: `cdk.out#Shop-${stage}/${id}`,
  build: ['npx', 'cdk', 'synth'],
  fields: {},
})

function adopt(text: string, environment: string, ids: readonly string[], stage = environment) {
  const place = { path: '/s/lambdactl.yaml', shownAs: 'lambdactl.yaml', endpoint: undefined }
  const existing = { text, config: configFrom(text) }
  const service = { ...place, existing, environment, folderName: 'shop', skipsKnown: true }
  return adoptInto(
    service,
    ids.map((id) => found(id, stage)),
  )
}

/** Ways in which people write a function; `#` is its number. */
const functions = [
  '  f#: {source: fn, runtime: nodejs24.x, handler: a.b}   # one line',
  '  f#:\n    <<: *shared   # merged\n    source: "fn"',
  '  f#: { <<: *shared, source:   fn }',
  '  f# :\n    source:   \'fn\'\n    runtime: "nodejs24.x"\n    handler: a.b',
  '  f#:\n    <<: *shared\n    source: fn\n    description: >\n      a long\n      text\n',
  "  f#:\n    <<: *shared\n    source: fn\n    environment:\n      KEY: |\n        a\n          b\n\n      'QUOTED': 'it''s'",
  '  f#:\n    <<: *shared\n    source: fn\n    layers:\n    - arn:aws:lambda:eu-west-1:123456789012:layer:a:1',
  '  f#:\n    <<: *shared\n    source: fn\n    build: [a,   b]   # spaced\n    environment: {  AA:   "x"  ,BB: "y"}',
]
const between = ['', '\n', '\n\n  # of the next\n', '  # said\n', '\n    # deep\n']
const environments = [
  'environments:\n  dev: {region: eu-west-1}   # dev\n  # end\n',
  '\nenvironments:\n\n  # first\n  dev:\n    region:  eu-west-1\n\n    functions: {}\n\n# last\n',
  'environments:\n  dev: {}',
]

const written = fc
  .record({
    top: fc.constantFrom('', '# top\n\n', '---\n', '\uFEFF'),
    all: fc.array(fc.tuple(fc.constantFrom(...functions), fc.constantFrom(...between)), {
      minLength: 1,
      maxLength: 5,
    }),
    last: fc.constantFrom(...environments),
    eol: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ top, all, last, eol }) => {
    const shared = 'x-shared: &shared\n  runtime: nodejs24.x   # ours\n  handler: a.b\n\n'
    const entries = all.map(([entry, after], at) => `${entry.replace('f#', `f${at}`)}\n${after}`)
    const text = `${top}service:  shop   # it\n${shared}functions:\n  # begin\n${entries.join('')}${last}`
    return text.replaceAll('\n', eol)
  })

/** Tells whether all lines are there, in their order. */
function keeps(before: string, after: string): boolean {
  const lines = after.split('\n')
  let at = 0
  return before.split('\n').every((line, index, all) => {
    // A file without an end of its last line gets one there.
    const isLast = index === all.length - 1 && line !== ''
    const next = lines.findIndex(
      (each, place) => place >= at && (each === line || (isLast && each.trimEnd() === line)),
    )
    at = next + 1
    return next !== -1
  })
}

test('everything that a file has stays byte by byte: comments, order, spaces, line ends', () => {
  fc.assert(
    fc.property(written, fc.constantFrom('prod', 'dev'), (text, environment) => {
      const first = adopt(text, environment, ['Pay', 'Mail'])
      // Into a map on one line, an entry goes on that line.
      const isOnOneLine = (line: string) => environment === 'dev' && /^ +(?:dev|functions): ?\{/.test(line)
      const others = text.split('\n').filter((line) => !isOnOneLine(line))
      expect(keeps(others.join('\n'), first.text)).toBe(true)
      const again = adopt(first.text, environment, ['Mail', 'Pay'])
      expect(again.text).toBe(first.text)
      expect(again.names.every(({ isKnown }) => isKnown)).toBe(true)
      const more = adopt(first.text, environment, ['Pay', 'Late'])
      expect(
        keeps(
          first.text
            .split('\n')
            .filter((line) => !isOnOneLine(line))
            .join('\n'),
          more.text,
        ),
      ).toBe(true)
      expect(Object.keys(configFrom(more.text).functions)).toContain('Late')
    }),
    { numRuns: 60 },
  )
})

test('three environments of three outputs come into one file, and 200 functions into each', () => {
  const ids = Array.from({ length: 200 }, (_, at) => `Fn${at}`)
  const before = 'service: shop\n# ours\nfunctions: {}\nenvironments:\n  dev: {manages: code}\n'
  const all = ['dev', 'staging', 'prod'].reduce((text, stage) => adopt(text, stage, ids).text, before)
  expect(all).toContain('\nfunctions:\n  Fn0:\n    name: shop-dev-Fn0-7Yj3kQ9z\n')
  const config = configFrom(all)
  expect(Object.keys(config.functions)).toEqual(ids)
  expect(config.environments['prod']?.functions?.['Fn7']).toEqual({
    name: 'shop-prod-Fn7-7Yj3kQ9z',
    source: 'cdk.out#Shop-prod/Fn7',
  })
  expect(adopt(all, 'staging', ids).text).toBe(all)
})
