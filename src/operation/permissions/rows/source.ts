import { type Row, releasing, settingsReading } from '../row.ts'

/** Values, keys and code from elsewhere. AWS makes some of these calls itself, with the caller's permissions. */
export const sourceRows: readonly Row[] = [
  { service: 'ssm', actions: ['GetParameters'], on: 'parameters', verbs: settingsReading },
  { service: 'secretsmanager', actions: ['GetSecretValue'], on: 'secrets', verbs: settingsReading },
  {
    service: 's3',
    actions: ['GetObject', 'GetObjectVersion', 'PutObject', 'ListMultipartUploadParts'],
    on: 'packages',
    verbs: releasing,
  },
  { service: 's3', actions: ['ListBucketMultipartUploads'], on: 'bucket', verbs: releasing },
  { service: 'kms', actions: ['Decrypt', 'GenerateDataKey'], on: 'packagesKey', verbs: releasing },
  { service: 'kms', actions: ['CreateGrant', 'Decrypt', 'Encrypt'], on: 'variablesKey', verbs: releasing },
  {
    service: 'ec2',
    actions: ['DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'],
    on: 'all',
    verbs: releasing,
    fields: ['vpc'],
    manages: 'function',
  },
  { service: 's3', actions: ['GetObject'], on: 'zip', verbs: [...releasing, 'diff'] },
  {
    service: 's3',
    actions: ['GetObjectVersion'],
    on: 'zipVersion',
    verbs: ['diff'],
  },
  // In a bucket with versions Lambda is told the very version that was read.
  { service: 's3', actions: ['GetObjectVersion'], on: 'zip', verbs: releasing },
  {
    service: 'ecr',
    actions: ['GetRepositoryPolicy', 'SetRepositoryPolicy'],
    on: 'repository',
    verbs: releasing,
  },
]
