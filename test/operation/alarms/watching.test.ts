import { expect, test } from 'vitest'
import { alarmsOn, type Sighted, sightOf } from '../../../src/operation/alarms/watching.ts'

const watched = { lambdaName: 'shop', alias: 'live' }

function alarm(dimensions: Record<string, string>, more: Partial<Sighted> = {}): Sighted {
  const metric = { namespace: 'AWS/Lambda', name: 'Errors', dimensions }
  const { name = 'one' } = more
  return {
    name,
    arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`,
    condition: 'OK',
    metric,
    actionsAreOn: true,
    actions: ['arn:aws:sns:eu-west-1:123456789012:pages'],
    ...more,
  }
}

test('an alarm sees the alias, the whole function, or something else, and says what it misses', () => {
  const FunctionName = 'shop'
  expect(sightOf(alarm({ FunctionName, Resource: 'shop:live' }), watched)).toEqual({
    sees: 'alias',
    blind: [],
  })
  expect(sightOf(alarm({ FunctionName }), watched)).toEqual({
    sees: 'function',
    blind: ['it counts all versions and aliases together, so traffic past live hides or causes a fault'],
  })
  expect(sightOf(alarm({ FunctionName, Resource: 'shop:test' }), watched)).toEqual({
    sees: 'elsewhere',
    blind: ['it watches shop:test, and nothing of shop:live'],
  })
  expect(sightOf(alarm({ FunctionName, Resource: 'shop:live', ExecutedVersion: '7' }), watched)).toEqual({
    sees: 'elsewhere',
    blind: ['it watches version 7 alone, and no other candidate'],
  })
})

test('an alarm without data, with its actions off, or without any is told', () => {
  const dimensions = { FunctionName: 'shop', Resource: 'shop:live' }
  expect(
    sightOf(alarm(dimensions, { condition: 'INSUFFICIENT_DATA', actionsAreOn: false }), watched).blind,
  ).toEqual(['it has no data', 'its actions are switched off, so it informs nobody'])
  expect(sightOf(alarm(dimensions, { actions: [] }), watched).blind).toEqual([
    'it has no actions, so it informs nobody',
  ])
})

test('a composite alarm watches the function of an alarm that its rule names, by name or ARN', () => {
  const one = alarm({ FunctionName: 'shop' }, { name: 'one' })
  const { metric: _, ...rest } = alarm({}, { name: 'all', rule: 'ALARM("one") OR OK(two)' })
  const { metric: __, ...byArn } = alarm({}, { name: 'arn', rule: `NOT ALARM(${one.arn})` })
  const { metric: ___, ...other } = alarm({}, { name: 'other', rule: 'ALARM(onerous)' })
  const names = alarmsOn('shop', [one, rest, byArn, other, alarm({ FunctionName: 'shop2' }, { name: 'two' })])
  expect(names.map(({ name }) => name)).toEqual(['one', 'all', 'arn'])
})
