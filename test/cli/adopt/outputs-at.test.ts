import { expect, test } from 'vitest'
import { outputsAt } from '../../../src/cli/adopt/outputs-at.ts'

test('leaves out the functions of an output that are for another Region or account', () => {
  const all = [
    { logicalId: 'Here', region: 'eu-west-1', account: '123456789012' },
    { logicalId: 'Anywhere' },
    { logicalId: 'OtherRegion', region: 'us-east-1' },
    { logicalId: 'OtherAccount', region: 'eu-west-1', account: '210987654321' },
  ]
  const idsAt = (place: Parameters<typeof outputsAt>[1]) =>
    outputsAt({ outputs: all, stacks: [] }, place).map((each) => each.logicalId)
  expect(idsAt({ region: 'eu-west-1', account: '123456789012' })).toEqual(['Here', 'Anywhere'])
  expect(idsAt({ region: 'eu-west-1' })).toEqual(['Here', 'Anywhere', 'OtherAccount'])
  expect(idsAt(undefined)).toHaveLength(4)
})

test("a stack that a person named may be in another Region than a project's default one", () => {
  const outputs = [{ logicalId: 'Pay', stack: 'shop', region: 'eu-west-1', isDefaultStack: true as const }]
  const here = { region: 'us-east-1' }
  expect(outputsAt({ outputs, stacks: [] }, here)).toEqual([])
  expect(outputsAt({ outputs, stacks: ['shop-dev'] }, here)).toEqual(outputs)
})
