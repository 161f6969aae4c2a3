import type { ListTagsRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { LambdaContext } from '../records/context.ts'
import { requireFunction } from '../records/records.ts'
import { invalidParameter, notFound } from '../requests/errors.ts'
import { parseReference } from '../requests/names.ts'
import { required } from '../requests/validation.ts'

const mostTags = 50

/** ListTags, TagResource and UntagResource, of functions and event source mappings. */
export function tagOperations(context: LambdaContext): Operations {
  return {
    ListTags: (input: ListTagsRequest, call) => ({ Tags: taggable(context, call, input.Resource).tags }),
    TagResource: (input: TagResourceRequest, call) => {
      const { tags, set } = taggable(context, call, input.Resource)
      const given = required(input.Tags, 'tags')
      if (Object.keys(given).length === 0) {
        throw invalidParameter('An error occurred and the request cannot be processed.')
      }
      const all = { ...tags, ...given }
      checkTags(all)
      set(all)
      return {}
    },
    UntagResource: (input: UntagResourceRequest, call) => {
      const removed = new Set(required(input.TagKeys, 'tagKeys'))
      const { tags, set } = taggable(context, call, input.Resource)
      set(Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))))
      return {}
    },
  }
}

/** @throws ServiceError 400 for more tags than a resource may have */
export function checkTags(tags: Record<string, string>): void {
  if (Object.keys(tags).length > mostTags)
    throw invalidParameter('Number of tags exceeds resource tag limit.')
}

interface Taggable {
  tags: Record<string, string>
  set: (tags: Record<string, string>) => void
}

function taggable(context: LambdaContext, call: Call, resource: string | undefined): Taggable {
  const arn = required(resource, 'resource')
  const [, , , , , kind, id = ''] = arn.split(':')
  if (kind === 'function') return taggableFunction(context, call, arn)
  if (kind === 'event-source-mapping') {
    const mapping = context.mappings.find(call.region, id)
    if (!mapping) throw notFound(`Event source mapping not found: ${arn}`)
    return { tags: mapping.tags, set: (tags) => context.mappings.keep({ ...mapping, tags }) }
  }
  if (kind === 'capacity-provider') throw notFound(`Capacity provider not found: ${arn}`)
  throw new ServiceError('NotImplemented', 501, `The sandbox does not have tags of ${arn}.`)
}

function taggableFunction(context: LambdaContext, call: Call, arn: string): Taggable {
  const { name, qualifier } = parseReference(call, arn)
  if (qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
  }
  const record = requireFunction(context.store, call, { name, qualifier })
  return {
    tags: record.tags,
    set(tags) {
      record.tags = tags
    },
  }
}
