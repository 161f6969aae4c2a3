import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  GetPolicyCommand,
  type LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { account, arnOf, createActive, fault, publishVersions, revisionOf, startLambda } from '../sandbox.ts'

interface PolicyDocument {
  Statement: Record<string, unknown>[]
}

const add = (client: LambdaClient, input: Partial<AddPermissionCommandInput> = {}) =>
  client.send(
    new AddPermissionCommand({
      FunctionName: 'shop',
      StatementId: 's1',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      ...input,
    }),
  )
const policyOf = async (client: LambdaClient, Qualifier?: string) => {
  const { Policy, RevisionId } = await client.send(new GetPolicyCommand({ FunctionName: 'shop', Qualifier }))
  return { policy: JSON.parse(Policy ?? '') as PolicyDocument, RevisionId }
}

async function startShop() {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  await publishVersions(sandbox.client, 'shop', 1)
  await sandbox.client.send(
    new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }),
  )
  return sandbox
}

describe('a resource policy', () => {
  test('holds what was permitted, with its conditions', async () => {
    const { client } = await startShop()
    const SourceArn = 'arn:aws:s3:::bucket'
    const { Statement } = await add(client, { SourceArn, SourceAccount: account })
    const { policy, RevisionId } = await policyOf(client)
    expect(policy).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 's1',
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arnOf('shop'),
          Condition: {
            StringEquals: { 'AWS:SourceAccount': account },
            ArnLike: { 'AWS:SourceArn': SourceArn },
          },
        },
      ],
    })
    expect(JSON.parse(Statement ?? '')).toEqual(policy.Statement[0])
    expect(RevisionId).toBe(await revisionOf(client, 'shop'))
  })

  test.each([
    ['*', '*'],
    [account, { AWS: `arn:aws:iam::${account}:root` }],
    [`arn:aws:iam::${account}:role/app`, { AWS: `arn:aws:iam::${account}:role/app` }],
  ])('writes the principal %s as a policy does', async (Principal, written) => {
    const { client } = await startShop()
    await add(client, { Principal })
    expect((await policyOf(client)).policy.Statement[0]?.['Principal']).toEqual(written)
  })

  test('has an authentication type for calls of a URL only', async () => {
    const { client } = await startShop()
    await expect(add(client, { FunctionUrlAuthType: 'NONE' })).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action',
      ),
    )
  })

  test('is one for each qualifier', async () => {
    const { client } = await startShop()
    await add(client, { Qualifier: 'live' })
    const { policy } = await policyOf(client, 'live')
    expect(policy.Statement[0]?.['Resource']).toBe(`${arnOf('shop')}:live`)
    await expect(policyOf(client)).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, 'The resource you requested does not exist.'),
    )
  })

  test('without statements is not there', async () => {
    const { client } = await startShop()
    await add(client)
    const remove = (StatementId: string) =>
      client.send(new RemovePermissionCommand({ FunctionName: 'shop', StatementId }))
    await expect(remove('non-existent')).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, 'Statement non-existent is not found in resource policy.'),
    )
    await remove('s1')
    await expect(policyOf(client)).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, 'The resource you requested does not exist.'),
    )
    await expect(remove('s1')).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, 'No policy is associated with the given resource.'),
    )
  })

  test('is fenced by a revision id that every change renews', async () => {
    const { client } = await startShop()
    const RevisionId = await revisionOf(client, 'shop')
    await add(client, { RevisionId })
    await expect(add(client, { StatementId: 's2', RevisionId })).rejects.toMatchObject(
      fault(
        'PreconditionFailedException',
        412,
        'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
      ),
    )
  })

  const refusals: [string, Partial<AddPermissionCommandInput>, string, number, string][] = [
    [
      '$LATEST',
      { Qualifier: '$LATEST' },
      'InvalidParameterValueException',
      400,
      'We currently do not support adding policies for $LATEST.',
    ],
    [
      'a principal of no known kind',
      { Principal: 'invalid.nonaws.com' },
      'InvalidParameterValueException',
      400,
      'The provided principal was invalid. Please check the principal and try again.',
    ],
    [
      'a statement id with a dot',
      { StatementId: 'example.com' },
      'ValidationException',
      400,
      "1 validation error detected: Value 'example.com' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
    ],
    [
      'a function that is not there',
      { FunctionName: 'doesnotexist' },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('doesnotexist')}`,
    ],
    [
      'an alias that is not there',
      { Qualifier: 'alias-doesnotexist' },
      'ResourceNotFoundException',
      404,
      `Cannot find alias arn: ${arnOf('shop')}:alias-doesnotexist`,
    ],
    [
      'a version that is not there',
      { Qualifier: '42' },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('shop')}:42`,
    ],
    [
      'a qualifier with a dollar sign',
      { Qualifier: 'valid-with-$-but-doesnotexist' },
      'ResourceNotFoundException',
      404,
      `Function not found: ${arnOf('shop')}:valid-with-$-but-doesnotexist`,
    ],
    [
      'a statement id that is taken',
      { StatementId: 'taken' },
      'ResourceConflictException',
      409,
      'The statement id (taken) provided already exists. Please provide a new statement id, or remove the existing statement.',
    ],
  ]
  test.each(refusals)('refuses %s', async (_what, input, code, status, message) => {
    const { client } = await startShop()
    await add(client, { StatementId: 'taken' })
    await expect(add(client, input)).rejects.toMatchObject(fault(code, status, message))
  })
})
