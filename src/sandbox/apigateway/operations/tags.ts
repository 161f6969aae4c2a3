import type { GetTagsRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-apigatewayv2'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { ApiRecord } from '../apis/records.ts'
import { badRequest, requireApi, requireIn } from '../apis/store.ts'
import type { ApiContext } from './context.ts'

type Tags = Readonly<Record<string, string>>

/** The tags of APIs and their stages. */
export function tagOperations({ store }: ApiContext): Operations {
  const change = (arn: string | undefined, call: Call, next: (tags: Tags) => Tags) => {
    const { api, stage } = tagged(arn, call)
    if (stage === undefined) {
      store.set(api.id, { ...api, tags: next(api.tags) })
      return
    }
    const present = requireIn(api.stages, 'Stage', stage)
    store.set(api.id, {
      ...api,
      stages: { ...api.stages, [stage]: { ...present, tags: next(present.tags) } },
    })
  }
  const tagged = (arn = '', call: Call): { api: ApiRecord; stage: string | undefined } => {
    const [, id, stage] = /^arn:[^:]+:apigateway:[^:]+::\/apis\/(\w+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
    if (id === undefined) throw badRequest(`Invalid resource ARN: ${arn}`)
    return { api: requireApi(store, call, id), stage }
  }
  return {
    GetTags: accepting<GetTagsRequest>(['ResourceArn'], (input, call) => {
      const { api, stage } = tagged(input.ResourceArn, call)
      const { tags } = stage === undefined ? api : requireIn(api.stages, 'Stage', stage)
      return { Tags: { ...tags } }
    }),
    TagResource: accepting<TagResourceRequest>(['ResourceArn', 'Tags'], (input, call) => {
      change(input.ResourceArn, call, (tags) => ({ ...tags, ...input.Tags }))
      return {}
    }),
    UntagResource: accepting<UntagResourceRequest>(['ResourceArn', 'TagKeys'], (input, call) => {
      const gone = new Set(input.TagKeys)
      change(input.ResourceArn, call, (tags) =>
        Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))),
      )
      return {}
    }),
  }
}
