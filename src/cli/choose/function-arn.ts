/** The parts of a function's ARN. */
export interface FunctionArn {
  region: string
  /** 12 digits. */
  account: string
  name: string
  /** A version or an alias. */
  qualifier: string | undefined
}

const pattern =
  /^arn:[\w-]+:lambda:(?<region>[\w-]+):(?<account>\d{12}):function:(?<name>[\w-]+)(?::(?<qualifier>[\w$-]+))?$/

/** The parts of an ARN; undefined for any other text. */
export function functionArn(text: string): FunctionArn | undefined {
  const { region, account, name, qualifier } = pattern.exec(text)?.groups ?? {}
  if (region === undefined || account === undefined || name === undefined) return undefined
  return { region, account, name, qualifier }
}
