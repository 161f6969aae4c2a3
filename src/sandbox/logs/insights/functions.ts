import type { Value } from './node.ts'

const textOf = (value: Value) => (value === undefined ? '' : String(value))
const number = (work: (value: number) => number) => (value: Value) =>
  value === undefined ? undefined : work(Number(value))

/** The functions of a value of one event. */
export const functions: Readonly<Record<string, (...given: Value[]) => Value>> = {
  coalesce: (...values) => values.find((value) => value !== undefined),
  ispresent: (value) => value !== undefined,
  isempty: (value) => value === undefined || value === '',
  isblank: (value) => textOf(value).trim() === '',
  strcontains: (value, part) => (textOf(value).includes(textOf(part)) ? 1 : 0),
  strlen: (value) => textOf(value).length,
  toupper: (value) => textOf(value).toUpperCase(),
  tolower: (value) => textOf(value).toLowerCase(),
  trim: (value) => textOf(value).trim(),
  concat: (...values) => values.map(textOf).join(''),
  abs: number(Math.abs),
  ceil: number(Math.ceil),
  floor: number(Math.floor),
  bin: (span, time) => Math.floor(Number(time) / spanMs(span)) * spanMs(span),
  datefloor: (time, span) => Math.floor(Number(time) / spanMs(span)) * spanMs(span),
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** `5m` in milliseconds. */
function spanMs(span: Value): number {
  const [, amount = '1', unit = 'm'] = /^(\d+)([a-z]+)$/.exec(textOf(span)) ?? []
  return Number(amount) * (units[unit] ?? 60_000)
}
