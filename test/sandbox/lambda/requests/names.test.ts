import { CreateAliasCommand, GetFunctionCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { account, arnOf, createActive, fault, publishVersions, region, startLambda } from '../sandbox.ts'

describe('a function reference', () => {
  test('is a name, a partial ARN or a full ARN, with or without a qualifier', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await publishVersions(client, 'shop', 1)
    await client.send(new CreateAliasCommand({ FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }))
    const references = [
      ['shop', '$LATEST', arnOf('shop')],
      [`${account}:function:shop`, '$LATEST', arnOf('shop')],
      [`function:shop`, '$LATEST', arnOf('shop')],
      [arnOf('shop'), '$LATEST', arnOf('shop')],
      [`${region}:${account}:function:shop`, '$LATEST', arnOf('shop')],
      ['shop:live', '1', `${arnOf('shop')}:live`],
      ['shop:1', '1', `${arnOf('shop')}:1`],
      ['shop:$LATEST', '$LATEST', `${arnOf('shop')}:$LATEST`],
      [`${arnOf('shop')}:live`, '1', `${arnOf('shop')}:live`],
    ]
    for (const [name, version, arn] of references) {
      const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: name }))
      expect(Configuration).toMatchObject({ Version: version, FunctionArn: arn })
    }
  })

  test('to nothing is not found, with the qualifier in the ARN where one was given', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const get = (FunctionName: string, Qualifier?: string) =>
      client.send(new GetFunctionCommand({ FunctionName, Qualifier }))
    const code = 'ResourceNotFoundException'
    await expect(get('some')).rejects.toMatchObject(fault(code, 404, `Function not found: ${arnOf('some')}`))
    await expect(get('some', '$LATEST')).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('some')}:$LATEST`),
    )
    await expect(get('shop', '1221')).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('shop')}:1221`),
    )
    await expect(get('shop', 'missing')).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('shop')}:missing`),
    )
    await expect(get('constructor')).rejects.toMatchObject(
      fault(code, 404, `Function not found: ${arnOf('constructor')}`),
    )
  })

  test('with a qualifier of a bad shape is a validation error', async () => {
    const { client } = await startLambda()
    await expect(
      client.send(new GetFunctionCommand({ FunctionName: 'shop', Qualifier: 'with-?-char' })),
    ).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        "1 validation error detected: Value 'with-?-char' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+",
      ),
    )
  })
})
