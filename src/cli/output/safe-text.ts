import { plainButColours } from '../../ui/text/plain.ts'
import { isInGithubActions, withoutCommands } from './github-actions.ts'
import { mask, maskedJson } from './mask.ts'

/**
 * A text that is safe to show to a person: secrets are masked, a terminal obeys only its colours, and a CI's runner
 * finds no command in it.
 */
export function safeText(text: string): string {
  return withoutCommands(mask(plainButColours(text)))
}

/** The same of a text in which secrets are masked already. */
export function safeMasked(text: string): string {
  return withoutCommands(plainButColours(text))
}

/** Characters that JSON allows and terminals obey: DEL, C1 controls, and those that change the direction of writing. */
const obeyed = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

/** A value as JSON that is safe to write: secrets are masked, and reading it gives the same value. */
export function safeJson(value: unknown, indent?: number): string {
  const text = maskedJson(value, indent).replace(obeyed, escaped)
  return isInGithubActions() ? text.replaceAll('##[', '#\\u0023[') : text
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
