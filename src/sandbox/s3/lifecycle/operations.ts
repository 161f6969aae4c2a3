import type {
  GetBucketLifecycleConfigurationOutput,
  LifecycleRule,
  PutBucketLifecycleConfigurationRequest,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { refused } from '../storage/errors.ts'
import type { KeptRule } from '../storage/lifecycle.ts'
import { type BucketRequest, requireBucket, type S3Context } from '../storage/store.ts'
import { readRules } from './check-rules.ts'

const named = ['Bucket', 'ExpectedBucketOwner'] as const
const minimums: ReadonlySet<string> = new Set(['all_storage_classes_128K', 'varies_by_storage_class'])

export function lifecycleOperations(context: S3Context): Operations {
  return {
    GetBucketLifecycleConfiguration: accepting<BucketRequest>(
      [...named],
      (input, call): GetBucketLifecycleConfigurationOutput => {
        const { name, lifecycle } = requireBucket(context, call, input)
        if (lifecycle) {
          return {
            Rules: lifecycle.rules.map(shown),
            TransitionDefaultMinimumObjectSize: lifecycle.minimum,
          }
        }
        const message = 'The lifecycle configuration does not exist'
        throw new ServiceError('NoSuchLifecycleConfiguration', 404, message, { BucketName: name })
      },
    ),
    PutBucketLifecycleConfiguration: accepting<PutBucketLifecycleConfigurationRequest>(
      [...named, 'LifecycleConfiguration', 'ChecksumAlgorithm', 'TransitionDefaultMinimumObjectSize'],
      (input, call) => {
        const bucket = requireBucket(context, call, input)
        const { TransitionDefaultMinimumObjectSize: minimum = 'all_storage_classes_128K' } = input
        if (!minimums.has(minimum)) {
          throw refused('InvalidRequest', `Invalid TransitionDefaultMinimumObjectSize found: ${minimum}`)
        }
        const rules = readRules(input.LifecycleConfiguration?.Rules)
        context.buckets.set(bucket.name, { ...bucket, lifecycle: { rules, minimum } })
        return { TransitionDefaultMinimumObjectSize: minimum }
      },
    ),
    DeleteBucketLifecycle: accepting<BucketRequest>([...named], (input, call) => {
      const { lifecycle: _, ...bucket } = requireBucket(context, call, input)
      context.buckets.set(bucket.name, bucket)
      return {}
    }),
  }
}

function shown(rule: KeptRule): LifecycleRule {
  const { Expiration, Transitions, ...others } = rule
  return {
    ...others,
    ...(Expiration && { Expiration: dated(Expiration) }),
    ...(Transitions && { Transitions: Transitions.map(dated) }),
  }
}

function dated<Action extends { Date?: string | undefined }>(action: Action) {
  const { Date: date, ...others } = action
  return date === undefined ? others : { ...others, Date: new Date(date) }
}
