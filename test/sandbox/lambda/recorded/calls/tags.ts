import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type LambdaClient,
  ListTagsCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { account, arnOf, createActive, functionInput, region } from '../../sandbox.ts'
import type { Scenario, Scenarios } from '../replay.ts'

function tag(client: LambdaClient, Resource: string, Tags: Record<string, string> = { a: 'b' }) {
  return client.send(new TagResourceCommand({ Resource, Tags }))
}

/** All operations on a resource that is not there, then its ARN with a qualifier, then one of an unknown kind. */
function missing(kind: string, id: string): Scenario {
  return async ({ client, refused }) => {
    const said = { 'resource-name': id }
    const arn = `arn:aws:lambda:${region}:${account}:${kind}:${id}`
    await refused(tag(client, arn), said)
    await refused(client.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a'] })), said)
    await refused(client.send(new ListTagsCommand({ Resource: arn })), said)
    await refused(tag(client, `${arn}:alias`), said)
    await refused(tag(client, `arn:aws:lambda:${region}:${account}:foobar:${id}`), said)
  }
}

function tagsOf(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']))
}

export const tagCalls: Scenarios = {
  'TestLambdaTag::test_tag_exceptions[lambda_function]': missing('function', 'i-dont-exist'),
  'TestLambdaTag::test_tag_exceptions[event_source_mapping]': missing(
    'event-source-mapping',
    '41f0b6cf-1fc5-4f8b-9c0a-5f2a3d1e6b7c',
  ),
  'TestLambdaTag::test_tag_exceptions[capacity_provider]': missing('capacity-provider', 'i-dont-exist'),
  'TestLambdaTag::test_tag_nonexisting_resource': async ({ client, name, refused }) => {
    const Resource = arnOf(name)
    await refused(tag(client, Resource))
    await refused(client.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] })))
    await refused(client.send(new ListTagsCommand({ Resource })))
  },
  'TestLambdaTags::test_tag_exceptions': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(tag(client, 'arn:aws:something'))
    await refused(tag(client, arnOf('doesnotexist')))
    await refused(tag(client, `${arnOf(name)}:v1`))
    await refused(client.send(new UntagResourceCommand({ Resource: arnOf(name), TagKeys: [] })))
    await refused(tag(client, arnOf(name), {}))
  },
  'TestLambdaTags::test_tag_limits': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(tag(client, arnOf(name), tagsOf(51)))
    await tag(client, arnOf(name), tagsOf(50))
    await refused(tag(client, arnOf(name)))
    await refused(client.send(new CreateFunctionCommand(functionInput(`${name}-more`, { Tags: tagsOf(51) }))))
  },
  'TestLambdaTags::test_tag_versions': async ({ client, name, refused }) => {
    await createActive(client, name)
    await client.send(new PublishVersionCommand({ FunctionName: name }))
    await refused(tag(client, `${arnOf(name)}:1`))
    await refused(tag(client, `${arnOf(name)}:$LATEST`))
  },
  'TestLambdaTags::test_tag_lifecycle': async ({ client, name, refused }) => {
    await createActive(client, name, { Tags: { a: 'b' } })
    await client.send(new DeleteFunctionCommand({ FunctionName: name }))
    await refused(client.send(new ListTagsCommand({ Resource: arnOf(name) })))
  },
}
