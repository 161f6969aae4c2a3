import { expect, test } from 'vitest'
import { entryFields } from '../../../src/workflows/adoption/entry-fields.ts'

const deployed = { memory: 512, bundle: false, environment: { TOKEN: 'hush', PRICE: '$${x}' } }

test("AWS's settings win over those of a tool's file, except references to values", () => {
  const told = {
    memory: 128,
    tags: { a: 'b' },
    environment: { TOKEN: '${ssm:/token}', PRICE: '$${y}', GONE: '${ssm:/g}' },
  }
  expect(entryFields(deployed, told, false)).toEqual({
    memory: 512,
    tags: { a: 'b' },
    bundle: false,
    environment: { TOKEN: '${ssm:/token}', PRICE: '$${x}' },
  })
})

test('a source of its own is packaged as its file tells, and not as the deployed code', () => {
  expect(entryFields(deployed, { bundle: { format: 'cjs' } }, true)).toMatchObject({
    bundle: { format: 'cjs' },
  })
  expect(entryFields(deployed, {}, true)).not.toHaveProperty('bundle')
})

test('a setting that AWS has at its default is not that of the file; what no version keeps is', () => {
  const told = { timeout: '3s', memory: 1024, environment: { A: 'x' } }
  expect(entryFields({}, told, true)).toEqual({})
  const logs = { logs: { format: 'JSON', retention: '7d' } }
  expect(entryFields({}, logs, true)).toEqual({ logs: { retention: '7d' } })
  expect(entryFields({ logs: { level: 'WARN' } }, logs, true)).toEqual({
    logs: { level: 'WARN', retention: '7d' },
  })
})
