import { expect, test } from 'vitest'
import { type FunctionsToFind, findFunctions } from '../../../src/workflows/adoption/find-functions.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, type World, world } from '../world.ts'

const nothing: FunctionsToFind = { names: [], outputs: [], stacks: [], tags: {}, isWhole: false }

const arnOf = (stack: string) => `arn:aws:cloudformation:eu-west-1:123456789012:stack/${stack}/1a2b`

/** A function with the tags that CloudFormation gives. */
function inStack(made: World, stack: string, logicalId: string, lambdaName: string) {
  const tags = {
    'aws:cloudformation:stack-name': stack,
    'aws:cloudformation:stack-id': arnOf(stack),
    'aws:cloudformation:logical-id': logicalId,
  }
  made.functions.state.set(lambdaName, { ...readyFunction(lambdaName), tags })
}

/** The caller may not make these calls. */
function forbid(made: World, ...names: string[]) {
  made.calls.faults.push(({ name }) =>
    names.includes(name) ? { error: awsError('NOT_PERMITTED', `${name} is not permitted`) } : undefined,
  )
}

const namesOf = async (made: World, wanted: Partial<FunctionsToFind>) =>
  (await findFunctions(made.run, { ...nothing, ...wanted })).functions.map(
    ({ logicalId, lambdaName }) => `${logicalId} ${lambdaName}`,
  )

test('functions of names, outputs and stacks come once each, with all that an output tells', async () => {
  const made = world()
  made.stacks.set('shop', [
    { logicalId: 'Pay', lambdaName: 'shop-Pay-1' },
    { logicalId: 'Mail', lambdaName: 'shop-Mail-2' },
  ])
  const outputs = [
    { logicalId: 'Pay', stack: 'shop', source: { path: '/cdk.out', part: 'shop/Pay' } },
    { logicalId: 'New', stack: 'shop' },
    { logicalId: 'Other', stack: 'not-deployed' },
    { logicalId: 'Named', lambdaName: 'named' },
  ]
  const found = await findFunctions(made.run, {
    ...nothing,
    names: ['named', 'x'],
    outputs,
    stacks: ['shop'],
  })
  expect(found.undeployed).toEqual(['New', 'Other'])
  expect(found.functions).toMatchObject([
    { logicalId: 'Pay', lambdaName: 'shop-Pay-1', source: { part: 'shop/Pay' }, isNamed: false },
    { logicalId: 'Named', lambdaName: 'named', isNamed: false },
    { logicalId: 'x', lambdaName: 'x', isNamed: true },
    { logicalId: 'Mail', lambdaName: 'shop-Mail-2', isNamed: false },
  ])
  expect(found.functions).toHaveLength(4)
})

test('without the permission to read a stack its functions are found by their tags', async () => {
  const made = world()
  inStack(made, 'shop', 'Pay', 'shop-Pay-1')
  inStack(made, 'other', 'Pay', 'other-Pay-1')
  forbid(made, 'stacks.functions')
  expect(await namesOf(made, { stacks: ['shop'] })).toEqual(['Pay shop-Pay-1'])
  expect(await namesOf(made, { stacks: [arnOf('shop')] })).toEqual(['Pay shop-Pay-1'])
  forbid(made, 'tags.functions')
  expect(await namesOf(made, { stacks: ['shop'] })).toEqual(['Pay shop-Pay-1'])
  expect(await namesOf(made, { tags: { 'aws:cloudformation:stack-name': 'other' } })).toEqual([
    'Pay other-Pay-1',
  ])
  const failure = await failureOf(findFunctions(made.run, { ...nothing, stacks: ['gone'] }))
  expect(failure).toMatchObject({ code: 'NOT_PERMITTED', message: 'stacks.functions is not permitted' })
})

test('where nobody named a place all functions of the account are there to choose from', async () => {
  const made = world()
  for (const name of ['a', 'b']) made.functions.state.set(name, readyFunction(name))
  expect(await namesOf(made, { isWhole: true })).toEqual(['a a', 'b b'])
  expect(await namesOf(made, { outputs: [] })).toEqual([])
})

test('a function of a nested stack gets the name that this stack knows, and not that of another with its id', async () => {
  const made = world()
  made.stacks.set('shop', [
    { logicalId: 'Refund', nested: ['Old'], lambdaName: 'shop-Old-Refund' },
    { logicalId: 'Refund', nested: [], lambdaName: 'shop-Refund' },
    { logicalId: 'Refund', nested: ['New'], lambdaName: 'shop-New-Refund' },
  ])
  const outputs = [['New'], [], ['Gone']].map((nested) => ({ logicalId: 'Refund', stack: 'shop', nested }))
  expect(await namesOf(made, { outputs })).toEqual(['Refund shop-New-Refund', 'Refund shop-Refund'])
  expect((await findFunctions(made.run, { ...nothing, outputs })).undeployed).toEqual(['Refund'])
})

test('a name that a source file leaves open comes from the stack that was asked for, once', async () => {
  const made = world()
  made.stacks.set('shop', [{ logicalId: 'Pay', lambdaName: 'shop-Pay-1' }])
  const outputs = [{ logicalId: 'Pay', source: { path: '/shop/pay' } }]
  const { functions, undeployed } = await findFunctions(made.run, { ...nothing, outputs, stacks: ['shop'] })
  expect(functions).toEqual([{ ...outputs[0], lambdaName: 'shop-Pay-1', isNamed: false }])
  expect(undeployed).toEqual([])
})

test("a stack that was asked for wins over the default one of a tool's project, and not over that of an output", async () => {
  const made = world()
  made.stacks.set('shop', [{ logicalId: 'Pay', lambdaName: 'shop-Pay-1' }])
  made.stacks.set('shop-dev', [{ logicalId: 'Pay', lambdaName: 'shop-dev-Pay-2' }])
  const ofProject = [{ logicalId: 'Pay', stack: 'shop', isDefaultStack: true as const }]
  expect(await namesOf(made, { outputs: ofProject })).toEqual(['Pay shop-Pay-1'])
  expect(await namesOf(made, { outputs: ofProject, stacks: ['shop-dev'] })).toEqual(['Pay shop-dev-Pay-2'])
  const ofOutput = [{ logicalId: 'Pay', stack: 'shop' }]
  expect(await namesOf(made, { outputs: ofOutput, stacks: ['shop-dev'] })).toEqual([
    'Pay shop-Pay-1',
    'Pay shop-dev-Pay-2',
  ])
})
