import { text } from './fields.ts'

/** The name of a service, a function or an environment in the file. */
export const plainName = text('a name of letters, digits, - and _', /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
