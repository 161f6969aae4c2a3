import { expect, test } from 'vitest'
import { chosenFunctions, leftOf, numbersIn } from '../../../src/cli/adopt/chosen-functions.ts'

const functions = ['Pay', 'Mail', 'PayBack'].map((logicalId) => ({
  logicalId,
  lambdaName: `shop-${logicalId}-x`,
  isNamed: false,
}))
const idsOf = (names: string[]) => chosenFunctions(functions, names).map(({ logicalId }) => logicalId)

test('functions are chosen by id, by name in Lambda and by pattern, in their own order', () => {
  expect(idsOf([])).toEqual(['Pay', 'Mail', 'PayBack'])
  expect(idsOf(['shop-Mail-x', 'Pay'])).toEqual(['Pay', 'Mail'])
  expect(idsOf(['Pay*'])).toEqual(['Pay', 'PayBack'])
  expect(() => idsOf(['Pay', 'Gone'])).toThrow('No function fits --function Gone.')
})

test.each([
  ['', [0, 1, 2]],
  ['2', [1]],
  ['3 1', [0, 2]],
  ['1-2, 2', [0, 1]],
  ['0', undefined],
  ['4', undefined],
  ['3-2', undefined],
  ['all', undefined],
])('a person types %j', (typed, numbers) => {
  expect(numbersIn(typed, 3)).toEqual(numbers)
})

test('advice for the tool is told of each function, and a setting only of one that lambdactl manages as a whole', () => {
  const [pay] = functions.map((each) => ({
    ...each,
    fields: { bundle: false },
    left: [
      { what: 'fn', file: 'tf.json', why: 'add lifecycle', isAdvice: true as const },
      { what: 'Url', file: 'tf.json', why: 'has no field' },
    ],
  }))
  const whyOf = (manages: 'code' | 'function') => leftOf(pay ? [pay] : [], manages)
  expect(whyOf('code')).toEqual([{ what: 'fn', file: 'tf.json', why: 'add lifecycle' }])
  expect(whyOf('function').map(({ why }) => why)).toEqual(['add lifecycle', 'has no field'])
})
