import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  GetPolicyCommand,
  type LambdaClient,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createActive, functionInput, revisionOf, settled, startLambda } from '../sandbox.ts'
import { handlerZip } from '../zip.ts'

// The revision ids that AWS renews, and those that it keeps, as recorded by LocalStack's tests of function revisions.

const shop = { FunctionName: 'shop' }
const permission = { ...shop, StatementId: 's3' }

/** Whether the revision id of `$LATEST`, or of a version, is another one after the call. */
async function renews(client: LambdaClient, call: () => Promise<unknown>, qualifier?: string) {
  const before = await revisionOf(client, 'shop', qualifier)
  await call()
  return (await revisionOf(client, 'shop', qualifier)) !== before
}

test('a creation and each update renew the id of $LATEST when they begin and when they are done', async () => {
  const { client } = await startLambda()
  const created = await client.send(new CreateFunctionCommand(functionInput('shop')))
  const seen = [created.RevisionId]
  const settle = async () => {
    await settled(client, 'shop')
    seen.push(await revisionOf(client, 'shop'))
  }
  await settle()
  const code = { ...shop, ZipFile: handlerZip('two'), RevisionId: seen.at(-1) }
  seen.push((await client.send(new UpdateFunctionCodeCommand(code))).RevisionId)
  await settle()
  const settings = { ...shop, Timeout: 9, RevisionId: seen.at(-1) }
  seen.push((await client.send(new UpdateFunctionConfigurationCommand(settings))).RevisionId)
  await settle()
  expect(seen).toHaveLength(6)
  expect(new Set(seen).size).toBe(6)
})

test('a publication renews the id of $LATEST once, and an alias renews only its own', async () => {
  const { client } = await startLambda()
  await createActive(client, 'shop')
  const publish = () => client.send(new PublishVersionCommand(shop))
  expect(await renews(client, publish)).toBe(true)
  const alias = { ...shop, Name: 'live' }
  const ids: (string | undefined)[] = []
  const create = async () => {
    ids.push((await client.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }))).RevisionId)
  }
  expect(await renews(client, create)).toBe(false)
  const update = async () => {
    const changed = { ...alias, Description: 'changed', RevisionId: ids.at(-1) }
    ids.push((await client.send(new UpdateAliasCommand(changed))).RevisionId)
  }
  expect(await renews(client, update, '1')).toBe(false)
  expect(await renews(client, update)).toBe(false)
  expect(new Set(ids).size).toBe(3)
  expect(ids).not.toContain(await revisionOf(client, 'shop', '1'))
})

test('a permission renews the id of its function, and the policy has the same one', async () => {
  const { client } = await startLambda()
  await createActive(client, 'shop')
  const add = () =>
    client.send(
      new AddPermissionCommand({
        ...permission,
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    )
  expect(await renews(client, add)).toBe(true)
  const { RevisionId } = await client.send(new GetPolicyCommand(shop))
  expect(RevisionId).toBe(await revisionOf(client, 'shop'))
  const remove = () => client.send(new RemovePermissionCommand({ ...permission, RevisionId }))
  expect(await renews(client, remove)).toBe(true)
})
