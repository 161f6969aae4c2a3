import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { expect, onTestFinished, test } from 'vitest'
import { cloudFormationService } from '../../../src/sandbox/stacks/cloudformation.ts'
import type { LambdaView } from '../../../src/sandbox/stacks/tagged-functions.ts'
import { taggingService } from '../../../src/sandbox/stacks/tagging.ts'
import { clientSettings, serve } from '../serve.ts'

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`

/** 120 functions of a stack, one of another, and one of none. */
const view: LambdaView = {
  async functions() {
    const tagged = (name: string, stack: string) => ({
      name,
      arn: arnOf(name),
      tags: {
        'aws:cloudformation:stack-name': stack,
        'aws:cloudformation:logical-id': `Id${name}`,
        team: 'a',
      },
    })
    const many = Array.from({ length: 120 }, (_, at) => tagged(`f${at}`, 'shop'))
    return [...many, tagged('other', 'other'), { name: 'free', arn: arnOf('free'), tags: {} }]
  },
  aliases: async (_, name) => (name === 'f7' ? [{ Name: 'live', AliasArn: `${arnOf(name)}:live` }] : []),
}

async function clients() {
  const server = await serve([cloudFormationService(view), taggingService(view)], '123456789012')
  const stacks = new CloudFormationClient(clientSettings(server.endpoint))
  const tagging = new ResourceGroupsTaggingAPIClient(clientSettings(server.endpoint))
  onTestFinished(async () => {
    stacks.destroy()
    tagging.destroy()
    await server.close()
  })
  return { stacks, tagging }
}

test('a stack has the functions with its tag and their aliases, in pages', async () => {
  const { stacks: client } = await clients()
  const pages = await Array.fromAsync(paginateListStackResources({ client }, { StackName: 'shop' }))
  const found = pages.flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries)
  expect(pages.map(({ StackResourceSummaries }) => StackResourceSummaries?.length)).toEqual([100, 21])
  expect(found.find(({ LogicalResourceId }) => LogicalResourceId === 'Idf7')).toMatchObject({
    PhysicalResourceId: 'f7',
    ResourceType: 'AWS::Lambda::Function',
    ResourceStatus: 'CREATE_COMPLETE',
  })
  expect(found.find(({ ResourceType }) => ResourceType === 'AWS::Lambda::Alias')).toMatchObject({
    PhysicalResourceId: `${arnOf('f7')}:live`,
  })
  const one = { StackName: 'other', LogicalResourceId: 'Idother' }
  const { StackResources } = await client.send(new DescribeStackResourcesCommand(one))
  expect(StackResources).toMatchObject([{ StackName: 'other', PhysicalResourceId: 'other' }])
  const { Stacks } = await client.send(new DescribeStacksCommand({}))
  expect(Stacks?.map(({ StackName }) => StackName)).toEqual(['shop', 'other'])
  await expect(client.send(new DescribeStacksCommand({ StackName: 'gone' }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id gone does not exist',
  })
})

test('the tagging API finds functions by all tags that are asked for, in pages', async () => {
  const { tagging: client } = await clients()
  const names = async (filters: { Key: string; Values?: string[] }[]) => {
    const input = { TagFilters: filters, ResourceTypeFilters: ['lambda:function'], ResourcesPerPage: 50 }
    const pages = await Array.fromAsync(paginateGetResources({ client }, input))
    return pages.map(({ ResourceTagMappingList = [] }) => ResourceTagMappingList.length)
  }
  expect(await names([{ Key: 'team' }])).toEqual([50, 50, 21])
  expect(await names([])).toEqual([50, 50, 21])
  expect(await names([{ Key: 'constructor' }])).toEqual([0])
  const stack = { Key: 'aws:cloudformation:stack-name', Values: ['other', 'third'] }
  expect(await names([{ Key: 'team', Values: ['a'] }, stack])).toEqual([1])
  expect(await names([{ Key: 'team', Values: ['b'] }])).toEqual([0])
})
