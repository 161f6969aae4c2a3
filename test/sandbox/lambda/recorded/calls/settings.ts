import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda'
import { createActive, functionInput } from '../../sandbox.ts'
import type { Scenarios, Stage } from '../replay.ts'

function create({ client, name }: Stage, other: Partial<CreateFunctionCommandInput>) {
  return client.send(new CreateFunctionCommand(functionInput(name, other)))
}

function update({ client, name }: Stage, other: Partial<UpdateFunctionConfigurationCommandInput>) {
  return client.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, ...other }))
}

/** Settings that a function can't have. */
export const settingCalls: Scenarios = {
  'TestLambdaFunction::test_create_lambda_exceptions': async (stage) => {
    const { refused } = stage
    await refused(create(stage, { Role: 'r1' }))
    await refused(create(stage, { Runtime: 'non-existent-runtime' as 'java21' }))
    await refused(create(stage, { Runtime: 'PYTHON3.9' as 'python3.9' }))
    await refused(create(stage, { Architectures: ['x86_64', 'arm64'] }))
    await refused(create(stage, { Architectures: ['X86_64' as 'x86_64'] }))
    await refused(create(stage, { Code: { ZipFile: Buffer.from('this is not a zipfile') } }))
  },
  'TestLambdaFunction::test_update_lambda_exceptions': async (stage) => {
    const { client, name, refused } = stage
    await createActive(client, name)
    await refused(update(stage, { Role: 'r1' }))
    await refused(update(stage, { Runtime: 'non-existent-runtime' as 'java21' }))
    await refused(update(stage, { Runtime: 'PYTHON3.9' as 'python3.9' }))
  },
  'TestLambdaFunction::test_invalid_vpc_config_subnet': async (stage) => {
    const { client, name, refused, taken } = stage
    await createActive(client, name)
    const subnets = (...SubnetIds: string[]) => update(stage, { VpcConfig: { SubnetIds } })
    // There are no subnets in the sandbox, so it can't know which ids exist.
    await taken(subnets('subnet-1'))
    await refused(subnets('bad-1'), { subnet_id_2: 'bad-1' })
  },
  'TestLambdaFunction::test_invalid_vpc_config_security_group': async (stage) => {
    const { client, name, refused, taken } = stage
    await createActive(client, name)
    const groups = (...SecurityGroupIds: string[]) => update(stage, { VpcConfig: { SecurityGroupIds } })
    // Nor are there security groups.
    await taken(groups('sg-1'))
    await refused(groups('bad-1'), { security_group_id_2: 'bad-1' })
  },
  'TestLambdaSizeLimits::test_large_environment_variables_fails': async (stage) => {
    const Variables = { LARGE_VAR: 'x'.repeat(4097 - '{"LARGE_VAR":""}'.length) }
    await stage.refused(create(stage, { Environment: { Variables } }))
  },
  'TestLambdaSizeLimits::test_large_environment_fails_multiple_keys': async (stage) => {
    const Variables = { SMALL_VAR: 'ok', LARGE_VAR: 'x'.repeat(4064) }
    await stage.refused(create(stage, { Environment: { Variables } }))
  },
}
