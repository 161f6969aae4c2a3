import { expect, test } from 'vitest'
import { ownerFrom, ownerOf } from '../../../src/release/values/owner.ts'

const stack = { 'aws:cloudformation:stack-name': 'shop-prod' }

test.each([
  [{ ...stack, 'lambda:createdBy': 'SAM' }, 'the SAM stack shop-prod'],
  [{ ...stack, 'aws:cloudformation:logical-id': 'Checkout9270CBC0' }, 'the CDK stack shop-prod'],
  [{ ...stack, 'aws:cloudformation:logical-id': 'Checkout' }, 'the CloudFormation stack shop-prod'],
  [{ ...stack, STAGE: 'prod' }, 'the Serverless Framework stack shop-prod'],
  [{ ManagedBy: 'terraform' }, 'Terraform'],
  [{ terraform: 'true' }, 'Terraform'],
  [{ managed_by: 'OpenTofu 1.9' }, 'OpenTofu'],
  [{ 'created-by': 'pulumi' }, 'Pulumi'],
  [{ repository: 'shop/terraform-shop' }, 'Terraform'],
])('by the tags %j it is %s', (tags, words) => {
  expect(ownerOf(tags)).toBe(words)
})

test.each([{}, { team: 'pulumi fans', Stage: 'prod' }, { ManagedBy: 'the payments team' }])(
  'the tags %j tell nothing',
  (tags) => {
    expect(ownerFrom(tags)).toBeUndefined()
  },
)

test('names the resource of a stack, and the tag that tells', () => {
  expect(ownerFrom({ ...stack, 'aws:cloudformation:logical-id': 'Checkout9270CBC0' })).toEqual({
    tool: 'CDK',
    stack: 'shop-prod',
    logicalId: 'Checkout9270CBC0',
    tag: 'aws:cloudformation:logical-id',
  })
})
