import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import type { CodecSettings } from '@smithy/types'
import type { WireRequest } from './wire.ts'

/** The input's members outside of the body, and those in the body. */
export interface ReadInput {
  input: Record<string, unknown>
  /** The member that is the whole body, if there is one. */
  payload: readonly [name: string, schema: NormalizedSchema] | undefined
  /** Whether the body has other members. */
  hasBody: boolean
}

/** The parts of an output. */
export interface WrittenOutput {
  /** Undefined if no member is the status. */
  status: number | undefined
  headers: Record<string, string>
  /** The member that is the whole body, with its value. */
  payload: readonly [schema: NormalizedSchema, value: unknown] | undefined
  /** The members in the body. */
  rest: Record<string, unknown>
}

/** The places of the members of a REST operation: path, query, headers, status or body, by the model's http traits. */
export class HttpBindings {
  readonly #fromText: FromStringShapeDeserializer
  readonly #toText: ToStringShapeSerializer

  constructor(settings: CodecSettings) {
    this.#fromText = new FromStringShapeDeserializer(settings)
    this.#toText = new ToStringShapeSerializer(settings)
  }

  /** @param labels of the path, decoded */
  read(schema: NormalizedSchema, labels: Readonly<Record<string, string>>, request: WireRequest): ReadInput {
    const found: ReadInput = { input: {}, payload: undefined, hasBody: false }
    for (const [name, member] of schema.structIterator()) {
      const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders, httpPayload } = member.getMergedTraits()
      if (httpLabel) found.input[name] = this.#readText(member, labels[name])
      else if (httpQuery) found.input[name] = this.#readQuery(member, request.query, httpQuery)
      else if (httpHeader) found.input[name] = this.#readText(member, header(request, httpHeader))
      else if (httpPrefixHeaders) found.input[name] = headersWith(request, httpPrefixHeaders)
      else if (httpPayload) found.payload = [name, member]
      else found.hasBody = true
    }
    return found
  }

  write(schema: NormalizedSchema, output: object): WrittenOutput {
    const values = output as Record<string, unknown>
    const written: WrittenOutput = { status: undefined, headers: {}, payload: undefined, rest: {} }
    for (const [name, member] of schema.structIterator()) {
      const value = values[name]
      if (value === undefined || value === null) continue
      const traits = member.getMergedTraits()
      if (traits.httpHeader) {
        this.#toText.write(member, value)
        written.headers[traits.httpHeader.toLowerCase()] = this.#toText.flush()
      } else if (traits.httpPrefixHeaders) {
        for (const [key, text] of Object.entries(value)) {
          written.headers[`${traits.httpPrefixHeaders}${key}`.toLowerCase()] = String(text)
        }
      } else if (traits.httpResponseCode) written.status = Number(value)
      else if (traits.httpPayload) written.payload = [member, value]
      else written.rest[name] = value
    }
    return written
  }

  #readText(member: NormalizedSchema, text: string | null | undefined): unknown {
    return text === null || text === undefined ? undefined : this.#fromText.read(member, text)
  }

  #readQuery(member: NormalizedSchema, query: URLSearchParams, key: string): unknown {
    if (member.isListSchema()) return query.has(key) ? query.getAll(key) : undefined
    return this.#readText(member, query.get(key))
  }
}

function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}

/** The headers that begin with the prefix, without it; undefined if there are none. */
function headersWith({ headers }: WireRequest, prefix: string): Record<string, string> | undefined {
  const found = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(prefix.toLowerCase()) && value !== undefined
      ? [[name.slice(prefix.length), String(value)] as const]
      : [],
  )
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
