import type { ListTagsRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, requireFunction } from '../records/records.ts'
import { invalidParameter } from '../requests/errors.ts'
import { parseReference } from '../requests/names.ts'
import { required } from '../requests/validation.ts'

const mostTags = 50
/** ListTags, TagResource and UntagResource. */
export function tagOperations(context: LambdaContext): Operations {
  return {
    ListTags: (input: ListTagsRequest, call) => ({ Tags: taggable(context, call, input.Resource).tags }),
    TagResource: (input: TagResourceRequest, call) => {
      const record = taggable(context, call, input.Resource)
      const given = required(input.Tags, 'tags')
      if (Object.keys(given).length === 0) {
        throw invalidParameter('An error occurred and the request cannot be processed.')
      }
      const tags = { ...record.tags, ...given }
      checkTags(tags)
      record.tags = tags
      return {}
    },
    UntagResource: (input: UntagResourceRequest, call) => {
      const removed = new Set(required(input.TagKeys, 'tagKeys'))
      const record = taggable(context, call, input.Resource)
      const kept = Object.entries(record.tags).filter(([key]) => !removed.has(key))
      record.tags = Object.fromEntries(kept)
      return {}
    },
  }
}

/** @throws ServiceError 400 for more tags than a resource may have */
export function checkTags(tags: Record<string, string>): void {
  if (Object.keys(tags).length > mostTags)
    throw invalidParameter('Number of tags exceeds resource tag limit.')
}

function taggable(context: LambdaContext, call: Call, resource: string | undefined): FunctionRecord {
  const arn = required(resource, 'resource')
  if (!arn.includes(':function:')) throw invalidParameter(`The sandbox tags functions only, not ${arn}.`)
  const { name, qualifier } = parseReference(call, arn)
  if (qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
  }
  return requireFunction(context.store, call, { name, qualifier })
}
