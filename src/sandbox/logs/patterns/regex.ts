import { invalidParameter } from '../errors.ts'

/** The characters of a regular expression that CloudWatch takes. */
const characters = /^[A-Za-z0-9:_#=@/;,\-^$?[\]{}|\\*+.()]+$/

/** Reads a regular expression of a filter pattern. @throws ServiceError InvalidParameterException */
export function regexOf(regex: string): (text: string) => boolean {
  if (!characters.test(regex))
    throw invalidParameter(
      `Invalid filter pattern '%${regex}%': CloudWatch takes no such character in a regular expression.`,
    )
  try {
    const expression = new RegExp(regex)
    return (text) => expression.test(text)
  } catch {
    throw invalidParameter(`Invalid filter pattern '%${regex}%': it is no regular expression.`)
  }
}
