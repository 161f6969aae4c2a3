import { expect, test } from 'vitest'
import { namedRegion } from '../../../src/cli/adopt/named-region.ts'
import { failureOf } from '../../config/config-from.ts'

const arn = (region: string) => `arn:aws:cloudformation:${region}:123456789012:stack/shop/1a2b`
const asked = (regions: readonly (string | undefined)[], stacks: readonly string[] = []) => ({
  outputs: regions.map((region, at) => ({
    file: 'cdk.out',
    logicalId: `F${at}`,
    ...(region !== undefined && { region }),
  })),
  wanted: { names: [], stacks, tags: {}, isWhole: false },
  left: [],
})

test.each([
  ['none', asked([undefined]), undefined],
  ['of some functions', asked([undefined, 'eu-west-1', 'eu-west-1']), 'eu-west-1'],
  ["of a stack's ARN", asked([], ['shop', arn('us-east-1')]), 'us-east-1'],
  ['of both', asked(['us-east-1'], [arn('us-east-1')]), 'us-east-1'],
])('the Region that outputs and stacks name: %s', (_, given, expected) => {
  expect(namedRegion(given)).toBe(expected)
})

test('several Regions are named, with the flag that chooses one', () => {
  const { code, message, next } = failureOf(() => namedRegion(asked(['us-east-1', 'eu-west-1'])))
  expect(code).toBe('USAGE')
  expect(message).toBe(
    'Expected functions of one Region, and cdk.out has some for each of eu-west-1, us-east-1.',
  )
  expect(next).toEqual(['Choose one: --region eu-west-1, or --region us-east-1.'])
})

test("the Region of a project's default stack does not count beside a stack that a person named", () => {
  const given = asked(['eu-west-1'], ['shop-dev'])
  const outputs = given.outputs.map((each) => ({ ...each, isDefaultStack: true as const }))
  expect(namedRegion({ ...given, outputs })).toBeUndefined()
})
