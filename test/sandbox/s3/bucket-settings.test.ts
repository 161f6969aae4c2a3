import {
  DeleteBucketTaggingCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runS3 } from './running-s3.ts'

const place = { Bucket: 'packages' }

test('a bucket keeps its tags', async () => {
  const { client } = await runS3()
  const read = () => client.send(new GetBucketTaggingCommand(place))
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchTagSet', BucketName: 'packages' })
  const TagSet = ['team', 'constructor', '__proto__'].map((Key) => ({ Key, Value: 'shop' }))
  await client.send(new PutBucketTaggingCommand({ ...place, Tagging: { TagSet } }))
  expect((await read()).TagSet).toEqual(TagSet)
  const twice = { TagSet: [...TagSet, ...TagSet] }
  await expect(client.send(new PutBucketTaggingCommand({ ...place, Tagging: twice }))).rejects.toMatchObject({
    name: 'InvalidTag',
  })
  await client.send(new DeleteBucketTaggingCommand(place))
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchTagSet' })
})

test('a bucket tells its other settings as those of a new one', async () => {
  const { client } = await runS3()
  const { Grants, Owner } = await client.send(new GetBucketAclCommand(place))
  expect(Owner).toEqual((await client.send(new ListBucketsCommand())).Owner)
  expect(Grants).toEqual([{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }])
  const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand(place))
  expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ])
  const { PublicAccessBlockConfiguration } = await client.send(new GetPublicAccessBlockCommand(place))
  expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: true })
  await expect(client.send(new GetBucketAclCommand({ Bucket: 'not-there' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  })
})

test.each([
  ['NoSuchBucketPolicy', new GetBucketPolicyCommand(place)],
  ['NoSuchCORSConfiguration', new GetBucketCorsCommand(place)],
  ['NoSuchWebsiteConfiguration', new GetBucketWebsiteCommand(place)],
  ['NoSuchLifecycleConfiguration', new GetBucketLifecycleConfigurationCommand(place)],
  ['ReplicationConfigurationNotFoundError', new GetBucketReplicationCommand(place)],
  ['ObjectLockConfigurationNotFoundError', new GetObjectLockConfigurationCommand(place)],
])('a bucket without a setting answers 404: %s', async (name, command) => {
  const { client } = await runS3()
  await expect(client.send(command)).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 404 },
  })
})

test('a setting that is not kept is refused by name', async () => {
  const { client } = await runS3()
  await expect(client.send(new PutBucketPolicyCommand({ ...place, Policy: '{}' }))).rejects.toMatchObject({
    message: 'The sandbox does not have s3:PutBucketPolicy.',
    $metadata: { httpStatusCode: 501 },
  })
})
