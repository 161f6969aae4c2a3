import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import {
  account,
  arnOf,
  createActive,
  fault,
  functionInput,
  publishVersions,
  region,
  startLambda,
} from '../sandbox.ts'

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

  test('must not say two qualifiers', async () => {
    const { client } = await startLambda()
    await expect(
      client.send(new GetFunctionCommand({ FunctionName: 'shop:1', Qualifier: '$LATEST' })),
    ).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        'The derived qualifier from the function name does not match the specified qualifier.',
      ),
    )
  })

  test('to another Region is not reachable, and to another account is denied', async () => {
    const { client } = await startLambda()
    const elsewhere = `arn:aws:lambda:ap-southeast-1:${account}:function:shop`
    await expect(
      client.send(new GetFunctionConfigurationCommand({ FunctionName: elsewhere })),
    ).rejects.toMatchObject(
      fault(
        'ResourceNotFoundException',
        404,
        "Functions from 'ap-southeast-1' are not reachable in this region ('eu-west-1')",
      ),
    )
    await expect(
      client.send(new GetFunctionCommand({ FunctionName: '111111111111:function:shop' })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } })
  })

  test('of a bad shape is a validation error with the pattern', async () => {
    const { client } = await startLambda()
    await expect(
      client.send(new CreateFunctionCommand(functionInput('invalid:function:name'))),
    ).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        "1 validation error detected: Value 'invalid:function:name' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
      ),
    )
  })

  test('has a name of at most 64 characters and is at most 140 long', async () => {
    const { client } = await startLambda()
    const long = 'a'.repeat(65)
    await expect(client.send(new CreateFunctionCommand(functionInput(long)))).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        `1 validation error detected: Value '${long}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    )
    await expect(
      client.send(new CreateFunctionCommand(functionInput(arnOf('a'.repeat(100))))),
    ).rejects.toMatchObject(
      fault('ValidationException', 400, /Member must have length less than or equal to 140$/),
    )
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
