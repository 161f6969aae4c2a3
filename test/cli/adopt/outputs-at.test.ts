import { expect, test } from 'vitest'
import type { AskedFunctions } from '../../../src/cli/adopt/asked-functions.ts'
import { outputsAt } from '../../../src/cli/adopt/outputs-at.ts'

const asked = (outputs: AskedFunctions['outputs'], stacks: readonly string[] = []): AskedFunctions => ({
  outputs,
  wanted: { names: [], stacks, tags: {}, isWhole: false },
  left: [],
})

test('divides the functions of an output by their Region and account, and names those for others', () => {
  const file = 'cdk.out'
  const all = [
    { file, logicalId: 'Here', region: 'eu-west-1', account: '123456789012' },
    { file, logicalId: 'Anywhere' },
    { file, logicalId: 'OtherRegion', region: 'us-east-1' },
    { file, logicalId: 'AnotherThere', region: 'us-east-1' },
    { file, logicalId: 'OtherAccount', region: 'eu-west-1', account: '210987654321' },
  ]
  const at = (place: Parameters<typeof outputsAt>[1]) => outputsAt(asked(all), place)
  const { here, elsewhere } = at({ region: 'eu-west-1', account: '123456789012' })
  expect(here.map(({ logicalId }) => logicalId)).toEqual(['Here', 'Anywhere'])
  const thisPlace = 'and this is eu-west-1, account 123456789012'
  expect(elsewhere).toEqual([
    { file, what: 'OtherRegion, AnotherThere', why: `for us-east-1, ${thisPlace}` },
    { file, what: 'OtherAccount', why: `for eu-west-1, account 210987654321, ${thisPlace}` },
  ])
  expect(at({ region: 'eu-west-1' }).here).toHaveLength(3)
  expect(at(undefined).here).toHaveLength(5)
})

test("a stack that a person named may be in another Region than a project's default one", () => {
  const outputs = [
    { file: 'sam', logicalId: 'Pay', stack: 'shop', region: 'eu-west-1', isDefaultStack: true as const },
  ]
  const there = { region: 'us-east-1' }
  expect(outputsAt(asked(outputs), there).here).toEqual([])
  expect(outputsAt(asked(outputs, ['shop-dev']), there)).toMatchObject({
    here: [{ logicalId: 'Pay' }],
    elsewhere: [],
  })
})
