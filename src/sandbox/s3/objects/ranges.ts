import { ServiceError } from '../../protocol/service-error.ts'
import type { Span } from '../storage/blobs.ts'
import { refused } from '../storage/errors.ts'
import type { StoredObject } from '../storage/store.ts'

/** A part of an object that was asked for. */
export interface Selection extends Span {
  /** Of the answer; an empty part has none. */
  ContentRange?: string
  ContentLength: number
  PartsCount?: number
}

interface Asked {
  Range?: string | undefined
  PartNumber?: number | undefined
}

/**
 * The selected bytes of an object.
 *
 * @returns undefined for all of it
 * @throws ServiceError 416 for a range or a part outside of it
 */
export function selectionOf({ Range, PartNumber }: Asked, object: StoredObject): Selection | undefined {
  if (Range !== undefined && PartNumber !== undefined) {
    throw refused('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter')
  }
  if (PartNumber !== undefined) return partOf(PartNumber, object)
  const span = Range === undefined ? undefined : spanOf(Range, object.size)
  return span && selected(span, object.size)
}

/**
 * The bytes of a Range header. S3 answers a header that it can't read, or with several ranges, with the whole object.
 *
 * @throws ServiceError 416
 */
export function spanOf(range: string, size: number): Span | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    if (Number(last) === 0 || size === 0) throw unsatisfiable(range, size)
    return { start: Math.max(0, size - Number(last)), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= size) throw unsatisfiable(range, size)
  return { start, end }
}

function partOf(number: number, { size, parts }: StoredObject): Selection {
  const own = parts ?? [{ number: 1, size }]
  const index = own.findIndex((part) => part.number === number)
  if (index === -1) {
    throw new ServiceError('InvalidPartNumber', 416, 'The requested partnumber is not satisfiable', {
      PartNumberRequested: String(number),
      ActualPartCount: String(own.length),
    })
  }
  const start = own.slice(0, index).reduce((sum, part) => sum + part.size, 0)
  const span = { start, end: start + (own[index]?.size ?? 0) - 1 }
  return { ...selected(span, size), ...(parts && { PartsCount: parts.length }) }
}

function selected({ start, end }: Span, size: number): Selection {
  const ContentLength = end - start + 1
  return {
    start,
    end,
    ContentLength,
    ...(ContentLength > 0 && { ContentRange: `bytes ${start}-${end}/${size}` }),
  }
}

function unsatisfiable(range: string, size: number): ServiceError {
  return new ServiceError('InvalidRange', 416, 'The requested range is not satisfiable', {
    ActualObjectSize: String(size),
    RangeRequested: range,
  })
}
