import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  GetPolicyCommand,
  type LambdaClient,
  PublishVersionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { account, createActive } from '../../sandbox.ts'
import type { Scenarios } from '../replay.ts'

function add(client: LambdaClient, FunctionName: string, other: Partial<AddPermissionCommandInput> = {}) {
  return client.send(
    new AddPermissionCommand({
      FunctionName,
      Action: 'lambda:InvokeFunction',
      StatementId: 's3',
      Principal: 's3.amazonaws.com',
      ...other,
    }),
  )
}

export const permissionCalls: Scenarios = {
  'TestLambdaPermissions::test_permission_exceptions': async ({ client, name, refused }) => {
    await createActive(client, name)
    const get = (asked: { FunctionName: string; Qualifier?: string }) =>
      client.send(new GetPolicyCommand(asked))
    const remove = (asked: { FunctionName: string; Qualifier?: string }) =>
      client.send(new RemovePermissionCommand({ ...asked, StatementId: 's3' }))
    await refused(add(client, name, { StatementId: 'example.com' }))
    await refused(add(client, `${name}:alias-not-42`, { Qualifier: '42' }))
    await refused(add(client, `${name}:$LATEST`, { Qualifier: '$LATEST' }))
    await refused(add(client, name, { Principal: 'invalid.nonaws.com', SourceAccount: account }))
    await refused(get({ FunctionName: 'doesnotexist' }))
    await refused(get({ FunctionName: name, Qualifier: '77' }))
    await refused(add(client, 'doesnotexist'))
    await refused(remove({ FunctionName: name }))
    await refused(add(client, `${name}:alias-doesnotexist`))
    await refused(add(client, name, { Qualifier: '42' }))
    await refused(add(client, name, { Qualifier: 'invalid-qualifier-with-?-char' }))
    await refused(add(client, name, { Qualifier: 'valid-with-$-but-doesnotexist' }))
    await add(client, name)
    await refused(add(client, name))
    await refused(remove({ FunctionName: 'doesnotexist' }))
    await refused(remove({ FunctionName: name, Qualifier: 'alias-doesnotexist' }))
  },
  'TestLambdaPermissions::test_remove_multi_permissions': async ({ client, name, refused }) => {
    await createActive(client, name)
    await add(client, name)
    await refused(
      client.send(new RemovePermissionCommand({ FunctionName: name, StatementId: 'non-existent' })),
    )
    await client.send(new RemovePermissionCommand({ FunctionName: name, StatementId: 's3' }))
    await refused(client.send(new GetPolicyCommand({ FunctionName: name })))
  },
  'TestLambdaPermissions::test_lambda_permission_versioning': async ({ client, name, refused }) => {
    await createActive(client, name)
    await add(client, name)
    await client.send(new PublishVersionCommand({ FunctionName: name }))
    await refused(client.send(new GetPolicyCommand({ FunctionName: name, Qualifier: '1' })))
  },
  'TestLambdaPermissions::test_lambda_permission_fn_versioning': async ({ client, name, refused }) => {
    await createActive(client, name)
    await add(client, name)
    await client.send(new PublishVersionCommand({ FunctionName: name }))
    await refused(client.send(new GetPolicyCommand({ FunctionName: name, Qualifier: '1' })))
    await client.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }))
    await refused(add(client, name, { Qualifier: 'live', RevisionId: 'wrong' }))
  },
  'TestLambdaPermissions::test_lambda_permission_revisions': async ({ client, name, refused }) => {
    await createActive(client, name)
    await client.send(new PublishVersionCommand({ FunctionName: name }))
    for (const Qualifier of [undefined, '1']) {
      await add(client, name, { Qualifier })
      const remove = { FunctionName: name, Qualifier, StatementId: 's3', RevisionId: 'wrong' }
      await refused(client.send(new RemovePermissionCommand(remove)))
    }
  },
}
