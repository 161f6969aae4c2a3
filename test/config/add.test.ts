import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withFunction } from '../../src/config/add.ts'
import { parseConfig } from '../../src/config/parse.ts'

const template = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../templates', name, 'lambdactl.yaml'), 'utf8')

const text = `# our shop
service: shop
functions:
  # the first one
  checkout: { source: functions/checkout, runtime: nodejs24.x, handler: index.handler } # keep

environments:
  prod: # careful
    region: eu-west-1
    role: arn:aws:iam::123456789012:role/shop
`
const added = (name: string, from = text) =>
  withFunction({
    config: parseConfig(from, { path: '/shop/lambdactl.yaml' }),
    text: from,
    name,
    template: template('node').replaceAll(/\bhello\b(?!-service)/g, name),
  })

test('a function is added behind the others; every other byte stays', () => {
  const lines = added('report').split('\n')
  const at = lines.indexOf('  report:')
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('    '))
  expect([...lines.slice(0, at), ...lines.slice(end)].join('\n')).toBe(text)
  const { functions } = parseConfig(added('report'), { path: '/shop/lambdactl.yaml' })
  expect(functions['report']).toMatchObject({
    source: 'functions/report',
    memory: 256,
    release: { smoke: { event: 'events/report.json' } },
  })
})

test('a name that the file has, or that Lambda can not have, is refused', () => {
  expect(() => added('checkout')).toThrow('has a function checkout already')
  expect(() => added('r'.repeat(60))).toThrow(/at most 64/)
})
