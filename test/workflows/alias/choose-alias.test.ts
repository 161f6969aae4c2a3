import { expect, test } from 'vitest'
import { chooseAlias } from '../../../src/workflows/alias/choose-alias.ts'
import { failureOf } from '../../config/config-from.ts'

const alias = (name: string) => ({ name, version: '1', description: '', revisionId: 'r' })
const choose = (names: string[], asked?: string, ofEnvironment?: string) =>
  chooseAlias('shop', names.map(alias), { asked, ofEnvironment })

test('the only alias is taken, and live where there is none', () => {
  expect(choose(['prod'])).toEqual({ name: 'prod', state: alias('prod') })
  expect(choose([])).toEqual({ name: 'live', state: undefined })
})

test('of several the one that is asked for is taken, or that of the environment', () => {
  expect(choose(['blue', 'green'], 'green').state?.name).toBe('green')
  expect(choose(['blue', 'live'], undefined, 'live').state?.name).toBe('live')
})

test('where there is none yet, the one that is asked for will be created', () => {
  expect(choose([], 'main')).toEqual({ name: 'main', state: undefined })
})

test.each([
  [
    'several, none of them asked for',
    ['b', 'a'],
    undefined,
    undefined,
    'USAGE',
    'shop has several aliases: a, b.',
  ],
  [
    'another than the one that is asked for',
    ['a'],
    'x',
    undefined,
    'NOT_FOUND',
    'shop has no alias x: it has a.',
  ],
  [
    'another than the environment',
    ['a'],
    undefined,
    'live',
    'NOT_FOUND',
    'shop has no alias live: it has a.',
  ],
  [
    'one that the environment does not have',
    ['a'],
    'a',
    'live',
    'USAGE',
    'The environment uses the alias live for all its functions: expected that alias, got --alias a.',
  ],
])('%s is refused', (_what, names, asked, ofEnvironment, code, message) => {
  expect(failureOf(() => choose(names, asked, ofEnvironment))).toMatchObject({ code, message })
})
